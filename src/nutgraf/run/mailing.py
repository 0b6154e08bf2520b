"""Sending a day's edition by mail: to each subscriber once, whatever ends or fails in between."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from nutgraf.errors import LetterRefused, LetterUnsure, PostError
from nutgraf.model import Edition
from nutgraf.publications.mail import Sender, edition_letter
from nutgraf.publications.tongue import tongue
from nutgraf.run.parts import Parts, Progress, silent
from nutgraf.run.telling import day_of
from nutgraf.store.values import ClaimedMailing

_log = logging.getLogger("nutgraf.mail")


@dataclass(frozen=True, slots=True)
class MailReport:
    """How many mails of an edition were sent, how many of those may have been sent before, and what went wrong."""

    sent: int = 0
    perhaps_again: int = 0
    problems: tuple[str, ...] = ()


def mail_due(parts: Parts, *, progress: Progress = silent) -> MailReport:
    """Send today's edition if it is time for it: once the clock of the desk's zone has passed the setting."""
    local = parts.clock().astimezone(ZoneInfo(parts.settings.zone))
    if parts.post is None or local.time() < time.fromisoformat(parts.settings.mail_at):
        return MailReport()
    return mail_edition(parts, day_of(parts, parts.clock()), progress=progress)


def mail_edition(parts: Parts, day: date, *, progress: Progress = silent) -> MailReport:
    """Send a day's edition to all subscribers who have not had it; a day without briefs sends nothing.

    A mail is claimed in the database, sent, and noted as done. What ends in between is claimed again after a while,
    and has the same Message-ID, by which mail servers and readers know the second copy.
    """
    edition = parts.store.edition(day)
    if parts.post is None or edition is None or not edition.briefs:
        return MailReport()
    sent = again = 0
    problems: list[str] = []
    passed_over: set[str] = set()
    try:
        while mailing := parts.store.claim_mailing(day, now=parts.clock(), leave_out=passed_over):
            try:
                _send(parts, edition, mailing)
            except LetterUnsure as error:
                problems.append(str(error))  # stays claimed: whether it was taken is not known
                break
            except LetterRefused as error:
                problems.append(str(error))
                _refused(parts, mailing, error)
                passed_over.add(mailing.token)
                continue
            except PostError as error:
                problems.append(str(error))
                parts.store.release_mailing(mailing)
                break
            parts.store.end_mailing(mailing, refused=False)
            sent, again = sent + 1, again + mailing.again
            if mailing.again:
                _log.warning("possible duplicate of the edition of %s: an earlier try ended in the middle", day)
            progress("mail", sent, 0, str(day))
    finally:
        parts.post.close()
    return MailReport(sent, again, tuple(problems))


def _send(parts: Parts, edition: Edition, mailing: ClaimedMailing) -> None:
    assert parts.post is not None
    settings = parts.settings
    letter = edition_letter(
        edition,
        to=mailing.address,
        token=mailing.token,
        sender=Sender(title=settings.title, address=settings.address, mail_from=settings.mail_from),
        now=parts.clock(),
        zone=ZoneInfo(settings.zone),
        tongue=tongue(mailing.language or settings.language),
    )
    parts.post.send(letter)


def _refused(parts: Parts, mailing: ClaimedMailing, error: LetterRefused) -> None:
    if error.for_good:
        parts.store.end_mailing(mailing, refused=True)
    else:
        parts.store.release_mailing(mailing)
