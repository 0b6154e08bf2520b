"""What editors decided: articles that belong together, and articles that do not. It holds against all regrouping."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set

from nutgraf.model import Ruling


class Rulings:
    """Decisions in the order they were made; a later one goes before an earlier one."""

    def __init__(self, made: Iterable[Ruling] = ()) -> None:
        self._together: list[frozenset[str]] = []
        self._apart: dict[str, set[str]] = {}
        for ruling in made:
            self.add(ruling)

    def add(self, ruling: Ruling) -> None:
        """Take in one decision."""
        one, other = frozenset(ruling.one), frozenset(ruling.other) - frozenset(ruling.one)
        if ruling.together:
            self._free(one | other)
            self._together.append(one | other)
            return
        parted = [half for group in self._together for half in _halves(group, one, other)]
        self._together = [*parted, one]
        for key in one:
            self._apart.setdefault(key, set()).update(other)
        for key in other:
            self._apart.setdefault(key, set()).update(one)

    @property
    def apart(self) -> Mapping[str, Set[str]]:
        """Return for each article those that it must not be with, both ways."""
        return self._apart

    def together(self, keys: Collection[str]) -> list[frozenset[str]]:
        """Return the groups that must stay together, as far as they are among ``keys``."""
        those = frozenset(keys)
        return [group & those for group in self._together if len(group & those) > 1]

    def with_them(self, key: str) -> set[str]:
        """Return the articles that one must be with, itself left out."""
        return {other for group in self._together if key in group for other in group} - {key}

    def _free(self, keys: frozenset[str]) -> None:
        for key in keys:
            if key in self._apart:
                self._apart[key] -= keys


def _halves(group: frozenset[str], one: frozenset[str], other: frozenset[str]) -> Iterable[frozenset[str]]:
    if group.isdisjoint(one) or group.isdisjoint(other):
        return [group]
    return [half for half in (group - other, group - one) if len(half) > 1]
