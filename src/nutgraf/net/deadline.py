"""Connections that reach only checked addresses and end at a deadline, however slowly the other side drips."""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any

import httpcore2

from nutgraf.net.guard import Guard, refusal

Resolve = Callable[[str, int], Sequence[str]]
"""Looks a host name up: its addresses as text; raises ``OSError``."""

_END: ContextVar[float] = ContextVar("deadline of the request that this thread makes")

# Names looked up at once; a look-up cannot be stopped, so a hanging one keeps its thread until the system gives up.
LOOKUPS = 32


@contextmanager
def ending_after(seconds: float) -> Iterator[None]:
    """Let every connection that this thread uses inside end after so many seconds in all."""
    token = _END.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _END.reset(token)


def time_left() -> float:
    """Return the seconds left to this thread's request; 0 or less when it is over."""
    return _END.get() - time.monotonic()


def look_up(host: str, port: int) -> Sequence[str]:
    """Return a host's addresses from the system's resolver, the preferred first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class BoundedStream(httpcore2.NetworkStream):
    """A connection of which every wait is cut to what the deadline leaves."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there; raises ``httpcore2.ReadTimeout`` at the deadline."""
        self._sock.settimeout(_left(httpcore2.ReadTimeout))
        try:
            return self._sock.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore2.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it; raises ``httpcore2.WriteTimeout`` at the deadline."""
        view = memoryview(buffer)
        try:
            while view:
                self._sock.settimeout(_left(httpcore2.WriteTimeout))
                view = view[self._sock.send(view) :]
        except TimeoutError as error:
            raise httpcore2.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.WriteError(str(error)) from error

    def close(self) -> None:
        """Close the connection."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Return the same connection under TLS; the handshake as a whole keeps the deadline."""
        try:
            self._sock.settimeout(_left(httpcore2.ConnectTimeout))
            return BoundedStream(ssl_context.wrap_socket(self._sock, server_hostname=server_hostname))
        except TimeoutError as error:
            self.close()
            raise httpcore2.ConnectTimeout(str(error)) from error
        except OSError as error:
            self.close()
            raise httpcore2.ConnectError(str(error)) from error

    def get_extra_info(self, info: str) -> Any:
        """Answer what the connection pool asks: whether TLS is on, and whether an idle connection was closed."""
        if info == "ssl_object":
            return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
        if info == "is_readable":
            return _is_readable(self._sock)
        return None


class GuardedBackend(httpcore2.NetworkBackend):
    """Looks names up itself, checks what it finds and connects to just that, so that a second answer gains nothing."""

    def __init__(self, guard: Guard, resolve: Resolve = look_up) -> None:
        self._guard = guard
        self._resolve = resolve
        self._lookups = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="nutgraf-lookup")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address that answers; raises ``RefusedAddress`` before any byte to a guarded one."""
        addresses = self._guard.choose(host, port, self._addresses(host, port))
        problem: OSError = OSError("no address")
        for address in addresses:
            try:
                sock = socket.create_connection((address, port), _left(httpcore2.ConnectTimeout))
            except OSError as error:
                problem = error
                continue
            return self._checked(sock, host, port)
        if isinstance(problem, TimeoutError):
            raise httpcore2.ConnectTimeout(str(problem)) from problem
        raise httpcore2.ConnectError(str(problem)) from problem

    def close(self) -> None:
        """Let go of the threads that look names up."""
        self._lookups.shutdown(wait=False, cancel_futures=True)

    def _checked(self, sock: socket.socket, host: str, port: int) -> BoundedStream:
        peer = str(sock.getpeername()[0])
        try:
            self._guard.choose(host, port, [peer])
        except Exception:
            sock.close()
            raise
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return BoundedStream(sock)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            found = self._lookups.submit(self._resolve, host, port).result(_left(httpcore2.ConnectTimeout))
        except LookupTimeout as error:
            raise httpcore2.ConnectTimeout(f"the name {host} could not be looked up in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"the name {host} is not known ({error})") from error
        for text in found:
            try:
                ip_address(text)
            except ValueError as error:  # fail closed on anything that is not an address
                raise refusal(host) from error
        return found


def _left(late: type[httpcore2.TimeoutException]) -> float:
    left = time_left()
    if left <= 0:
        raise late("the time for this request is over")
    return left


def _is_readable(sock: socket.socket) -> bool:
    """Tell whether a read would return at once: for an idle connection, that the other side has closed it."""
    if sock.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
