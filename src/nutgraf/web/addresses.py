"""Names in addresses: a topic's slug, and the key under which a stored picture is served."""

from __future__ import annotations

import base64
import binascii
import hashlib

from django.utils.text import slugify


def topic_slug(topic: str) -> str:
    """Return the part of an address that stands for ``topic``, in its own script; never empty, never with a slash."""
    return slugify(topic, allow_unicode=True) or hashlib.sha256(topic.encode("utf-8", "replace")).hexdigest()[:10]


def photo_key(url: str) -> str:
    """Return the key of the picture fetched from ``url``."""
    return base64.urlsafe_b64encode(url.encode("utf-8", "replace")).decode().rstrip("=")


def photo_url(key: str) -> str | None:
    """Return the address that ``key`` stands for; ``None`` for what is no key."""
    try:
        return base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
