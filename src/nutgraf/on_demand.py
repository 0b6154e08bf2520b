"""Packages whose parts load when they are first asked for, so that a command loads only what it uses. No news logic."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def on_demand(package: str, parts: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a package's ``__getattr__``: ``parts`` names what each module holds for others, apart by spaces.

    No name may be that of a module of the package: Python would give the module once that is loaded.
    """
    homes = {name: f"{package}.{module}" for module, names in parts.items() for name in names.split()}

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, found)  # so that it is looked for once
        return found

    return find
