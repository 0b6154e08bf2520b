"""The error tree. Each error names its subject and says what to do next.

NutgrafError
├── SettingsError      the settings file or an environment variable is wrong
├── InputError         a file, address or record that was named cannot be used
├── FetchError         an address did not give a page
│   └── RefusedAddress an address that must not be asked (private network, scheme, robots.txt)
├── StoreError         the database or its folder cannot be used
├── PostError          the mail server cannot be used
│   ├── LetterRefused  it refused one letter
│   └── LetterUnsure   it fell silent in the middle of one letter
├── WriterError        the language model that rewords lines gave no answer
└── LanguageError      a language model or its data is missing or not the pinned one

One bad page of many is no error: it is a ``Rejected`` among the results.
"""

from __future__ import annotations


class NutgrafError(Exception):
    """Anything that nutgraf reports to its user. ``subject`` names the thing, ``remedy`` the next step."""

    def __init__(self, subject: str, problem: str, remedy: str) -> None:
        super().__init__(f"{subject}: {problem}. {remedy}")
        self.subject = subject
        self.problem = problem
        self.remedy = remedy


class SettingsError(NutgrafError):
    """The settings file or an environment variable is wrong."""


class InputError(NutgrafError):
    """A file, address or record that was named cannot be used."""


class FetchError(NutgrafError):
    """An address did not give a page; ``status`` is the HTTP status, ``retry_after`` seconds the server asks for."""

    def __init__(
        self,
        subject: str,
        problem: str,
        remedy: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(subject, problem, remedy)
        self.status = status
        self.retry_after = retry_after


class RefusedAddress(FetchError):
    """An address that must not be asked: a private network, another scheme, or against the outlet's robots.txt."""


class StoreError(NutgrafError):
    """The database or its folder cannot be used."""


class PostError(NutgrafError):
    """The mail server cannot be used; no letter was handed over."""


class LetterRefused(PostError):
    """The mail server refused one letter; ``for_good`` where trying again is of no use."""

    def __init__(self, subject: str, problem: str, remedy: str, *, for_good: bool) -> None:
        super().__init__(subject, problem, remedy)
        self.for_good = for_good


class LetterUnsure(PostError):
    """The mail server fell silent in the middle of a letter: nobody knows whether it was taken."""


class WriterError(NutgrafError):
    """The language model that rewords lines gave no answer that can be used."""


class LanguageError(NutgrafError):
    """A language model or its data is missing, or is not the pinned one."""
