"""What a page shows beside its article: tables of marks and phrases, and the pass that takes such parts out of the tree."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

DROPPED_TAGS = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "form",
    "button",
    "nav",
    "dialog",
    "svg",
    "canvas",
    "select",
    "input",
    "textarea",
    "footer",
    "object",
    "embed",
    "figure",
    "figcaption",
    "picture",
    "video",
    "audio",
    "menu",
]

# Words of class and id that mark furniture, whole or as parts between - and _; written lower-case.
MARKS = re.compile(
    r"(?:^|[\s_-]|(?-i:(?<=[a-z])(?=[A-Z])))(?:"
    r"newsletters?|news-letter|signup|sign-up|subscri(?:be|ption|ptions)|paywall-(?:offer|promo|message)|offer|promo|promos|promotion|"
    r"related|related-?(?:links|articles|stories|content|posts|news|topics)|recirc|recirculation|recommended|recommendations?|outbrain|taboola|"
    r"read-?(?:more|next|also)|see-?also|also-?(?:read|see)|more-?(?:stories|on|news|from)|most-?(?:read|popular|viewed)|trending|popular|"
    r"whatsapp(?:-?(?:group|channel|invite|promo|box|cta|banner))?|telegram-?(?:group|channel|invite|promo|box|cta|banner)|share|sharing|share-?(?:bar|tools|buttons?|links)|social|social-?(?:share|links|bar|media|icons)|sharedaddy|addthis|addtoany|"
    r"comments?|comment-?(?:list|section|form)|disqus|respond|"
    r"cookie|cookies|consent|gdpr|cmp|privacy-?(?:banner|manager)|onetrust|didomi|"
    r"ad|ads|advert|adverts|advertisement|advertising|adslot|ad-?(?:slot|unit|wrapper|container)|sponsored|sponsor|dfp|"
    r"byline|bylines|author-?(?:bio|box|info|card|meta|block|name|profile)|about-?the-?author|bio|biography|contributors?|"
    r"dateline-?time|timestamp|published-?(?:date|time|on)|publish-?date|post-?(?:date|meta)|entry-?meta|article-?(?:meta|info|date|tags|topics|footer)|"
    r"caption|cutline|credit|credits|photo-?(?:credit|caption|byline)|image-?(?:credit|caption)|wp-caption-text|media-?(?:caption|credit)|"
    r"breadcrumbs?|tags|tag-?(?:list|cloud|links)|topics|keywords|pagination|pager|sidebar|side-?bar|widget|modal|popup|pop-up|overlay|lightbox|"
    r"skip-?(?:link|to|nav)|sr-only|visually-?screen-?reader(?:-text)?|hidden|d-none|print-only|toolbar|toolbox|"
    r"pull-?quote|pullquote|twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|fb-post|mastodon-embed|reddit-embed-bq|app-?(?:promo|banner|download|invite)|install|"
    r"follow|follow-?us|donate|donation|membership|copyright|disclaimer|correction-?form|poll|quiz|"
    r"carousel|video-?(?:player|caption)|player|audio-?player|listen|text-?to-?speech|embed-?(?:caption|meta)"
    r")(?:$|[\s_-]|\d)",
    re.I,
)
HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*0(?:px|em|rem|pt|%)?\s*(?:;|$)|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%|"
    r"(?:max-)?(?:height|width)\s*:\s*[01]px[^;]*;(?=.*overflow\s*:\s*hidden)",
    re.I,
)
SAME_COLOUR = re.compile(
    r"(?<![-\w])color\s*:\s*([^;!]+).*background(?:-color)?\s*:\s*\1\s*(?:;|$|!)|background(?:-color)?\s*:\s*([^;!]+);.*(?<![-\w])color\s*:\s*\2\s*(?:;|$|!)",
    re.I,
)
FURNITURE_ROLES = frozenset(
    [
        "dialog",
        "alertdialog",
        "navigation",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "complementary",
        "contentinfo",
        "banner",
        "form",
    ]
)

# Labels that stand alone as a paragraph or open a list of links, folded, without their closing colon.
LABELS = frozenset(
    label.strip()
    for line in """
    related|related topics|related stories|related articles|related content|related news|related posts|read more|read next|read also|more|see also|
    more stories|more on this story|more on this|more from|most read|most popular|trending|trending now|recommended|recommended stories|
    recommended for you|recommended video|recommended videos|you may also like|you might also like|don't miss|top stories|latest news|latest stories|up next|topics|tags|share|
    share this|share this article|share this story|comments|leave a comment|advertisement|advertising|sponsored|sponsored content|story continues below|
    article continues below|story continues below advertisement|article continues after advertisement|continue reading|sign up|subscribe|newsletter|
    follow us|editor's picks|editors' picks|what to read next|listen|listen to this article|print|email|copy link|save|view comments|skip advertisement|
    ad feedback|watch|watch now|watch live|getty images|in this article|in this story|about the author|loading|
    mehr zum thema|lesen sie auch|lesen sie mehr|auch interessant|das könnte sie auch interessieren|mehr dazu|weiterlesen|anzeige|werbung|themen|
    schlagworte|teilen|kommentare|zur startseite|empfohlener externer inhalt|newsletter abonnieren|verwandte artikel|verwandte themen|artikel teilen|
    meistgelesen|
    lire aussi|à lire aussi|lire la suite|à lire également|sur le même sujet|publicité|partager|commentaires|en savoir plus|les plus lus|articles liés|
    la suite après la publicité|s'abonner|voir aussi|à voir aussi|lire plus tard|nos newsletters|
    lee también|leer más|lea también|te puede interesar|más información|noticias relacionadas|publicidad|compartir|comentarios|lo más leído|etiquetas|
    temas relacionados|sigue leyendo|suscríbete|ver también|relacionados|
    leia também|leia mais|veja também|saiba mais|publicidade|compartilhe|compartilhar|comentários|mais lidas|notícias relacionadas|assine|partilhar|
    leggi anche|leggi di più|potrebbe interessarti|articoli correlati|pubblicità|condividi|commenti|i più letti|argomenti|iscriviti alla newsletter|
    per approfondire|
    czytaj także|czytaj też|czytaj więcej|zobacz także|zobacz też|zobacz również|przeczytaj także|reklama|udostępnij|komentarze|najczęściej czytane|
    polecane|tematy|powiązane artykuły|
    читайте также|читать далее|читать также|смотрите также|по теме|подробнее|реклама|поделиться|комментарии|самое читаемое|материалы по теме|теги|
    ilgili haberler|ayrıca okuyun|bunu da okuyun|devamını oku|haberin devamı|paylaş|yorumlar|reklam|en çok okunanlar|etiketler|
    कॉपी लिंक|copy link|link kopieren|copier le lien|copiar enlace|copiar link|copia link|skopiuj link|скопировать ссылку|linki kopyala|
    läs också|läs mer|les også|lees ook|baca juga|関連記事|おすすめ記事|あわせて読みたい|관련기사|相关新闻|延伸閱讀
    """.splitlines()
    for label in line.split("|")
    if label.strip()
)

# Openings of a paragraph of furniture. Each needs what a sentence of an article would not have there: a colon, an imperative to the
# reader, or the offer's own words; SHORT bounds the length of what they may take.
OPENINGS = re.compile(
    r"^\W*(?:"
    r"(?:read|see|watch|listen|learn|find out) (?:more|next|also|related|here)\s*[:|»>→-]|read next|related(?: (?:stories|articles|article|story|coverage|content|reading|links?))?\s*:|"
    r"(?:more|also) (?:read|on this|on axios|from [A-Z][\w ]{1,30})\s*:|also read\b|recommended(?: reading)?\s*:|you (?:may|might) (?:also )?(?:like|be interested)|don[’']t miss\s*[:!]|"
    r"click here (?:to|for)|tap (?:here )?to|sign up (?:to|for|here|now)|subscribe (?:to|now|here|today)|get (?:the|our|all|your) (?:\w+ ){0,4}(?:news|newsletters?|headlines|stories|app|updates|briefing)\b(?=.*(?:inbox|app|faster|free|daily|delivered|email|newsletter|$))|"
    r"(?:download|install|get) (?:the|our) (?:\w+ ){0,3}app|follow (?:us|him|her|them|\w+ \w+|@\w+) on|follow @|like us on|join (?:our|the conversation|us on)|"
    r"add to home screen|have a (?:tip|news tip|story)|got a (?:tip|news tip|story)|do you have a (?:tip|story)|send (?:us )?(?:your )?tips|contact (?:the )?(?:reporter|author|us|him|her) at|"
    r"(?:this|the) (?:article|story) (?:was|is|has been) (?:originally |first )?(?:published|appeared|produced|translated)|"
    r"\(?more:\s|now, (?:see|watch|read|check)\b(?=.{0,90}[:.]$)|want more .{0,60}\? sign up|a version of this (?:article|story) (?:appears?|appeared|was)\b|"
    r"have your say\b|were you there\?|what do you think\? (?:ring|write|tell|let|send|share|email|leave)|"
    r"©|copyright\s*(?:©|\(c\)|\d{4})|all rights reserved|this material may not be published|"
    r"more (?:[A-Z][\w’']+ ){1,4}(?:stories|news|coverage|articles)\W*$|"
    r"(?:lesen|sehen|hören) sie (?:auch|mehr|hier)\b.{0,3}[:|]|lesen sie (?:auch|mehr)|mehr (?:zum thema|dazu|lesen)|lesetipp|auch interessant|hier (?:geht es|können sie)|jetzt (?:abonnieren|anmelden|kostenlos|testen)|"
    r"(?:à )?lire (?:aussi|également|la suite)|à (?:lire|voir|écouter)\b|voir aussi|lire plus|abonnez-vous|inscrivez-vous|recevez|téléchargez|"
    r"le(?:e|a|er) (?:también|más|además)|te puede interesar|suscríb[ea]|síguenos|descarga (?:la|nuestra)|más (?:información|noticias)\s*:|apúntate|"
    r"(?:leia|veja|assista|ouça) (?:também|mais)|saiba mais|assine|inscreva-se|siga (?:o|a|no)|clique aqui|baixe|"
    r"legg(?:i|ere) (?:anche|di più)|ti potrebbe interessare|iscriviti|seguici|scarica (?:la|l['’]|ora|qui|gratis|subito)|per approfondire|"
    r"(?:czytaj|zobacz|przeczytaj|posłuchaj|obejrzyj) (?:także|też|również|więcej)|zapisz się|subskrybuj|pobierz|"
    r"(?:читайте|смотрите|читать|слушайте) (?:также|далее|ещё|нас)|подпи(?:шитесь|сывайтесь)|скачайте|"
    r"(?:ayrıca|bunu da|bunlar da) (?:oku|bak|ilgi)|abone ol|(?:e-?)?bülten(?:e|imize|lerimize) (?:abone|kaydol|üye)|takip et(?!il)|bizi takip|uygulamayı indir|ilgili haber|"
    r"läs (?:också|mer|även)|les (?:også|mer)|lees (?:ook|meer|verder)|baca (?:juga|selengkapnya)|"
    r"(?:did you (?:like|enjoy)|hat (?:ihnen|dir|euch)|vous avez aimé|¿?te (?:ha gustado|gustó)|gostou d|ti è piaciut[oa]|podobał (?:ci|wam|się)|вам понравил\w+|beğendiniz mi)\b.{0,40}\?|"
    r"(?:please )?(?:support (?:our|independent|local|quality) (?:\w+ )?journalism|donate (?:now|today|here)|make a (?:donation|contribution) (?:now|today|here)|consider (?:donating|a donation|supporting (?:us|our)))|"
    r"(?:unterstützen sie|unterstützt|unterstütze) (?:uns|unsere arbeit|unseren journalismus)|soutenez[- ](?:nous|notre)|ap[oó]ya(?:nos| nuestro)|apoie (?:o nosso|nosso|o jornalismo)|sostieni(?:ci| il nostro)|wesprzyj nas|поддержите (?:нас|нашу)|bizi destekle"
    r")",
    re.I,
)
SHORT = 240  # characters; furniture longer than this is rare, sentences of articles that look like it are not

OFFER = re.compile(
    r"\bsubscribe (?:to|now to) (?:keep|continue|read)|to (?:continue|keep) reading|(?:already|not yet) a (?:subscriber|member)|for subscribers only|subscribers? only|"
    r"this (?:article|story|content) is (?:for|reserved|only|exclusive)|sign in to (?:read|continue)|log ?in to (?:read|continue)|unlock (?:this|the full)|start your (?:free )?trial|"
    r"weiterlesen mit|jetzt weiterlesen|mit .{0,20}(?:abo|plus)\b.{0,20}(?:weiter)?lesen|nur für abonnenten|bereits abonnent|exklusiv für abonnenten|"
    r"réservé aux abonnés|il vous reste .{0,20}% de cet article|la suite est réservée|déjà abonné|article réservé|"
    r"(?:contenido|artículo|noticia) (?:exclusiv|solo |para )|suscríbete para (?:seguir|continuar|leer)|¿ya eres suscriptor|"
    r"conteúdo exclusivo|exclusivo para assinantes|já é assinante|assine para|"
    r"riservato agli abbonati|contenuto riservato|sei già abbonato|abbonati per|"
    r"tylko dla (?:subskrybentów|prenumeratorów)|dostęp dla|pozostało .{0,10}% (?:artykułu|tekstu)|"
    r"только для подписчиков|оформите подписку|"
    r"aboneler (?:için|okuyabilir)|okumaya devam etmek için abone|"
    r"有料会員|会員限定|この記事は有料|残り\d+文字",
    re.I,
)
CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bour (?:\d+ )?partners\b|privacy (?:policy|settings|choices|preferences)|einwilligung|datenschutz|"
    r"traceurs|confidentialité|consentement|consentimiento|privacidad|privacidade|consenso|informativa|ciasteczk|zgod[ay]|prywatnoś|файлы cookie|"
    r"обработк\w+ персональных|çerez|kişisel veri",
    re.I,
)
PROTECTED_SHARE = (
    0.35  # a marked part that holds more of the page's paragraphs than this is the article's own container
)


def without_furniture(tree: HtmlElement) -> None:
    """Take hidden parts and furniture out of ``tree``, in place; a part that holds the article itself stays."""
    root = tree.find("body") if tree.find("body") is not None else tree
    whole = max(1, prose_length(root))
    for node in list(root.iter(*DROPPED_TAGS)):
        if node.tag not in GENEROUS_TAGS or prose_length(node) <= PROTECTED_SHARE * whole:
            drop(node)
    for post in list(root.iter("blockquote")):
        if is_embedded(post):
            drop(post)
    for link in list(root.iter("a")):
        if is_teaser(link):
            drop(link)
    for label in list(root.iter("small", "span", "p", "div", "h6", "strong")):
        if label.text and is_advertisement_label(label):
            drop(advertisement_of(label))
    for node in root.xpath(".//*[@class or @id or @style or @hidden or @role or @aria-hidden]"):
        if node.tag in KEPT_TAGS or node.getparent() is None or not is_furniture(node):
            continue
        if may_go(node, whole):
            drop(node)


def may_go(node: HtmlElement, whole: int) -> bool:
    """Tell whether a marked part may be taken out: it does not hold the article, by its share of the page's prose."""
    if is_consent(node):
        return True
    held = prose_length(node)
    if is_hidden(node):
        return held <= HIDDEN_SHARE * whole or len(list(node.iter("p"))) < 3 or node.get("style") is not None
    if held == 0:
        return node.find(".//h1") is None
    return held <= PROTECTED_SHARE * whole and node.find(".//h1") is None


AD_LABELS = frozenset(["advertisement", "advertising", "anzeige", "werbung", "publicité", "publicidad", "publicidade", "pubblicità", "reklama", "реклама", "reklam"])  # fmt: skip
AD_LENGTH = 200  # characters of an advertisement in words, its label among them


def is_advertisement_label(node: HtmlElement) -> bool:
    """Tell whether a node says nothing but that an advertisement follows."""
    return len(node) == 0 and (node.text or "").strip(" :–—-").casefold() in AD_LABELS


def advertisement_of(label: HtmlElement) -> HtmlElement:
    """Return the small box that an advertisement's label opens; the label alone where it opens none."""
    box = label.getparent()
    if box is None or box.tag in KEPT_TAGS or length_of(box) > AD_LENGTH:
        return label
    return box


def is_teaser(link: HtmlElement) -> bool:
    """Tell whether a link is a card for another article: it holds blocks of its own, a heading or a paragraph."""
    if next(link.iterdescendants(*TEASED), None) is None:
        return False
    return (
        link.find(".//h1") is None
        or link.find(".//p") is not None
        and next(link.iter("h1")) is not first_headline(link)
    )


EMBEDDED = re.compile(
    r"twitter-|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|fb-post|reddit-embed|telegram-post", re.I
)


def is_embedded(quote: HtmlElement) -> bool:
    """Tell whether a block quote is a post embedded from another site, which says of itself whose it is."""
    return bool(EMBEDDED.search(quote.get("class") or ""))


def first_headline(node: HtmlElement) -> HtmlElement | None:
    """Return the first h1 of the page that a node is in."""
    return next(node.getroottree().getroot().iter("h1"), None)


TEASED = frozenset(["p", "h2", "h3", "h4", "h5", "h6", "ul"])

GENEROUS_TAGS = frozenset(["form", "figure"])
HIDDEN_SHARE = 0.6  # some sites show their article by script: what is marked hidden for machines may be all there is
CONSENT_MARKS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|privacy|gdpr|cmp|onetrust|didomi|ot-sdk)(?:$|[\s_-])", re.I
)
COMMENT_MARKS = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?(?:list|section|area|thread)|commentlist|disqus\w*|kommentare?)(?:$|[\s_-])",
    re.I,
)
LONG = 80  # characters that make a paragraph prose


def is_consent(node: HtmlElement) -> bool:
    """Tell whether a part is a consent layer, by its marks and its words."""
    marks = f"{node.get('class', '')} {node.get('id', '')}"
    if not CONSENT_MARKS.search(marks):
        return False
    text = str(TEXT(node))
    return len(CONSENT.findall(text)) >= 2 and node.find(".//article") is None


def prose_length(node: HtmlElement) -> int:
    """Return how many characters stand in the long paragraphs of a node, those of links left out."""
    total = 0
    for paragraph in node.iter("p", "li") if node.tag not in ("p", "li") else (node,):
        text = paragraph.text_content()
        if len(text) < LONG or (length := len(" ".join(text.split()))) < LONG:  # most are short at first sight
            continue
        if (links := list(paragraph.iter("a"))) and sum(length_of(link) for link in links) * 2 > length:
            continue
        total += length
    return total


def length_of(node: HtmlElement) -> int:
    """Return the characters of a node's text, white space folded."""
    return len(" ".join(node.text_content().split()))


TEXT = etree.XPath("string(.)")


KEPT_TAGS = frozenset(["html", "body", "main", "article", "h1", "p", "blockquote", "strong", "em", "b", "i"])
P_MARKS = re.compile(
    r"caption|cutline|credit|byline|author|newsletter|promo|related|read-?more|offer|copyright|agencies|timestamp", re.I
)


def is_furniture(node: HtmlElement) -> bool:
    """Tell whether the marks of a node make it hidden or furniture."""
    if is_hidden(node) or node.get("role") in FURNITURE_ROLES:
        return True
    return is_marked(marks_of(node))


@lru_cache(maxsize=20_000)  # a page, and a site, use the same few marks over and over
def is_marked(marks: str) -> bool:
    """Tell whether the marks of a part are furniture's."""
    return bool(MARKS.search(marks))


SLUG = re.compile(r"(?:[^\W_]+[-_]){3}")  # an id of four words is made from a heading, and says nothing of the part


def marks_of(node: HtmlElement) -> str:
    """Return the words that name a part: its classes and its id; ids of headings are made from their text."""
    name = node.get("id", "")
    told = "" if node.tag in HEADINGS or SLUG.match(name) else name
    return f"{node.get('class', '')} {told}"


HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])


def without_hidden(tree: HtmlElement) -> None:
    """Take out only what a reader would not see, consent layers, readers' comments and cards for other articles."""
    whole = max(1, prose_length(tree))
    for link in list(tree.iter("a")):
        if is_teaser(link):
            drop(link)
    for post in list(tree.iter("blockquote")):
        if is_embedded(post):
            drop(post)
    for node in tree.xpath("//*[@style or @hidden or @class or @id]"):
        if node.tag in KEPT_TAGS:
            continue
        if is_hidden(node) and node.get("aria-hidden") is None or is_consent(node) or is_comments(node, whole):
            drop(node)


def is_comments(node: HtmlElement, whole: int) -> bool:
    """Tell whether a part holds readers' comments: by its marks, without the headline or most of the prose."""
    marked = COMMENT_MARKS.search(f"{node.get('class', '')} {node.get('id', '')}")
    return bool(marked) and node.find(".//h1") is None and prose_length(node) <= HIDDEN_SHARE * whole


def is_about_consent(paragraphs: list[str]) -> bool:
    """Tell whether a text is a consent dialog's."""
    text = " ".join(paragraphs)[:5000]
    return len(CONSENT.findall(text)) * 150 > len(text) > 0


def is_hidden(node: HtmlElement) -> bool:
    """Tell whether a reader would not see a node: by attribute or by its own style."""
    if node.get("hidden") is not None and node.get("hidden") != "until-found" or node.get("aria-hidden") == "true":
        return True
    style = node.get("style")
    return bool(style and (HIDDEN_STYLE.search(style) or SAME_COLOUR.search(style)))


def drop(node: etree._Element) -> None:
    """Take a node out of its tree; the text after it stays."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


CLOSING = re.compile(
    r"contributed to this (?:report|story|article)|(?:can|may) be reached (?:at|by)|^(?:contact|email|reach|e-mail)\b.{0,60}@|\S+@\S+\.\w{2,}\W*$|"
    r"^\W*(?:with (?:files|reports?|information|additional reporting|reporting) (?:from|by)|(?:additional )?reporting (?:and writing )?by|editing by|"
    r"mit material von|quelle:|avec (?:l'|l’)?(?:afp|reuters)|com informações|con información de)\b|"
    r"^(?:follow|you can follow)\b.{0,80}(?:twitter|instagram|facebook|threads|bluesky|@\w)|originally (?:appeared|published) (?:on|in|at|by)\b|"
    r"^(?:we may earn|this newsletter may contain|if you (?:buy|purchase|click)|want (?:to keep up|more\b.{0,40}\?)|our journalism needs|to (?:license|licence|republish|reprint) (?:this|our)|thank you for (?:subscribing|reading|signing)|more information:|(?:listen to|watch) the (?:podcast|video|full)\b|also available on|a version of this (?:article|story)|have your say|were you there|what do you think\?)\b|^[\w .'’-]{4,40} (?:has (?:covered|reported on|written about|been (?:covering|reporting|writing))\b.{0,80}\bsince \d{4}\W*$)|^\w[\w .'-]{3,40} is (?:a|an|the) (?:[\w-]+ ){0,4}(?:reporter|editor|columnist|writer|correspondent|author|journalist)\b",
    re.I,
)
# Notes on a text and its makers at its end: where to learn more, on what it rests, who helped, where it appeared, who
# wrote it, what it sells. Each in the languages read; none is looked for anywhere but at the end.
END_NOTE = re.compile(
    r"^\W*(?:"
    r"for (?:more|further) (?:information|details?|on this|coverage)\b|more information(?: on| about)?\b.{0,80}(?:https?:|www\.|doi|visit|available|@)|to learn more (?:about|on)\b|for more, (?:read|see|visit|go to|check)\b|see more (?:from|on|of)\b|"
    r"(?:additional |further )?(?:reporting|writing|editing|photography|styling|photos?|images?|illustrations?|audio|research) by\b|reporting (?:from|for)\b|contributing\s*:|lead image\s*:|styling\s*:|"
    r"our standards\s*:|materials? provided by\b|(?:the )?(?:opinions|views)(?: and opinions)? (?:expressed|in this)\b|the authors? (?:or authors )?(?:does|do|did|has|have) not (?:own|work|consult|hold)\b|"
    r"(?:this|the) (?:article|story|episode|interview|conversation|report|piece|essay|column|excerpt|post|content|transcript)\b.{0,25} (?:appeared|(?:was|were|is|has been) (?:originally |first |lightly |slightly )*(?:published|produced|edited|condensed|translated|adapted|republished|reprinted|supported|funded|made possible|featured|part of|based on|paid for))\b|"
    r"(?:excerpted|reprinted|republished|adapted|cross-?posted) (?:from|with|by)\b|special offer\b|"
    r"(?:\w+ ){0,4}(?:is|are) for informational purposes\b|(?:if you|when you) (?:make a purchase|buy|click|purchase)\b|we (?:occasionally|may|independently) (?:recommend|earn|receive|review|select)|"
    r"you can (?:e-?mail|follow|reach|contact|write to|find) |(?:e-?mail|follow|contact|write to) (?:him|her|them|us|me|the author|(?-i:[A-Z]\w+ [A-Z]\w+))\b|(?:curious|got|have|do you have) (?:about|an? (?:question|tip|idea|story))\b.{0,120}(?:@|e-?mail|write|reach|send)|"
    r"do you want to (?:submit|share|send)\b|not a (?:subscriber|member)\b|(?:listen to|subscribe to|follow) .{2,60} on (?:spotify|apple|google|youtube)\b|"
    r"(?:weitere|mehr) (?:informationen|infos) (?:unter|finden|gibt|auf|zu)\b|(?:mitarbeit|redaktion|redaktionelle mitarbeit|übersetzung|fotos?)\s*:|(?:dieser|der) (?:artikel|text|beitrag|bericht)\b.{0,40}\b(?:erschien|erschienen|veröffentlicht|entstanden)\b|(?:der autor|die autorin|unser autor|unsere autorin) (?:ist|war|arbeitet|schreibt|lebt)\b|"
    r"pour (?:plus d['’]informations?|en savoir plus)\b|cet article (?:a été|est|fut) .{0,20}(?:publié|paru|traduit)|(?:l['’]auteure?|l['’]autrice) (?:est|a|travaille|enseigne)\b|"
    r"para (?:más|mayor) información\b|este (?:artículo|texto|reportaje) (?:fue|ha sido|se publicó|apareció)|(?:el autor|la autora) (?:es|fue|trabaja)\b|"
    r"para mais informações\b|est[ea] (?:artigo|texto|reportagem|matéria) (?:foi|saiu|apareceu)|(?:o autor|a autora) (?:é|foi|trabalha)\b|\*?com informações d|"
    r"per (?:maggiori|ulteriori|altre) informazioni\b|questo (?:articolo|testo) è (?:stato |apparso|uscito|tratto)|(?:l['’]autore|l['’]autrice) (?:è|insegna|lavora)\b|"
    r"więcej informacji (?:na|pod|można)|(?:ten )?(?:artykuł|tekst|materiał) (?:ukazał się|został (?:opublikowany|przetłumaczony)|powstał)|(?:autor|autorka) jest\b|"
    r"(?:эта )?(?:статья|заметка|публикация) (?:впервые )?(?:опубликована|вышла|подготовлена)|материал (?:впервые )?(?:опубликован|подготовлен)|автор\s*[—–-]\s|"
    r"(?:daha fazla|ayrıntılı) bilgi için|bu (?:haber|yazı|makale|metin) (?:ilk|daha önce)\b"
    r")|\bet al\b.{0,250}(?:\(\d{4}\)|\bdoi\b|\d{4}\.)|\bdoi\s*:\s*10\.|^(?:let us know|tell us|share your (?:thoughts|views)|sound off|join the (?:discussion|conversation)|what do you think\b.{0,60}\?) .{0,40}\bcomments?\b|"
    r"\bdelivered (?:every|each|straight|right|directly|to your)\b|\b(?:right|straight|directly) (?:to|in) your inbox\b|\bavailable (?:on our podcast|wherever you get your podcasts)|\bwherever you (?:get|listen to) (?:your )?podcasts\b|\b(?:edited|condensed) (?:and \w+ )?for (?:length|clarity|brevity)\b|\bdo(?:es)? not necessarily (?:represent|reflect)\b|"
    r"^(?-i:(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+)(?: \([^)]{2,20}\))?,? (?:is|was) (?:an?|the|our|[A-Z]\w+(?: \w+)?['’]s) (?:[\w’'-]+ ){0,6}(?:editor|reporter|columnist|writer|correspondent|journalist|contributor|freelancer|(?:analyst|author|producer|critic) (?:for|at|of))\b|"
    r"^(?-i:(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+) (?:currently )?(?:writes (?:about|for|on)|covers|reports (?:on|for)|works (?:for|at|as) .{0,80}(?:editor|reporter|writer|journalist|content))\b",
    re.I,
)
END_MATTER = frozenset(
    ["our sources", "sources", "references", "footnotes", "endnotes", "works cited", "further reading", "quellen", "quellenangaben", "einzelnachweise",
     "literatur", "sources et références", "références", "notes et références", "fuentes", "referencias", "fontes", "referências", "fonti", "źródła",
     "przypisy", "bibliografia", "источники", "примечания", "kaynaklar", "kaynakça", "dipnotlar",
     "nutrition facts", "nutritional information", "nährwerte", "nährwertangaben", "valeurs nutritionnelles", "información nutricional",
     "informação nutricional", "valori nutrizionali", "wartości odżywcze", "пищевая ценность", "besin değerleri"]
)  # fmt: skip


def opens_end_matter(text: str, *, place: int, of: int) -> bool:
    """Tell whether a paragraph is the heading of an appendix (sources, notes, what a dish nourishes), after the first third of a text."""
    return place * 3 >= of and text.strip(" :.").casefold() in END_MATTER


CLOSING_LENGTH = 300  # characters
NOTE_LENGTH = 600  # characters; notes on a writer's life run longer than lines of thanks


def is_closing(text: str) -> bool:
    """Tell whether a paragraph at the end tells of the writers instead of the story."""
    return len(text) <= NOTE_LENGTH and bool(
        END_NOTE.search(text) or len(text) <= CLOSING_LENGTH and CLOSING.search(text)
    )


def is_furniture_text(text: str) -> bool:
    """Tell whether a whole paragraph is a label, an invitation, an offer or a pointer to another article."""
    folded = text.strip(" :.…>»→-–—|•*").casefold().replace("’", "'")
    if folded in LABELS:
        return True
    if len(text) > SHORT:
        return False
    return bool(
        OPENINGS.match(text) or is_offer(text) or STAMP.match(text) or BIO.match(text) or CREDIT_LINE.fullmatch(text)
    )


def is_passing(text: str) -> bool:
    """Tell whether a paragraph of furniture stands in the midst of texts: a credit, a stamp, a label of an advertisement."""
    folded = text.strip(" :.…").casefold()
    return folded in AD_LABELS or folded in PASSING or bool(CREDIT_LINE.fullmatch(text) or STAMP.match(text))


PASSING = frozenset(
    ["recommended video", "recommended videos", "getty images", "story continues below", "article continues below",
     "story continues below advertisement", "article continues after advertisement", "skip advertisement",
     "la suite après la publicité", "devamını oku", "haberin devamı"]
)  # fmt: skip


def is_offer(text: str) -> bool:
    """Tell whether a text offers what it withholds."""
    folded = text.casefold()
    return any(word in folded for word in OFFER_WORDS) and bool(OFFER.search(text))


# One of these stands in whatever OFFER finds; looking for them first is thirty times as quick.
OFFER_WORDS = (
    "subscri", "reading", "member", "reserved", "exclusive", "this article is", "this story is", "this content is",
    "sign in", "log in", "login", "unlock", "trial", "lesen", "abonn", "il vous reste", "suite est", "réservé",
    "contenido", "artículo", "noticia", "suscr", "conteúdo", "assina", "assine", "riservat", "abbonat", "subskryb",
    "prenumerat", "dostęp", "pozostało", "подписчик", "подписк", "abone", "会員", "有料", "残り",
)  # fmt: skip


# A picture's credit that stands alone.
CREDIT_LINE = re.compile(
    r"\W*(?:photos?|pictures?|images?|image credits?|photo credits?|fotos?|bild(?:quelle)?|crédits? photos?|zdj\.|фото|fotoğraf|imagen|imagem)\s*(?:[:©/|]|by\b|via\b)\s*.{2,60}|\W*(?:getty images|©.{2,60})\W*",
    re.I,
)

# A line that tells when the page was changed, and one on its writer, wherever they stand.
STAMP = re.compile(
    r"^(?:(?:first |last )?(?:updated|published|posted|modified)|aktualisiert|veröffentlicht|stand|publié|mis à jour|actualizado|publicado|atualizado|aggiornato|"
    r"pubblicato|aktualizacja|opublikowano|обновлено|опубликовано|güncelleme|yayınlanma)\b.{0,12}?(?=\S*\d)[^.!?]{0,60}$|^\d+ (?:min|minutes?|mins?) read$",
    re.I,
)
BIO = re.compile(
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3} has (?:covered|reported on|written about|been (?:covering|reporting|writing))\b.{0,100}\bsince \d{4}\W*$"
)
