"""The site's own files: one stylesheet and the icons, each at an address that changes with what it holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import get_script_prefix
from django.utils.encoding import iri_to_uri

from nutgraf.publications.page import read_style

FOLDER = Path(__file__).parent / "static"

_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: ``name`` is as the templates call it, ``path`` where it is served, beneath the site's own path."""

    name: str
    path: str
    body: bytes
    content_type: str

    @property
    def address(self) -> str:
        """The path that the page of the present request asks for it at."""
        return f"{iri_to_uri(get_script_prefix())}{self.path}"


@cache
def assets() -> dict[str, Asset]:
    """Return every asset by its name."""
    bodies = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
    bodies["style.css"] = read_style().encode()
    return {name: _asset(name, body) for name, body in bodies.items()}


@cache
def assets_by_address() -> dict[str, Asset]:
    """Return every asset by the last part of its address."""
    return {asset.path.rpartition("/")[2]: asset for asset in assets().values()}


def _asset(name: str, body: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(name, f"static/{stem}.{digest}.{suffix}", body, _TYPES[f".{suffix}"])
