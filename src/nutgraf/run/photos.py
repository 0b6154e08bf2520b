"""Fetching the pictures of the newest briefs, so that no reader's browser asks an outlet."""

from __future__ import annotations

from datetime import timedelta

from nutgraf.errors import FetchError
from nutgraf.model import Page, Reason, Rejected
from nutgraf.ports import StoredPhoto
from nutgraf.run.lanes import in_lanes
from nutgraf.run.parts import Parts, Progress, silent
from nutgraf.run.raster import measure
from nutgraf.store.sources import host_of

TRY_AGAIN = timedelta(days=1)


def fetch_photos(parts: Parts, *, progress: Progress = silent) -> int:
    """Fetch and store the pictures that briefs show; only real raster pictures. Returns how many are new.

    What could not be had is a rejection, and is tried again after a day.
    """
    wanted = parts.store.photos_wanted(rejected_before=parts.clock() - TRY_AGAIN)
    stored = 0
    for done, (url, outcome) in enumerate(in_lanes(wanted, parts.fetcher.get, host=host_of), 1):
        photo = _photo(url, outcome)
        if isinstance(photo, Rejected):
            parts.store.save_rejection(photo, moment=parts.clock())
        else:
            parts.store.save_photo(url, photo)
            stored += 1
        progress("photos", done, len(wanted), url)
    return stored


def _photo(url: str, outcome: Page | Exception) -> StoredPhoto | Rejected:
    if isinstance(outcome, FetchError):
        return Rejected(
            subject=url, reason=Reason.UNREADABLE, detail=f"The picture {outcome.problem}. {outcome.remedy}"
        )
    if isinstance(outcome, Exception):
        raise outcome
    measured = measure(outcome.body)
    if measured is None:
        detail = "Is no PNG, JPEG, GIF or WebP picture; the brief is shown without it"
        return Rejected(subject=url, reason=Reason.BAD_INPUT, detail=detail)
    content_type, width, height = measured
    return StoredPhoto(outcome.body, content_type, width, height)
