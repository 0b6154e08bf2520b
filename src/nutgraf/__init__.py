"""nutgraf reads many news outlets and writes one short, fully attributed brief of each story."""

__version__ = "0.1.0"
