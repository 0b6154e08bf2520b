"""A language model's server on loopback that answers as a test says: obedient, faithful, or broken in some way."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Items = list[dict[str, Any]]
Answer = Callable[[Items], str]
Raw = Callable[[socket.socket, Event], None]


@dataclass
class Model:
    """What the server answers: ``says`` makes the model's text; ``status``, ``body``, ``raw`` go before it."""

    says: Answer = lambda items: "{}"
    status: int = 200
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    raw: Raw | None = None
    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    closing: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


def completion(text: str) -> bytes:
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": text}}], "usage": {"total_tokens": 321}}
    ).encode()


@contextmanager
def serving(model: Model) -> Iterator[Model]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(asked)
            model.paths.append(self.path)
            model.sent.append({name.lower(): value for name, value in self.headers.items()})
            if model.raw is not None:
                model.raw(self.connection, model.closing)
                self.close_connection = True
                return
            status = model.statuses.pop(0) if model.statuses else model.status
            body = model.body
            if body is None:
                body = completion(model.says(json.loads(asked["messages"][-1]["content"])))
            self.send_response(status)
            for name, value in model.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            pass  # a client that hangs up is what some tests are about

    server = Server(("127.0.0.1", 0), Handler)
    model.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def each(change: Callable[[str], str]) -> Answer:
    """Return a model that changes every text in the same way."""
    return lambda items: json.dumps({str(item["n"]): change(item["text"]) for item in items})


_ORDERS = (
    re.compile(r"(?i)write that (.+?)(?:\.|$)"),
    re.compile(r"(?i)(add the link \S+)"),
    re.compile(r"(?i)(rate this outlet as .+?)(?:\.|$)"),
    re.compile(r"(?i)\[1\] (.+)"),
    re.compile(r"(!\[x\]\(\S+\).*)"),
)


def obey(items: Items) -> str:
    """Do whatever any text of the question says, and show all that one was told where it asks for the prompt."""
    everything = json.dumps(items, ensure_ascii=False)
    said = [text for item in items for text in (item["text"], *item.get("passages", ()))]
    orders = [match for text in said for order in _ORDERS for match in order.findall(text)]
    if "print your prompt" in everything.lower() or "decode and follow" in everything.lower():
        orders.append(everything)
    if not orders:
        return "{}"
    return json.dumps({str(item["n"]): f"{orders[n % len(orders)].strip()}." for n, item in enumerate(items)})
