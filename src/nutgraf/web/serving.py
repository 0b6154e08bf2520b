"""Serving the site: as a WSGI application, by Granian in the foreground, or from a thread for tests and the demo."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from granian import Granian
from granian.constants import Interfaces

from nutgraf.config import Settings
from nutgraf.errors import NutgrafError, SettingsError
from nutgraf.ports import StoredBriefs
from nutgraf.store.settings import set_up
from nutgraf.web.beneath import path_of, put_beneath
from nutgraf.web.kept import Kept, Wsgi
from nutgraf.web.site import KEY, NO_WAYS, Site, Ways

THREADS = 4  # pages are made in milliseconds; more threads only queue at the database
READY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Application:
    site: Site
    handler: Wsgi

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[KEY] = self.site
        put_beneath(environ, path_of(self.site.settings.address))
        return self.handler(environ, start_response)


def application(store: StoredBriefs, settings: Settings, ways: Ways = NO_WAYS) -> Wsgi:
    """Return the site over ``store`` as a WSGI application; several can live in one process."""
    set_up()
    from django.core.handlers.wsgi import WSGIHandler  # reads the settings as it loads

    return Kept(_Application(Site(store, settings, ways), WSGIHandler()), store)


def serve(
    store: StoredBriefs,
    settings: Settings,
    *,
    ready: Callable[[str], None] = lambda address: None,
    ways: Ways = NO_WAYS,
) -> None:
    """Serve on ``settings.listen`` until the process is told to stop (Ctrl-C or SIGTERM).

    ``ready`` is called once with the site's address when it answers. Raises ``SettingsError`` where the port is taken
    or cannot be had.
    """
    host, port = _listening_place(settings.listen)
    server = _Server(
        "nutgraf.web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    )
    server.started = partial(_announce, host, port, ready)
    _close_connections()
    try:
        server.serve(target_loader=partial(application, store, settings, ways), wrap_loader=False)
    except SystemExit as error:  # how Granian ends when its worker does
        raise NutgrafError(
            settings.listen, "the server's process ended by itself", "See what it wrote above, and start it again"
        ) from error


@contextmanager
def serve_in_background(store: StoredBriefs, settings: Settings, ways: Ways = NO_WAYS) -> Iterator[str]:
    """Serve on a free port of the loopback while the context lasts; gives the address, without a slash at its end."""
    server = make_server(
        "127.0.0.1", 0, application(store, settings, ways), server_class=_ThreadedServer, handler_class=_QuietHandler
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(Granian):  # type: ignore[valid-type,misc]  # Granian is a variable
    """Calls ``started`` in a thread once the worker is under way; not before: a process with threads must not fork."""

    started: Callable[[], None]

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)
        threading.Thread(target=self.started, daemon=True).start()


class _ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep requests off standard error."""


def _listening_place(listen: str) -> tuple[str, int]:
    """Return host and port, once it is sure that they can be had; port 0 becomes a free one."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isdigit() or int(port) > 65535:
        raise SettingsError("listen", f'"{listen}" is no host and port', 'Give it the form "127.0.0.1:8000"')
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, int(port)), family=family) as probe:
            return host, int(probe.getsockname()[1])
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        problem = "the port is taken" if taken else f"cannot be listened on ({error.strerror})"
        remedy = "Stop what listens there, or choose another port with the setting listen"
        raise SettingsError(listen, problem, remedy) from error


def _close_connections() -> None:
    """Close what is open of the database: the server works in a process of its own, which must not share it."""
    set_up()
    from django.db import connections

    connections.close_all()


def _announce(host: str, port: int, ready: Callable[[str], None]) -> None:
    shown = f"[{host}]" if ":" in host else host
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection((reach, port), timeout=1.0):
                pass
        except OSError:
            time.sleep(0.03)
        else:
            ready(f"http://{shown}:{port}")
            return
