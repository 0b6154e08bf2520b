"""A process that polls a desk's sources over the real network, for tests that end it in mid-poll: ``FOLDER``.

It says what it has stored, a line each.
"""

import os
import sys
from pathlib import Path

from nutgraf import run
from nutgraf.desk import open_desk
from tests.newsroom import PlainLanguage


def say(step: str, done: int, total: int, subject: str) -> None:
    os.write(1, f"{step} {done} of {total}\n".encode())


if __name__ == "__main__":
    with open_desk(Path(sys.argv[1]), language=PlainLanguage()) as desk:
        run.poll(desk, only_due=False, progress=say)
    os.write(1, b"done\n")
