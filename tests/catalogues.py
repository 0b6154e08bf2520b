"""What the interface says, gathered from templates and code, and its catalogues: ``python -m tests.catalogues`` renews.

A catalogue keeps what it has; what is new stands there untranslated, and what is said nowhere any more leaves it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from nutgraf.publications.tongue import FOLDER, TONGUES

PACKAGE = FOLDER.parent.parent
_SAID = re.compile(r'{% say "([^"]*)"')
_COUNTED = re.compile(r'{% count "([^"]*)" "([^"]*)"')

Message = str | tuple[str, str]


def messages() -> dict[Message, set[str]]:
    """Return every message, one or a pair of one and many, with the files that say it."""
    found: dict[Message, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.html")) + sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        said = _in_template(text) if path.suffix == ".html" else _in_code(text)
        for message in said:
            found.setdefault(message, set()).add(str(path.relative_to(PACKAGE)))
    return found


def catalogue(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file)


def renew(language: str) -> None:
    path = FOLDER / f"{language}.po"
    before = catalogue(language) if path.exists() else Catalog(locale=language)
    after = Catalog(
        locale=language, header_comment=f"# What the interface says, in {TONGUES[language]}.", charset="utf-8"
    )
    for message, files in sorted(messages().items(), key=lambda item: (sorted(item[1]), str(item[0]))):
        known = before.get(message if isinstance(message, str) else message[0])
        after.add(message, known.string if known else "", locations=[(file, None) for file in sorted(files)])
    with path.open("wb") as file:
        write_po(file, after, width=120, omit_header=False)
    # Dates of making would differ on each run.
    text = path.read_text(encoding="utf-8")
    kept = [
        line
        for line in text.splitlines()
        if not re.match(r'"(POT-Creation|PO-Revision|Last-T|Generated|Project|Language-Team|Report-M)', line)
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _in_template(text: str) -> Iterator[Message]:
    yield from (match[1] for match in _SAID.finditer(text))
    yield from ((match[1], match[2]) for match in _COUNTED.finditer(text))


def _in_code(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in ("say", "mark") and len(node.args) == 1 and strings:
            yield strings[0]
        elif name == "count" and len(strings) == 2:
            yield strings[0], strings[1]


if __name__ == "__main__":
    for language in TONGUES:
        if language != "en":
            renew(language)
