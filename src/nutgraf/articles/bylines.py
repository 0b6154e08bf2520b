"""Names of people out of bylines: without "By", roles, agencies, outlets and addresses."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import re

# Words that open a byline, in the languages read.
OPENERS = (
    "written by|reported by|reporting by|posted by|published by|edited by|words by|story by|text by|by|words|author|authors|"
    "von|ein gastbeitrag von|eine analyse von|ein kommentar von|text|autor|autorin|autoren|propos recueillis par|par|por|escrito por|"
    "redacción|di|a cura di|autore|przez|autor tekstu|opracował|opracowała|автор|авторы|текст|yazan|yazar|haber|door|af|av|oleh|foto"
)
OPENING = re.compile(rf"^\s*(?:{OPENERS})(?:\s*[:|]\s*|\s+)", re.I)
# A surname may begin with one of these: "Di Maio" keeps it where no other name follows.
NAME_PARTICLES = frozenset(["Di", "Da", "De", "Van", "Von", "Del", "Af", "Av"])

AND = re.compile(
    r"\s*(?:;|\||/|•|·|&|\n|,\s+(?:and|und|et|y|e|i|и|ve|en|og|och)\s+|\s+(?:and|und|et|y|и|ve|og|och|with|mit|avec|con)\s+|,)\s*",
    re.I,
)

# What a name is not: bodies, desks, roles. Matched as whole words, in any language read.
NO_PERSON = re.compile(
    r"\b(?:staff|newsroom|news ?desk|desk|team|editors?|editorial|editorial board|redaktion|rédaction|redaction|redacción|redacao|redação|redazione|"
    r"redakcja|редакция|haber merkezi|agency|agence|agencia|agenzia|agentur|agencies|wire|wires|press|presse-agentur|reuters|afp|dpa|"
    r"ap|upi|ansa|efe|pap|apa|pti|ani|tass|тасс|xinhua|kyodo|bloomberg|associated press|newswire|news|media|newspaper|magazine|"
    r"contributors?|correspondents?|reporters?|guest|admin|administrator|webmaster|web desk|online|digital|publisher|company|ltd|inc|gmbh|"
    r"llc|corp|corporation|network|group|tv|radio|channel|service|services|feed|system|import|bot|automation|unknown|anonymous|none|null|"
    r"undefined|author|home|follow|share|subscribe|updated|published|posted|read|minutes?|mins?|ago|am|pm|edt|est|gmt|cest|bst|uhr|monday|tuesday|wednesday|thursday|friday|saturday|sunday|nachrichten|noticias|notícias|actualités|notizie|haberler|новости|aktuality|wiadomości)\b"
    r"|新聞|新闻|オンライン|デジタル|編集部",
    re.I,
)
ROLE = re.compile(
    r"^(?:(?:senior|chief|deputy|associate|assistant|staff|special|political|foreign|national|white house|business|science|health|technology|"
    r"sports?|world|diplomatic|legal|royal|crime|culture|investigative|data|breaking news|managing|executive|digital|freelance|economics|"
    r"security|defense|defence|environment|education|global|international|north america|europe|asia|middle east)\s+)*"
    r"(?:editor|reporter|correspondent|writer|columnist|journalist|contributor|producer|journalistin|korrespondentin|korrespondent|redakteur|redakteurin|"
    r"journaliste|periodista|giornalista|corrispondente|corresponsal|fellow|author|photographer|anchor|host|analyst|intern|bureau chief)\b",
    re.I,
)
ROLE_BEFORE = re.compile(
    r"^(?:[A-Z]\w+\s+)?(?:senior |chief |political |foreign |staff |business |sports |our )*(?:correspondent|reporter|editor|writer|columnist)\s+(?=[A-Z])",
    re.I,
)
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w+")
BRACKETED = re.compile(r"\s*[(\[][^)\]]*[)\]]")
SIGNS = re.compile(r"[\d<>{}=+#*_@]|https?:")
HOST_NAME = re.compile(r"\.[a-z]{2,4}$")

MAX_NAME_WORDS = 6
MAX_NAME = 60


def names_in(text: str, *, outlet: str | None = None) -> list[str]:
    """Return the people named in one byline, in order; what is no person's name is left out."""
    text = " ".join(BRACKETED.sub("", ADDRESS.sub(" ", text)).split())
    text = without_opening(text)
    names: list[str] = []
    for part in AND.split(text[:600]):
        name = as_name(part or "")
        if name and is_person(name, outlet) and name.casefold() not in {known.casefold() for known in names}:
            names.append(name)
    return names


def without_opening(text: str) -> str:
    """Take "By" and its like off the start of a byline, never off a name."""
    while found := OPENING.match(text):
        word = found[0].strip(" :|")
        if word in NAME_PARTICLES and ":" not in found[0] and len(text.split()) < 3:
            break
        text = text[found.end() :]
    return text


def as_name(text: str) -> str:
    """Trim signs and roles from a name; a name in capitals gets its usual ones."""
    name = without_opening(ROLE_BEFORE.sub("", text.strip(" ,.;:|-–—•·\u200b\xa0'\"")))
    name = re.split(r"\s+(?:[-–—|]|for|für|in|at|updated|published)\s+", name)[0].strip(" ,.;:-–—")
    if name.isupper() and " " in name:
        name = re.sub(r"\w[\w'’]*", lambda word: capitalised(word[0]), name)
    return name


def capitalised(word: str) -> str:
    """Give a name in capitals its usual ones."""
    for mark in ("'", "’"):
        head, sep, tail = word.partition(mark)
        if sep and len(head) == 1 and len(tail) > 1:
            return head + sep + tail.capitalize()
    if word.startswith("MC") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word if len(word) == 1 else word.capitalize()


def is_person(name: str, outlet: str | None) -> bool:
    """Tell whether a name can be a person's: letters, few words, no body's or role's word, not the outlet."""
    if not 2 <= len(name) <= MAX_NAME or len(name.split()) > MAX_NAME_WORDS or SIGNS.search(name):
        return False
    if (
        not any(letter.isalpha() for letter in name)
        or NO_PERSON.search(name)
        or ROLE.match(name)
        or HOST_NAME.search(name)
    ):
        return False
    if outlet and folded(outlet) and (folded(name) == folded(outlet) or folded(name) in folded(outlet)):
        return False
    if (
        outlet
        and len(own := folded(outlet)) >= 5
        and folded(name).startswith(own)
        and len(folded(name)) - len(own) <= 2
    ):
        return False  # a log-in of the outlet's own
    first = name[0]
    cased = first.lower() != first.upper()
    return not cased or first.isupper() or any(part[0].isupper() for part in name.split()[1:])


def folded(text: str) -> str:
    """Fold a name for comparison: letters and digits alone, without "the"."""
    return re.sub(r"^(?:the|der|die|das|le|la|el|il)\s+|\W+", "", text.casefold())
