"""Briefs: the claims of a story become a brief whose every line is cited, and which is checked."""

from nutgraf.briefs.case import Fault
from nutgraf.briefs.checking import check
from nutgraf.briefs.composing import compose

__all__ = ["Fault", "check", "compose"]
