"""A mail server on the loopback that keeps what it is given, and refuses whom it is told to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Mailroom:
    """What came in; ``refuse`` gives the answer to a recipient, empty for none in particular."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: Callable[[str], str] = lambda address: ""
    address: str = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # the library's name
        if refusal := self.refuse(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # the library's name
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def mailroom() -> Iterator[Mailroom]:
    room = Mailroom()
    with socket.create_server(("127.0.0.1", 0)) as probe:  # the library connects to the very port that it was given
        port = probe.getsockname()[1]
    controller = Controller(room, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        room.address = f"smtp://127.0.0.1:{port}"
        yield room
    finally:
        controller.stop()
