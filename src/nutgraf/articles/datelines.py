"""Datelines and agency credits: the place and agency that open a report, the signature that closes it."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import re
from dataclasses import dataclass

# Agency by the marks that it goes by in datelines, credits and signatures.
AGENCIES = {
    "AP": "Associated Press",
    "Associated Press": "Associated Press",
    "The Associated Press": "Associated Press",
    "Reuters": "Reuters",
    "REUTERS": "Reuters",
    "AFP": "AFP",
    "Agence France-Presse": "AFP",
    "dpa": "dpa",
    "DPA": "dpa",
    "UPI": "UPI",
    "EFE": "EFE",
    "ANSA": "ANSA",
    "PAP": "PAP",
    "APA": "APA",
    "PTI": "PTI",
    "ANI": "ANI",
    "AAP": "AAP",
    "Xinhua": "Xinhua",
    "TASS": "TASS",
    "ТАСС": "TASS",
    "Интерфакс": "Interfax",
    "Interfax": "Interfax",
    "Kyodo": "Kyodo",
    "Yonhap": "Yonhap",
    "Bernama": "Bernama",
    "Anadolu": "Anadolu",
    "AA": "Anadolu",
    "CNW": "CNW",
    "PA": "PA Media",
    "Bloomberg": "Bloomberg",
    "Europa Press": "Europa Press",
    "Lusa": "Lusa",
    "Belga": "Belga",
    "SID": "SID",
    "KNA": "KNA",
    "epd": "epd",
    "The Canadian Press": "The Canadian Press",
    "CP": "The Canadian Press",
    "AsiaNet": "AsiaNet",
    "States Newsroom": "States Newsroom",
}

_PLACE = r"[^\W\d_][\w.’'-]*(?:[ /-][^\W\d_][\w.’'-]*){0,4}"
_CAPITALS = r"[A-ZÀ-ÞŁŚŻŹĆŃĄĘА-ЯЁİŞĞÇÖÜ][A-ZÀ-ÞŁŚŻŹĆŃĄĘА-ЯЁİŞĞÇÖÜ.’'-]+(?:[ /-][A-ZÀ-ÞŁŚŻŹĆŃĄĘА-ЯЁİŞĞÇÖÜ.’'-]+){0,4}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
_DAY = r"(?:, (?:[A-Z][a-zé]+\.? \d{1,2}|\d{1,2}\.? [^\W\d_]+)(?:, \d{4})?)?"
_DASH = r"\s*(?:--|[–—]|\s-\s|-\s)\s*"
DATELINE = re.compile(
    rf"^(?P<all>(?P<place>{_CAPITALS}){_DAY}(?:,? ?\((?P<agency>[^()]{{2,40}})\))?|(?P<mixed>{_PLACE}(?:, {_PLACE})?){_DAY} ?\((?P<with>[^()]{{2,40}})\)|\((?P<only>[A-Z][\w ]{{1,30}})\)){_DASH}(?=\S)"
)
MIXED_PLACE = re.compile(rf"^(?P<place>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,3}}(?:, [A-Z][\w.]+)?){_DASH}(?=[A-Z“\"])")
SIGNATURE = re.compile(r"^[(\[]?\s*(?P<marks>[A-Za-zА-Я]{2,8}(?:\s*[/,-]\s*[A-Za-zА-Я]{2,8}){0,3})\s*[)\]]?\.?$")
CLOSING = re.compile(r"\s*[(\[](?P<marks>[A-Za-zА-Я]{2,10}(?:\s*/\s*[A-Za-zА-Я]{2,10}){0,3})[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Opened:
    """A text without its dateline, the dateline, and the agency named there or at the end."""

    text: str
    dateline: str | None = None
    agency: str | None = None


def open_text(paragraphs: list[str]) -> tuple[list[str], str | None, str | None]:
    """Take the dateline off the first paragraph and an agency's signature off the end; return what is left with both."""
    if not paragraphs:
        return paragraphs, None, None
    first = taken_off(paragraphs[0])
    rest = paragraphs[1:]
    agency = first.agency
    if rest and (signed := signature(rest[-1])):
        rest, agency = rest[:-1], agency or signed
    texts = [text for text in (first.text, *rest) if text]
    return texts, first.dateline, agency


def taken_off(text: str) -> Opened:
    """Take the dateline off the first paragraph."""
    found = DATELINE.match(text)
    if not found:
        return Opened(text)
    agency = agency_named(found["agency"] or found["with"] or found["only"])
    if (
        (found["with"] or found["only"])
        and agency is None
        and not re.search(r"Wire|News|Press|Agency|Newsroom", found["with"] or found["only"] or "")
    ):
        return Opened(text)
    if found["place"] and not found["agency"] and len(found["place"]) < 3:
        return Opened(text)
    name = found["agency"] or found["with"] or found["only"]
    return Opened(text[found.end() :], found["all"].strip(), agency or name)


def agency_named(text: str | None) -> str | None:
    """Return the agency that a credit names, if it is one."""
    for part in re.split(r"\s*[/,;&]\s*|\s+and\s+|\s+via\s+", text or ""):
        if part.strip() in AGENCIES:
            return AGENCIES[part.strip()]
    return None


BODY_NAME = re.compile(
    r"\b(?:presse-?agentur|press agency|news agency|newswire|wire service|press association|agence de presse|agencia de noticias|agenzia)\b",
    re.I,
)


def is_agency(name: str) -> bool:
    """Tell whether a name is a news agency's."""
    return name in AGENCIES or name.casefold() in AGENCY_NAMES or bool(BODY_NAME.search(name))


AGENCY_NAMES = frozenset(mark.casefold() for mark in (*AGENCIES, *AGENCIES.values()) if len(mark) > 2)


DESK = re.compile(
    r"(?:[^\W\d_][\w.&’'-]* ?){0,3}?(?:[\w-]*Redaktion|Redacción|Rédaction|Redazione|Redação|Redakcja|Newsroom|News Desk|Staff)"
)


def is_desk(name: str) -> bool:
    """Tell whether a name is a newsroom's or one of its desks'."""
    return bool(DESK.fullmatch(name))


def signed_by(text: str, outlet: str | None) -> str | None:
    """Return who signs an article whose last paragraph is nothing else: a desk, or whom "Outlet / Other paper" names."""
    bare = text.strip(" –—-()[].")
    if len(bare) > 60:
        return None
    if is_desk(bare):
        return bare
    if DASHED.fullmatch(text):
        return bare
    first, slash, other = bare.partition("/")
    own = slash and outlet and first.strip().casefold() == outlet.casefold()
    return other.strip() if own and len(other.split()) <= 5 else None


DASHED = re.compile(r"[–—-]{1,2}\s*(?:[^\W\d_a-z][\w.’'-]+ ){1,3}[^\W\d_a-z][\w.’'-]*[^\W_]")
SERVICE = re.compile(r"\b(?:wire|news|press|media|agency|agentur|agence|agencia|agenzia)\b", re.I)


def signature(text: str) -> str | None:
    """Return the agency of a last paragraph that is nothing but its mark and initials ("dpa/mk"), or "—Coast Wire"."""
    bare = text.strip("–—- ")
    if text[:1] in ("–", "—", "-") and (bare in AGENCIES or DASHED.fullmatch(text) and SERVICE.search(text)):
        return AGENCIES.get(bare, bare)
    found = SIGNATURE.match(text)
    if not found:
        return None
    marks = re.split(r"\s*[/,-]\s*", found["marks"])
    named = agency_named("/".join(marks))
    if (
        named
        or len(marks) > 1
        and marks[0].isupper()
        and len(marks[0]) <= 4
        and marks[-1].islower()
        and len(marks[-1]) <= 4
    ):
        return named or marks[0]
    return None
