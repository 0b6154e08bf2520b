"""Which addresses may be asked: public ones on the ports of the web, and what the settings allow besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx2

from nutgraf.errors import RefusedAddress

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# The special-purpose registries of IANA (IPv4, IPv6; RFC 6890 and later), multicast and reserved space.
# ipaddress.is_global is not enough: Python 3.11 calls 192.0.0.8, 192.88.99.1, 224.0.0.1 and fec0::1 global.
SPECIAL_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Only 2000::/3 is handed out as global unicast: mapped, NAT64, unique local, link-local, site-local and multicast
# addresses lie outside it. Within it these are special: Teredo and other protocols, documentation, 6to4, AS112.
GLOBAL_6 = IPv6Network("2000::/3")
SPECIAL_6 = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)

WEB_PORTS = (80, 443)
# Ports above 1023 where other services listen: the list of bad ports of the Fetch standard, and well-known databases.
SERVICE_PORTS = frozenset(
    [1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080]
    + [2375, 3306, 5432, 6379, 9200, 11211, 27017]
)


def is_public(address: Address) -> bool:
    """Tell whether an address is ordinary public unicast; a scoped one ("fe80::1%eth0") never is."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_4)
    return address in GLOBAL_6 and address.scope_id is None and not any(address in network for network in SPECIAL_6)


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be asked besides public addresses: names and networks, each on one port or (``None``) on any."""

    names: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[tuple[Network, int | None], ...] = ()

    def allows_name(self, host: str, port: int) -> bool:
        """Tell whether the settings allow the host by its name, whatever it resolves to."""
        name = host.lower().rstrip(".")
        return (name, None) in self.names or (name, port) in self.names

    def allows_address(self, address: Address, port: int) -> bool:
        """Tell whether the settings allow the address."""
        return any(address in network and only in (None, port) for network, only in self.networks)

    def allows(self, host: str, port: int) -> bool:
        """Tell whether the settings allow a host as it is written in an address."""
        literal = _literal(host)
        return self.allows_name(host, port) or (literal is not None and self.allows_address(literal, port))

    def check(self, url: httpx2.URL, shown: str) -> None:
        """Raise ``RefusedAddress``, naming ``shown``, for what can be refused before any name is looked up."""
        if url.scheme not in ("http", "https"):
            raise RefusedAddress(shown, f'the scheme "{url.scheme}" is not asked', "Give an http or https address")
        port = port_of(url)
        if self.allows(url.host, port):
            return
        literal = _literal(url.host)
        if literal is not None and not is_public(literal):
            raise refusal(shown)
        # A name that is allowed through its address is known only once it is looked up; its port may be any then.
        if not _is_web_port(port) and not any(only in (None, port) for _, only in self.networks):
            raise RefusedAddress(shown, f"port {port} is not one of the web's", "Use another address, or allow it")

    def choose(self, host: str, port: int, found: Sequence[str]) -> tuple[str, ...]:
        """Return those of the ``found`` addresses that may be connected to; raises ``RefusedAddress``.

        One private address among public ones refuses them all: such a name is a trap or a mistake.
        """
        addresses = [(text, ip_address(text)) for text in found]
        if self.allows_name(host, port):
            return tuple(found)
        if allowed := tuple(text for text, address in addresses if self.allows_address(address, port)):
            return allowed
        if not addresses or not all(is_public(address) for _, address in addresses) or not _is_web_port(port):
            raise refusal(host)
        return tuple(found)


def read_guard(allow: Iterable[str]) -> Guard:
    """Read the setting ``allow``: names, addresses, networks, each with ``:port`` at will."""
    names: set[tuple[str, int | None]] = set()
    networks: list[tuple[Network, int | None]] = []
    for entry in allow:
        host, port = _split_port(entry.strip())
        try:
            networks.append((ip_network(host, strict=False), port))
        except ValueError:
            names.add((host.lower().rstrip("."), port))
    return Guard(frozenset(names), tuple(networks))


def refusal(shown: str) -> RefusedAddress:
    """Return the one error for every private address, so that it tells nothing of what listens there."""
    return RefusedAddress(
        shown,
        "leads to a private or otherwise special network address",
        'If it is your own, add it to the setting "allow"',
    )


def port_of(url: httpx2.URL) -> int:
    """Return the port that a URL is asked on."""
    return url.port or (443 if url.scheme == "https" else 80)


def is_local(host: str) -> bool:
    """Tell whether a host, as it is written, is this machine or one of a private network."""
    literal = _literal(host)
    return literal is not None and not is_public(literal)


def _is_web_port(port: int) -> bool:
    return port in WEB_PORTS or (port >= 1024 and port not in SERVICE_PORTS)


def _literal(host: str) -> Address | None:
    """Return the address that a host is written as, or that its name means everywhere (RFC 6761)."""
    name = host.lower().rstrip(".")
    try:
        return ip_address("127.0.0.1" if name == "localhost" or name.endswith(".localhost") else host.strip("[]"))
    except ValueError:
        return None


def _split_port(entry: str) -> tuple[str, int | None]:
    host, colon, port = entry.rpartition(":")
    bare_6 = ":" in host and not host.endswith("]")
    if not colon or not port.isdigit() or bare_6:
        return entry.strip("[]"), None
    return host.strip("[]"), int(port)
