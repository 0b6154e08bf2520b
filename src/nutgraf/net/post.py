"""Handing letters to the mail server that the settings name, over Django's mail connection."""

from __future__ import annotations

import smtplib
from email import policy
from email.message import EmailMessage
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from nutgraf.config import Settings
from nutgraf.errors import LetterRefused, LetterUnsure, PostError, SettingsError
from nutgraf.ports import Letter

OWN = {"localhost", "127.0.0.1", "::1"}
"""Hosts to which a password may go unencrypted: it does not leave the machine."""


def open_post(settings: Settings) -> SmtpPost | None:
    """Return the way to the mail server of the settings, ``None`` where they name none; raises ``SettingsError``."""
    if not settings.mail_server:
        return None
    try:
        server = urlsplit(settings.mail_server)
        host, port = server.hostname, server.port
    except ValueError as error:
        raise SettingsError("mail_server", f"is not an address ({error})", _FORM) from error
    if not host:
        raise SettingsError("mail_server", "names no host", _FORM)
    implicit = server.scheme == "smtps"
    connection = mail.get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=host,
        port=port or (465 if implicit else 25 if host in OWN else 587),
        username=unquote(server.username or ""),
        password=unquote(server.password or ""),
        use_ssl=implicit,
        use_tls=not implicit and host not in OWN,
        timeout=settings.timeout,
    )
    assert isinstance(connection, EmailBackend)
    return SmtpPost(host, connection)


_FORM = "Give it the form smtp://USER:PASSWORD@HOST:587"


class _Mime(EmailMessage):
    """A mail as Django's connection asks for it."""

    def as_bytes(self, *args: Any, linesep: str = "\r\n", **more: Any) -> bytes:
        """Return the mail as it is sent; each line ends as SMTP wants it."""
        return super().as_bytes(policy=policy.SMTP)


class _Ready(mail.EmailMessage):
    """A mail that is made already: Django's own puts a blank before a long subject that is not in ASCII."""

    def __init__(self, made: _Mime, letter: Letter) -> None:
        super().__init__(from_email=letter.sender, to=[letter.to])
        self._made = made

    def message(self, **_: Any) -> Any:
        """Return the mail."""
        return self._made


def mime_of(letter: Letter) -> _Mime:
    """Return a letter as a mail of two alternatives, the text first."""
    made = _Mime(policy=policy.SMTP)
    made["From"] = letter.sender
    made["To"] = letter.to
    made["Subject"] = letter.subject
    for name, value in letter.headers:
        made[name] = value
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return made


class SmtpPost:
    """A ``ports.Post`` over SMTP; one connection for a run of letters. Safe to use from several threads."""

    def __init__(self, host: str, connection: EmailBackend) -> None:
        self._host = host
        self._connection = connection
        self._lock = Lock()

    def send(self, letter: Letter) -> None:
        """Hand a letter over; raises ``PostError``, ``LetterRefused`` or ``LetterUnsure``."""
        message = _Ready(mime_of(letter), letter)
        with self._lock:
            try:
                self._connection.open()
            except (OSError, smtplib.SMTPException) as error:
                self._drop()
                raise PostError(
                    self._host, f"the mail server cannot be used ({_told(error)})", "Check the setting mail_server"
                ) from error
            try:
                self._connection.send_messages([message])
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
                self._drop()
                raise self._refused(letter, error) from error
            except (OSError, smtplib.SMTPException) as error:
                self._drop()
                raise LetterUnsure(
                    letter.to, f"the mail server fell silent ({_told(error)})", "It is tried again later"
                ) from error

    def close(self) -> None:
        """Close the connection; the next letter opens it again."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            self._connection.connection = None

    def _refused(
        self, letter: Letter, error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException
    ) -> LetterRefused:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _ in error.recipients.values()]
        else:
            codes = [error.smtp_code]
        # A refused sender or a refused log-in is about us: every letter would be refused alike.
        ours = isinstance(error, (smtplib.SMTPSenderRefused, smtplib.SMTPAuthenticationError))
        for_good = not ours and all(code >= 500 for code in codes)
        remedy = "Three in a row end the subscription" if for_good else "It is tried again later"
        return LetterRefused(letter.to, f"the mail server refused a letter ({_told(error)})", remedy, for_good=for_good)


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
