"""Having a brief's lines reworded by the writer, where there is one: cached, within limits, never in anyone's way."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from nutgraf.briefs.rewriting import LONGEST_ANSWER, VERSION, Reworded, items_of, prompt_of, read_answer, reword
from nutgraf.config import Settings
from nutgraf.errors import WriterError
from nutgraf.model import Brief
from nutgraf.ports import Clock, Language, Writer, WriterAnswer, WriterLedger, WriterPrompt

DAY = timedelta(hours=24)

MOST_TRIES = 3
"""How often a question is asked in vain before its brief is left as it is: one that breaks a server stops no other."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A brief after its writer. ``waits`` tells that it was not asked, or did not answer, and may be asked later."""

    brief: Brief
    waits: bool = False
    reworded: Reworded | None = None


@dataclass
class Rewriter:
    """Asks one writer about briefs, one request a brief, until a limit is reached; to be made anew for each round."""

    writer: Writer
    ledger: WriterLedger
    language: Language
    settings: Settings
    clock: Clock
    seconds: Callable[[], float] = time.monotonic
    spent: float = 0.0
    problems: list[str] = field(default_factory=list)

    def can_ask(self) -> bool:
        """Tell whether a limit leaves room for a request, and the writer does not rest."""
        if self.writer.is_resting or self.spent >= self.settings.writer_seconds:
            return False
        return self.ledger.writer_requests(since=self.clock() - DAY) < self.settings.writer_requests

    def reword(self, brief: Brief) -> Outcome:
        """Return the brief with those lines reworded that hold; the brief as it is where the writer says nothing."""
        if not self._speaks(brief.language):
            return Outcome(brief)
        prompt = prompt_of(brief)
        key = key_of(self.writer.name, prompt)
        answer = self.ledger.writer_answer(key)
        if answer is None and self.ledger.writer_tries(key) < MOST_TRIES:
            answer = self._asked(key, prompt, brief.id) if self.can_ask() else None
        if answer is None:
            return Outcome(brief, waits=self.ledger.writer_tries(key) < MOST_TRIES)
        found = reword(brief, read_answer(answer, items_of(brief)), self.language)
        refused = [(one.place, one.text, f"{one.rule}: {one.message}") for one in found.refused]
        self.ledger.note_outcome(key, story=brief.id, taken=found.taken, refused=refused)
        return Outcome(found.brief, reworded=found)

    def _speaks(self, language: str | None) -> bool:
        base = (language or "en").lower().partition("-")[0]
        return base in {one.lower().partition("-")[0] for one in self.settings.writer_languages}

    def _asked(self, key: str, prompt: WriterPrompt, story: str) -> str | None:
        self.ledger.note_question(key, story=story, writer=self.writer.name, now=self.clock())
        began = self.seconds()
        try:
            answer = self.writer.answer(prompt)
        except WriterError as error:
            self.problems.append(str(error))
            return None
        finally:
            self.spent += self.seconds() - began
        answer = replace(answer, text=answer.text[:LONGEST_ANSWER])
        self.ledger.note_answer(key, answer)
        return answer.text


def key_of(writer: str, prompt: WriterPrompt) -> str:
    """Return what a question is known by: the writer, and all that it is asked."""
    asked = [VERSION, writer, prompt.instructions, prompt.question, prompt.most_tokens]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


@dataclass
class MemoryLedger:
    """A ``ports.WriterLedger`` for one run, where there is no database."""

    answers: dict[str, str] = field(default_factory=dict)
    requests: int = 0

    def writer_answer(self, key: str) -> str | None:
        """Return the kept answer to a question; ``None`` where there is none."""
        return self.answers.get(key)

    def writer_requests(self, *, since: datetime) -> int:
        """Return how many requests were made."""
        return self.requests

    def writer_tries(self, key: str) -> int:
        """Return how often a question was asked in vain: in one run it is not asked again."""
        return 0

    def note_question(self, key: str, *, story: str, writer: str, now: datetime) -> None:
        """Note, before it is asked, that a question is asked."""
        self.requests += 1

    def note_answer(self, key: str, answer: WriterAnswer) -> None:
        """Keep the answer to a question."""
        self.answers[key] = answer.text
        self.requests += answer.requests - 1

    def note_outcome(
        self, key: str, *, story: str, taken: Sequence[str], refused: Sequence[tuple[str, str, str]]
    ) -> None:
        """Keep nothing: nobody can ask for it once the run is over."""
