"""Outlets by name: who publishes or broadcasts what others said."""

from __future__ import annotations

import re

from nutgraf.claims.words import OUTLETS, words_of

KINDS = (
    r"(?:news )?agency|newspaper|paper|magazine|weekly|daily|tabloid|broadcaster|network|station|channel"
    r"|(?:news )?website|news site|outlet|journal|podcast|programme|program|show|broadsheet|newswire"
)
"""Nouns that call a name an outlet: "the broadcaster NRK"."""

AMBIGUOUS = words_of(
    """
    nature science time people fortune stern bild variety sun mirror star globe record echo independent standard express
    mail hill wire age week economist register examiner focus forbes wired vox slate insider verge athletic atlantic
    lancet punch monitor scotsman voice dawn hindu nation advertiser sentinel enquirer argus
    monde figaro parisien spiegel welt
    """
)
"""Names that are outlets where somebody speaks to them or is quoted by them, and other things elsewhere."""

PHRASES = frozenset(
    """
    al jazeera|le monde|le figaro|el país|el pais|der spiegel|die zeit|die welt|deutsche welle|dagens nyheter|la stampa
    la repubblica|corriere della sera|ukrainska pravda|global times|al arabiya|le parisien|politiken|haaretz|anadolu
    interfax|kyodo|yonhap|nhk|espn|kcna|afp|dpa|tass|xinhua|ria novosti|nikkei|zdf|ard|rte|nrk|svt|npr
    pbs|msnbc|newsweek
    propublica|buzzfeed|vice|the intercept|usa today|aftenposten|nos|ansa|efe|lusa|pti|ani|irna|isna|mehr|fars|wam|spa
    süddeutsche zeitung|frankfurter allgemeine|corriere|libération|liberation|press association|fox news|sky news
    state television|state tv|state media|state radio|national television|public radio|c-span|euronews|meduza|kommersant
    vedomosti|izvestia|rt|sputnik|itar-tass|pravda|granma|folha|o globo|clarín|la nación|the hill
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
)

_WORDS = re.compile(r"[\w.&-]+")


def is_outlet(mention: str, *, heard: bool = False) -> bool:
    """Tell whether a mention names an outlet; ``heard``: it stands where an outlet would, as hearer or quoter."""
    lowered = " ".join(mention.lower().split()).removeprefix("the ").replace("’s", "").replace("'s", "")
    if lowered in PHRASES:
        return True
    if re.match(rf"(?:{KINDS}) [^\W\d_]", lowered) and any(c.isupper() for c in mention[4:]):
        return True
    named = [word.strip(".").lower() for word in _WORDS.findall(mention) if word[:1].isupper()]
    if not named or len(named) > 6:
        return False
    if any(word in OUTLETS for word in named) or "radio" in named or "tv" in named or "television" in named:
        return True
    return heard and named[-1] in AMBIGUOUS and len(named) <= 3
