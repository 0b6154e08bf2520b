"""The shelf of tokens by which programs may read the API."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from nutgraf.errors import InputError
from nutgraf.store import models
from nutgraf.store.shelf import Shelf, digest
from nutgraf.store.values import NamedToken

BEGINNING = "nutgraf_"
"""What every token begins with, so that it is known where it should not stand."""

LONGEST_NAME = 100


class Access(Shelf):
    """Tokens; implements ``ports.Tokens``. A token is shown once: what is kept cannot be turned back into it."""

    def make_token(self, name: str, *, now: datetime) -> str:
        """Make a token under a name and return it; raises ``InputError`` for a name that is taken, empty or long."""
        if not name.strip() or len(name) > LONGEST_NAME:
            raise InputError(repr(name), f"has none or more than {LONGEST_NAME} characters", "Choose another name")
        token = BEGINNING + secrets.token_urlsafe(32)
        with self._writing():
            rows = models.ApiToken.objects.using(self.alias)
            _, new = rows.get_or_create(name=name, defaults={"digest": digest(token), "made": now})
        if not new:
            raise InputError(name, "is the name of a token already", "Revoke that one first, or choose another name")
        return token

    def tokens(self) -> Sequence[NamedToken]:
        """Return the tokens' names, the oldest first."""
        with self._reading():
            rows = models.ApiToken.objects.using(self.alias).order_by("made", "id")
            return tuple(NamedToken(row.name, row.made) for row in rows)

    def revoke_token(self, name: str) -> bool:
        """Forget a token; tells whether there was one of that name."""
        with self._writing():
            return models.ApiToken.objects.using(self.alias).filter(name=name).delete()[0] > 0

    def is_token(self, token: str) -> bool:
        """Tell whether a token may read."""
        with self._reading():
            return models.ApiToken.objects.using(self.alias).filter(digest=digest(token)).exists()
