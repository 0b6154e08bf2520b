"""Connections that reach only checked addresses and end at a deadline, however slowly the other side drips."""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

import httpcore2

from nutgraf.net.guard import Guard, refusal

T = TypeVar("T")

Resolve = Callable[[str, int], Sequence[str]]
"""Looks a host name up: its addresses as text; raises ``OSError``."""

_END: ContextVar[float] = ContextVar("deadline of the request that this thread makes")


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
    """A connection of which every wait is cut to what the deadline of the waiting thread leaves.

    Several threads may use it at once, as requests that share one HTTP/2 connection do: the socket never blocks, only
    the waiting between two tries does, and no two threads are inside the same TLS session.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self._sock: socket.socket | ssl.SSLSocket = sock
        self._lock = Lock()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there; raises ``httpcore2.ReadTimeout`` at the deadline."""
        try:
            return self._once_ready(lambda: self._sock.recv(max_bytes), select.POLLIN, httpcore2.ReadTimeout)
        except OSError as error:
            raise httpcore2.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it; raises ``httpcore2.WriteTimeout`` at the deadline."""
        rest = memoryview(buffer)

        def send() -> int:
            return self._sock.send(rest)

        try:
            while rest:
                rest = rest[self._once_ready(send, select.POLLOUT, httpcore2.WriteTimeout) :]
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
            self._sock = ssl_context.wrap_socket(
                self._sock, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._once_ready(self._sock.do_handshake, select.POLLIN, httpcore2.ConnectTimeout)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise httpcore2.ConnectError(f"its certificate is not to be trusted: {error.verify_message}") from error
        except (OSError, ValueError) as error:
            self.close()
            raise httpcore2.ConnectError(str(error)) from error
        except httpcore2.ConnectTimeout:
            self.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        """Answer what the connection pool asks: whether TLS is on, and whether an idle connection was closed."""
        if info == "ssl_object":
            return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
        if info == "is_readable":
            return _is_readable(self._sock)
        return None

    def _once_ready(self, do: Callable[[], T], event: int, late: type[httpcore2.TimeoutException]) -> T:
        """Do something with the socket, waiting for ``event`` as often as it is not ready."""
        while True:
            left = _left(late)
            try:
                with self._lock:
                    return do()
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError) as error:
                wanted = _wanted(error, event)
            if self._sock.fileno() < 0:  # another thread closed it
                raise OSError("the connection was closed")
            poll = select.poll()
            poll.register(self._sock, wanted)
            poll.poll(left * 1000)


class GuardedBackend(httpcore2.NetworkBackend):
    """Looks names up itself, checks what it finds and connects to just that, so that a second answer gains nothing."""

    def __init__(self, guard: Guard, resolve: Resolve = look_up) -> None:
        self._guard = guard
        self._resolve = resolve

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
                return self._connected(address, host, port)
            except OSError as error:
                problem = error
        if isinstance(problem, TimeoutError):
            raise httpcore2.ConnectTimeout(str(problem)) from problem
        raise httpcore2.ConnectError(str(problem)) from problem

    def _connected(self, address: str, host: str, port: int) -> BoundedStream:
        sock = socket.create_connection((address, port), _left(httpcore2.ConnectTimeout))
        try:
            # The other side may hang up between these lines, after which the system knows of no peer.
            self._guard.choose(host, port, [str(sock.getpeername()[0])])
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            sock.close()
            raise
        return BoundedStream(sock)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            found = _in_time(self._resolve, host, port, _left(httpcore2.ConnectTimeout))
        except Empty as error:
            raise httpcore2.ConnectTimeout(f"the name {host} could not be looked up in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"the name {host} is not known ({error})") from error
        for text in found:
            try:
                ip_address(text)
            except ValueError as error:  # fail closed on anything that is not an address
                raise refusal(host) from error
        return found


def _in_time(resolve: Resolve, host: str, port: int, seconds: float) -> Sequence[str]:
    """Look a name up within a time; raises ``Empty`` when it is over.

    A look-up cannot be stopped: one that hangs keeps its thread until the system gives up, without keeping another
    look-up or the end of the program waiting.
    """
    results: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def look() -> None:
        try:
            results.put(resolve(host, port))
        except Exception as error:  # told to the one who waits
            results.put(error)

    Thread(target=look, name=f"nutgraf-lookup-{host}", daemon=True).start()
    found = results.get(timeout=seconds)
    if isinstance(found, Exception):
        raise found
    return found


def _wanted(error: OSError, event: int) -> int:
    """Return what TLS waits for: it may have to read before it can write, and the other way round."""
    if isinstance(error, ssl.SSLWantReadError):
        return select.POLLIN
    return select.POLLOUT if isinstance(error, ssl.SSLWantWriteError) else event


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
