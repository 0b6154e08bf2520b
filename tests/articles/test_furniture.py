"""Furniture in nine languages: invitations, pointers, labels and offers go; sentences that look like them stay."""
# ruff: noqa: E501, RUF001 - sentences of pages stay whole, in their own letters

import pytest

from nutgraf.articles.furniture import is_furniture_text
from tests.articles.pages import BODY, PARAGRAPHS, page, read, story

WHOLE = "\n\n".join(PARAGRAPHS)

FURNITURE = {
    "en": [
        "Read more: What the council decided",
        "Sign up for our evening briefing",
        "Download our free app",
        "Follow us on Instagram",
        "Advertisement",
        "Related stories",
        "Subscribe now to keep reading",
        "Share this article",
        "You may also like",
        "Leave a comment",
    ],
    "de": [
        "Lesen Sie auch: Was der Rat beschlossen hat",
        "Jetzt abonnieren",
        "Anzeige",
        "Mehr zum Thema",
        "Weiterlesen mit Plus",
        "Artikel teilen",
        "Das könnte Sie auch interessieren",
        "Kommentare",
        "Newsletter abonnieren",
        "Exklusiv für Abonnenten",
    ],
    "fr": [
        "À lire aussi : ce que le conseil a décidé",
        "Abonnez-vous à notre lettre",
        "Publicité",
        "Sur le même sujet",
        "Article réservé aux abonnés",
        "Partager",
        "Inscrivez-vous gratuitement",
        "Commentaires",
        "Téléchargez notre application",
        "Voir aussi",
    ],
    "es": [
        "Lee también: lo que decidió el pleno",
        "Suscríbete a nuestro boletín",
        "Publicidad",
        "Noticias relacionadas",
        "Contenido exclusivo para suscriptores",
        "Compartir",
        "Síguenos en nuestras redes",
        "Comentarios",
        "Descarga nuestra aplicación",
        "Te puede interesar",
    ],
    "pt": [
        "Leia também: o que a câmara decidiu",
        "Assine a nossa carta",
        "Publicidade",
        "Notícias relacionadas",
        "Conteúdo exclusivo para assinantes",
        "Compartilhar",
        "Siga o nosso canal",
        "Comentários",
        "Saiba mais",
        "Inscreva-se no canal",
    ],
    "it": [
        "Leggi anche: che cosa ha deciso il consiglio",
        "Iscriviti alla newsletter",
        "Pubblicità",
        "Articoli correlati",
        "Contenuto riservato agli abbonati",
        "Condividi",
        "Seguici sui nostri canali",
        "Commenti",
        "Scarica la nostra app",
        "Ti potrebbe interessare",
    ],
    "pl": [
        "Czytaj także: co postanowiła rada",
        "Zapisz się do newslettera",
        "Reklama",
        "Powiązane artykuły",
        "Artykuł tylko dla subskrybentów",
        "Udostępnij",
        "Zobacz też",
        "Komentarze",
        "Pobierz naszą aplikację",
        "Subskrybuj",
    ],
    "ru": [
        "Читайте также: что решил совет",
        "Подпишитесь на нашу рассылку",
        "Реклама",
        "Материалы по теме",
        "Статья доступна только для подписчиков",
        "Поделиться",
        "Смотрите также",
        "Комментарии",
        "Скачайте наше приложение",
        "По теме",
    ],
    "tr": [
        "Bunu da okuyun: meclisin kararı",
        "Bültenimize abone ol",
        "Reklam",
        "İlgili haberler",
        "Yalnızca aboneler okuyabilir",
        "Paylaş",
        "Bizi takip et",
        "Yorumlar",
        "Uygulamayı indir",
        "Etiketler",
    ],
}

NEAR_MISSES = {
    "en": [
        "Sign-up for the course closed on Friday, and eighty names stand on the list.",
        "More than 300 readers wrote to the paper about the depot.",
        "The advertisement, shown during the final, cost the party two million crowns.",
        "Comments by the minister on Sunday angered the drivers.",
        "Subscribers to the theatre get their money back, the director said.",
        "Related charges against two builders were dropped in May.",
        "Share prices fell by four percent after the vote.",
        "Cookies were sold at the gate by children of the parish.",
    ],
    "de": [
        "Anzeige erstattete am Montag auch der Betreiber des Kinos.",
        "Mehr als dreihundert Leser schrieben der Zeitung.",
        "Werbung für Tabak soll ab Juli auch am Kiosk verboten sein.",
        "Kommentare des Ministers hatten die Fahrer verärgert.",
        "Abonnenten des Theaters bekommen ihr Geld zurück, sagte die Intendantin.",
        "Lesen lernen in der Stadt immer weniger Kinder vor der Schule.",
        "Die Kekse verkauften Kinder der Gemeinde am Tor.",
        "Teilen wollen sich die beiden Städte die Kosten der Brücke.",
    ],
    "fr": [
        "La publicité pour le tabac sera interdite aussi dans les kiosques.",
        "Lire et écrire restent difficiles pour un élève sur cinq, selon l'enquête.",
        "Les abonnés du théâtre seront remboursés, a dit la directrice.",
        "Partager les coûts du pont a été l'idée du maire.",
        "Les commentaires du ministre ont fâché les conducteurs.",
        "Plus de trois cents lecteurs ont écrit au journal.",
        "Suivre le tracé de la rivière coûterait deux fois plus cher.",
        "Le sujet a été repoussé au mois de mai par le conseil.",
    ],
    "es": [
        "La publicidad del tabaco quedará prohibida también en los quioscos.",
        "Leer y escribir cuesta a uno de cada cinco alumnos, según el estudio.",
        "Los suscriptores del teatro recuperarán su dinero, dijo la directora.",
        "Compartir los costes del puente fue idea del alcalde.",
        "Los comentarios del ministro enfadaron a los conductores.",
        "Más de trescientos lectores escribieron al periódico.",
        "Seguir el curso del río costaría el doble.",
        "Descargas de más de diez toneladas quedan prohibidas en el muelle.",
    ],
    "pt": [
        "A publicidade ao tabaco será proibida também nos quiosques.",
        "Ler e escrever custa a um em cada cinco alunos, segundo o estudo.",
        "Os assinantes do teatro recebem o dinheiro de volta, disse a diretora.",
        "Compartilhar os custos da ponte foi ideia do prefeito.",
        "Os comentários do ministro irritaram os motoristas.",
        "Mais de trezentos leitores escreveram ao jornal.",
        "Assinaram o acordo as duas cidades e o condado.",
        "Saber mais de uma língua ajuda no porto, disse a chefe.",
    ],
    "it": [
        "La pubblicità del tabacco sarà vietata anche nelle edicole.",
        "Leggere e scrivere è difficile per un alunno su cinque, dice lo studio.",
        "Gli abbonati del teatro saranno rimborsati, ha detto la direttrice.",
        "Condividere i costi del ponte è stata un'idea del sindaco.",
        "I commenti del ministro hanno irritato gli autisti.",
        "Oltre trecento lettori hanno scritto al giornale.",
        "Seguire il corso del fiume costerebbe il doppio.",
        "Scaricare la merce di notte sarà vietato da maggio.",
    ],
    "pl": [
        "Reklama tytoniu będzie zakazana także w kioskach.",
        "Czytanie sprawia trudność co piątemu uczniowi, wynika z badania.",
        "Widzowie teatru dostaną zwrot pieniędzy, powiedziała dyrektorka.",
        "Udostępnienie mostu pieszym było pomysłem burmistrza.",
        "Komentarze ministra rozgniewały kierowców.",
        "Ponad trzystu czytelników napisało do gazety.",
        "Zapisy na kurs zamknięto w piątek.",
        "Pobieranie opłat na moście zacznie się w maju.",
    ],
    "ru": [
        "Реклама табака будет запрещена и в киосках.",
        "Читать и писать трудно каждому пятому ученику, говорится в отчёте.",
        "Подписчикам театра вернут деньги, сказала директор.",
        "Поделить расходы на мост предложил мэр.",
        "Комментарии министра рассердили водителей.",
        "Более трёхсот читателей написали в газету.",
        "Смотрели матч на площади две тысячи человек.",
        "Подписали договор оба города и округ.",
    ],
    "tr": [
        "Reklam yasağı büfeleri de kapsayacak, dedi bakan.",
        "Okuma güçlüğü her beş öğrenciden birinde görülüyor.",
        "Tiyatronun abonelerine paraları geri verilecek, dedi müdür.",
        "Paylaşılan masraflar iki şehrin bütçesinden karşılanacak.",
        "Yorumların sertliği şoförleri kızdırdı.",
        "Üç yüzden fazla okur gazeteye yazdı.",
        "Takip edilen araç köprüde durduruldu.",
        "İlgili yasa mayıs ayında meclise gelecek.",
    ],
}


@pytest.mark.parametrize(
    "phrase",
    [pytest.param(text, id=f"{lang}-{n}") for lang, texts in FURNITURE.items() for n, text in enumerate(texts)],
)
def test_furniture_is_known_in_each_language(phrase: str) -> None:
    assert is_furniture_text(phrase)


@pytest.mark.parametrize(
    "sentence",
    [pytest.param(text, id=f"{lang}-{n}") for lang, texts in NEAR_MISSES.items() for n, text in enumerate(texts)],
)
def test_a_sentence_that_merely_looks_like_furniture_is_none(sentence: str) -> None:
    assert not is_furniture_text(sentence)


@pytest.mark.parametrize("lang", sorted(FURNITURE))
def test_furniture_between_and_after_paragraphs_never_enters_a_text(lang: str) -> None:
    lines = "".join(f"<p>{text}</p>" for text in FURNITURE[lang])
    half = BODY.splitlines()
    body = f"<article><h1>Tram depot to close</h1>{half[0]}{lines}{''.join(half[1:])}{lines}</article>"
    assert read(page(body)).text == WHOLE


SECRET = "This secret sentence is written for machines alone, and no reader of the page will ever see it."


@pytest.mark.parametrize(
    "how",
    [
        'style="display:none"',
        'style="DISPLAY : none !important"',
        "hidden",
        'hidden="hidden"',
        'aria-hidden="true"',
        'style="visibility: hidden"',
        'style="position:absolute;left:-9999px"',
        'style="position:fixed;top:-5000px"',
        'style="text-indent:-9999px"',
        'style="font-size:0"',
        'style="font-size: 0px; color: red"',
        'style="opacity:0"',
        'style="opacity: 0.0;"',
        'style="clip: rect(0 0 0 0); position:absolute"',
        'style="clip-path: inset(50%)"',
        'style="height:1px;width:1px;overflow:hidden"',
        'style="color:#fff;background:#fff"',
        'style="background-color:white;color:white"',
        'class="sr-only"',
        'class="hidden"',
        'class="d-none"',
    ],
)
@pytest.mark.parametrize("tag", ["div", "section", "span"])
def test_hidden_text_stays_out_by_every_method(how: str, tag: str) -> None:
    assert SECRET not in read(story(after=f"<{tag} {how}><p>{SECRET}</p></{tag}>")).text


@pytest.mark.parametrize(
    "wrap",
    [
        "<template><p>{}</p></template>",
        "<!-- <p>{}</p> -->",
        "<noscript><p>{}</p></noscript>",
        "<script>document.write('{}')</script>",
        "<style>p::after{{content:'{}'}}</style>",
        "<dialog><p>{}</p></dialog>",
        "<textarea>{}</textarea>",
    ],
)
def test_what_no_browser_shows_stays_out(wrap: str) -> None:
    assert SECRET not in read(story(after=wrap.format(SECRET))).text


@pytest.mark.parametrize(
    "style",
    ["opacity:0.9", "font-size:0.9em", "left:-9px", "color:#333;background:#fff", "height:100px;overflow:hidden"],
)
def test_what_is_styled_but_seen_stays(style: str) -> None:
    seen = "The vote was taken by roll call, and the clerk read out every name twice before the count began."
    assert seen in read(story(after=f'<div style="{style}"><p>{seen}</p></div>')).text
