"""What is measured: for each set of data, the command that answers it and the scorer that judges the answer."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.feeds import feeds

ROOT = Path(__file__).parent.parent
WORK = ROOT / ".eval"

Figures = dict[str, float]


@dataclass(frozen=True)
class Measure:
    """One set of data: ``run(shared, limit)`` returns its figures by name; ``reported`` are the ones with a floor."""

    name: str
    run: Callable[[Path, int | None], Figures]
    reported: tuple[str, ...]


def shared_folder() -> Path | None:
    """Return the folder that holds ``data`` and ``score``: $NUTGRAF_SHARED, or ``shared`` beside the clone; or None."""
    folder = Path(os.environ.get("NUTGRAF_SHARED", ROOT.parent / "shared"))
    return folder.resolve() if (folder / "data").is_dir() and (folder / "score").is_dir() else None


def scorer(shared: Path, name: str) -> Any:
    """Load one of the scorers."""
    spec = importlib.util.spec_from_file_location(f"score_{name}", shared / "score" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold(path: Path, limit: int | None) -> list[dict[str, Any]]:
    """Read the first ``limit`` records of a set, gzipped or not."""
    body = path.read_bytes()
    lines = (gzip.decompress(body) if path.suffix == ".gz" else body).splitlines()
    return [json.loads(line) for line in lines[:limit]]


def answer(name: str, *arguments: str, records: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Run a stage command on ``records``, keep what goes in and comes out in ``.eval/``, and return its lines by id."""
    WORK.mkdir(exist_ok=True)
    given, got = WORK / f"{name}.in.jsonl", WORK / f"{name}.out.jsonl"
    given.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    command = [sys.executable, "-m", "nutgraf", *(str(given) if part == "-" else part for part in arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with got.open("wb") as file:
        subprocess.run(command, stdout=file, env=environment, check=False)
    return {row["id"]: row for row in map(json.loads, got.open(encoding="utf-8"))}


def extraction(shared: Path, limit: int | None, *, prefix: str) -> Figures:
    """Extract the pages whose id starts with ``prefix``."""
    folder = shared / "data" / "extraction"
    gold = [page for page in read_gold(folder / "gold.jsonl", None) if page["id"].startswith(prefix)][:limit]
    pages = [{"id": p["id"], "path": str(folder / "html" / f"{p['id']}.html.gz"), "url": p["url"]} for p in gold]
    got = answer(f"extraction-{prefix}", "extract", "--from", "-", records=pages)
    return dict(scorer(shared, "extraction").score({page["id"]: page for page in gold}, got))


def clustering(shared: Path, limit: int | None, *, name: str, noise: bool = False) -> Figures:
    """Group one set of articles, alone or with the stream's articles mixed in by date."""
    gold = read_gold(shared / "data" / "stories" / f"{name}.jsonl.gz", limit)
    articles = [{key: value for key, value in row.items() if key != "story"} for row in gold]
    if noise:
        articles += read_gold(shared / "data" / "stream" / "articles.jsonl.gz", None)
        articles.sort(key=lambda article: article.get("published") or "")
    got = answer(f"stories-{name}{'-noise' if noise else ''}", "stories", "-", records=articles)
    stories = {key: row["story"] for key, row in got.items() if "story" in row}
    return dict(scorer(shared, "clustering").score({row["id"]: row["story"] for row in gold}, stories))


def attribution(shared: Path, limit: int | None) -> Figures:
    """Find the claims of the development part."""
    gold = read_gold(shared / "data" / "attribution" / "dev.jsonl.gz", limit)
    got = answer("claims-dev", "claims", "-", records=[{"id": row["id"], "text": row["text"]} for row in gold])
    return dict(scorer(shared, "attribution").score({row["id"]: row for row in gold}, got))


def gold(_shared: Path, _limit: int | None) -> Figures:
    """Answer the gold sets that lie with the tests, both halves of each."""
    from tests.claims.gold_sets import shares  # the tests are no part of an installation

    return shares()


def briefs(shared: Path, limit: int | None, *, name: str, words: int) -> Figures:
    """Compose the briefs of stories that are given whole."""
    gold = read_gold(shared / "data" / "briefs" / f"{name}.jsonl.gz", limit)
    given = [{"id": row["id"], "articles": row["articles"]} for row in gold]
    got = answer(f"briefs-{name}", "brief", "--words", str(words), "--stories", "-", records=given)
    return dict(scorer(shared, "brief").score({row["id"]: row for row in gold}, got))


BODY = ("f1", "title")
GROUPS = ("pair_f1", "b3_f1")
ATTRIBUTION = ("source_exact_f1", "cue_exact_f1", "content_exact_f1", "link_f1")
GOLD = ("certainty", "certainty-found", "chains", "speakers", "figures", "claims")
FAITHFUL = ("sourced", "quotes", "numbers", "names", "rouge1", "rouge2", "rougeLsum")

MEASURES: tuple[Measure, ...] = (
    Measure("extraction/naeb", lambda s, n: extraction(s, n, prefix="naeb"), BODY),
    Measure(
        "extraction/fundus",
        lambda s, n: extraction(s, n, prefix="fundus"),
        (*BODY, "authors_f1", "date_day", "date_minute"),
    ),
    Measure("stories/allsides", lambda s, n: clustering(s, n, name="allsides"), GROUPS),
    Measure("stories/wikinews", lambda s, n: clustering(s, n, name="wikinews"), GROUPS),
    Measure("stories/allsides+stream", lambda s, n: clustering(s, n, name="allsides", noise=True), GROUPS),
    Measure("claims/dev", attribution, ATTRIBUTION),
    Measure("claims/gold", gold, tuple(f"{name}_measure" for name in GOLD)),
    Measure("feeds", feeds, ("title", "link", "id", "date", "agreement")),
    Measure("briefs/multinews", lambda s, n: briefs(s, n, name="multinews", words=230), FAITHFUL),
    Measure("briefs/allsides", lambda s, n: briefs(s, n, name="allsides", words=60), (*FAITHFUL, "headline1")),
)
