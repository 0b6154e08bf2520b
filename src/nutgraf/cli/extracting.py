"""``nutgraf extract``: saved pages become articles, as the contract's JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nutgraf.articles import read_article
from nutgraf.cli.lines import Bad, in_order, read_values
from nutgraf.cli.progress import Step
from nutgraf.contract import article_to_record, rejected_to_record
from nutgraf.errors import InputError
from nutgraf.model import Article, Rejected
from nutgraf.sources import read_saved_page


@dataclass(frozen=True, slots=True)
class PageFile:
    """A saved page to extract: where it lies, the id its article gets, and the address it was served at."""

    path: Path
    id: str | None = None
    address: str | None = None


def page_files(paths: Iterable[str]) -> Iterator[PageFile]:
    """Yield the pages that are named on the command line."""
    return (PageFile(Path(path)) for path in paths)


def listed_pages(path: str) -> Iterator[PageFile | Bad]:
    """Yield the pages of a list (id, path, url); a relative path starts from the list's folder."""
    folder = Path() if path == "-" else Path(path).parent

    def read(record: dict[str, Any], name: str) -> PageFile:
        if not isinstance(record.get("path"), str):
            raise InputError(name, 'has no "path"', "Give each page its path, and an id and a url where known")
        key, address = record.get("id"), record.get("url")
        return PageFile(folder / record["path"], str(key) if key is not None else None, address)

    return read_values(path, read)


def extract(pages: Iterable[PageFile | Bad], step: Step, *, why: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the contract's article, or rejection, of each page; with ``why`` also by which way each field was read."""

    def work(good: Iterator[PageFile]) -> Iterator[dict[str, Any]]:
        for file in good:
            result = extract_page(file)
            step()
            if isinstance(result, Rejected):
                yield rejected_to_record(result, key=file.id or str(file.path))
            else:
                record = article_to_record(result)
                yield record if why else {key: value for key, value in record.items() if key != "why"}

    return in_order(pages, work)


def extract_page(file: PageFile) -> Article | Rejected:
    """Read one saved page into its article; a rejection names the file."""
    page = read_saved_page(file.path, address=file.address)
    # Whoever names a saved page has it already; wishes about keeping copies are for what we fetch ourselves.
    result = page if isinstance(page, Rejected) else read_article(page, id=file.id, heed_wishes=False)
    if isinstance(result, Rejected):
        return Rejected(subject=str(file.path), reason=result.reason, detail=result.detail)
    return result
