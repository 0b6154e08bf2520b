"""Telling browsers of the stories that they follow: each new brief once, and none that is gone is asked again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from nutgraf.errors import FetchError
from nutgraf.net.push import GONE
from nutgraf.publications.layout import lay_out
from nutgraf.run.parts import Parts
from nutgraf.store.values import Notice

LONGEST = 400
"""Characters of a line of a notice; push services take four kilobytes in all."""


@dataclass(frozen=True, slots=True)
class PushReport:
    """How many browsers were told, how many were gone for good, and how many could not be reached."""

    told: int = 0
    gone: int = 0
    failed: int = 0


def push_notices(parts: Parts) -> PushReport:
    """Tell every browser of the new briefs of the stories that it follows.

    A notice is noted before it is sent: what is killed in between is not told twice.
    """
    told = gone = failed = 0
    for notice in parts.store.notices(now=parts.clock()):
        if not parts.store.claim_notice(notice, now=parts.clock()):
            continue
        try:
            parts.pusher.push(notice.browser, message_of(notice), topic=_topic(notice))
        except FetchError as error:
            if error.status in GONE:
                parts.store.forget_browser(notice.browser.endpoint)
                gone += 1
            else:
                parts.store.notice_failed(notice)
                failed += 1
            continue
        parts.store.notice_told(notice)
        told += 1
    return PushReport(told, gone, failed)


def message_of(notice: Notice) -> str:
    """Return what the browser shows: words of the stored brief, and where it stands on the site."""
    shown = lay_out(notice.brief)
    body = shown.dek.text if shown.dek else shown.lede.text
    record = {"title": shown.headline.text[:LONGEST], "body": body[:LONGEST], "story": notice.brief.id}
    return json.dumps(record, ensure_ascii=False)


def _topic(notice: Notice) -> str:
    return hashlib.sha256(notice.brief.id.encode("utf-8", "replace")).hexdigest()[:32]
