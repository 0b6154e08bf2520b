"""``nutgraf brief … --writer URL``: a language model that the command line names rewords lines, within the check."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from nutgraf.cli.composing import Reword
from nutgraf.config import FILE_NAME, load_settings
from nutgraf.model import Brief
from nutgraf.ports import Language, WriterLedger
from nutgraf.run.writing import MemoryLedger, Rewriter


@contextmanager
def rewording(url: str | None, model: str | None, language: Language, *, folder: Path) -> Iterator[Reword]:
    """Give what rewords one brief after the other; without a ``url``, what leaves each as it is.

    Limits are those of the folder's settings. In a desk's folder answers are kept in its database; elsewhere they are
    kept for the run. What went wrong is told in the end.
    """
    if url is None:
        yield lambda brief: brief
        return
    from nutgraf.net.writer import open_writer

    settings = load_settings(folder)
    settings = replace(settings, writer_model=model or settings.writer_model)
    writer = open_writer(settings, folder, url=url)
    assert writer is not None
    with _ledger(folder) as ledger:
        rewriter = Rewriter(writer, ledger, language, settings, lambda: datetime.now(UTC))
        try:
            yield lambda brief: rewriter.reword(brief).brief if isinstance(brief, Brief) else brief
        finally:
            writer.close()
            for problem in dict.fromkeys(rewriter.problems):
                print(f"nutgraf: {problem}", file=sys.stderr)


@contextmanager
def _ledger(folder: Path) -> Iterator[WriterLedger]:
    if not (folder / FILE_NAME).is_file():
        yield MemoryLedger()
        return
    from nutgraf.store.database import open_store

    store = open_store(load_settings(folder), folder)
    try:
        yield store
    finally:
        store.close()
