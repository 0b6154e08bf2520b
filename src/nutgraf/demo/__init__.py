"""Made-up outlets on the loopback: real servers, feeds and pages to try the whole way on without a network."""

from nutgraf.demo.manuscripts import Manuscript, describe
from nutgraf.demo.press import Outlets, open_outlets

__all__ = ["Manuscript", "Outlets", "describe", "open_outlets"]
