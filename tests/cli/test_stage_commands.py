"""The stage commands as other programs use them: JSON lines in input order, bad ones named, exit status 1."""

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.commands import BRIDGE, FAIR, lines, nutgraf, page

REPORTS = [
    {"id": f"r{number}", "title": title, "outlet": outlet, "text": "\n\n".join(paragraphs), "published": "2026-03-04"}
    for number, (outlet, _, title, paragraphs) in enumerate((*BRIDGE, FAIR))
]
GIVEN = "".join(json.dumps(report) + "\n" for report in REPORTS)


def test_extract_reads_plain_and_gzipped_pages_of_a_list_beside_it(tmp_path: Path) -> None:
    (tmp_path / "plain.html").write_text(page(BRIDGE[0]), encoding="utf-8")
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(page(BRIDGE[1]).encode()))
    (tmp_path / "list.jsonl").write_text(
        '{"id": "one", "path": "plain.html", "url": "https://ledger.example/6"}\n'
        f'{{"id": "two", "path": {json.dumps(str(tmp_path / "packed.html.gz"))}}}\n',
        encoding="utf-8",
    )
    done = nutgraf("extract", "--from", str(tmp_path / "list.jsonl"))
    one, two = lines(done.stdout)
    assert done.returncode == 0, done.stderr
    assert (one["id"], one["outlet"], one["title"]) == ("one", "Harbour Ledger", BRIDGE[0][2])
    assert two["text"].split("\n\n") == list(BRIDGE[1][3])
    assert two["published"] == "2026-03-04T06:15:00+01:00"


def test_extract_names_each_bad_page_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(page(BRIDGE[0]).encode())[:200])
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "menu.html").write_text("<html><body><a href='/'>Home</a></body></html>", encoding="utf-8")
    (tmp_path / "good.html").write_text(page(FAIR), encoding="utf-8")
    names = ["empty.html", "cut.html.gz", "picture.html", "menu.html", "missing.html", "good.html"]
    done = nutgraf("extract", *names, folder=tmp_path)
    found = lines(done.stdout)
    assert done.returncode == 1
    reasons = [record.get("rejected") for record in found]
    assert reasons == ["empty", "broken-compression", "binary", "no-article", "unreadable", None]
    assert all(name in record["error"] for name, record in zip(names, found[:-1], strict=False))


def test_stories_puts_reports_of_one_event_together_in_input_order() -> None:
    done = nutgraf("stories", "-", given=GIVEN)
    found = lines(done.stdout)
    assert done.returncode == 0, done.stderr
    assert [record["id"] for record in found] == ["r0", "r1", "r2"]
    assert found[0]["story"] == found[1]["story"] != found[2]["story"]


def test_claims_gives_who_says_what_as_offsets_into_the_text() -> None:
    done = nutgraf("claims", "-", given=GIVEN)
    found = lines(done.stdout)
    assert done.returncode == 0, done.stderr
    quoted = [
        one
        for one in found[0]["attributions"]
        if any("divers" in REPORTS[0]["text"][start:end] for start, end in one["content"])
    ]
    assert [(one["speaker"], one["mode"]) for one in quoted] == [("Mara Lind", "quote")]


def test_brief_cites_spans_that_hold_its_passages() -> None:
    done = nutgraf("brief", "--stories", "-", given=json.dumps({"id": "s", "articles": REPORTS[:2]}) + "\n")
    (brief,) = lines(done.stdout)
    texts = {report["id"]: report["text"] for report in REPORTS}
    assert done.returncode == 0, done.stderr
    assert brief["coverage"] == {"outlets": 2, "origins": 2}
    cited = [citation for line in brief["lines"] for citation in line["citations"]]
    assert cited
    assert all(texts[c["article"]][c["start"] : c["end"]] == c["passage"] for c in cited)


def test_check_passes_what_brief_composed_and_stops_a_changed_number() -> None:
    composed = nutgraf("brief", "--stories", "-", given=json.dumps({"id": "s", "articles": REPORTS[:2]}) + "\n").stdout
    assert nutgraf("check", "-", given=composed).returncode == 0
    done = nutgraf("check", "-", given=composed.replace("about 40", "about 400", 1))
    assert done.returncode == 1
    assert lines(done.stdout)[0]["faults"]


@pytest.mark.parametrize("command", [("stories",), ("claims",), ("brief", "--stories"), ("check",)])
def test_a_bad_line_is_answered_in_its_place_and_the_rest_goes_on(command: tuple[str, ...]) -> None:
    done = nutgraf(*command, "-", given='{"id": 7}\nno json\n')
    first, second = lines(done.stdout)
    assert done.returncode == 1
    assert "standard input, line 1" in first["error"]
    assert "standard input, line 2" in second["error"]
    assert done.stderr == ""


def test_an_article_given_twice_is_an_error_of_its_line() -> None:
    done = nutgraf("stories", "-", given=GIVEN + GIVEN.splitlines()[0] + "\n")
    assert done.returncode == 1
    assert 'repeats the id "r0"' in lines(done.stdout)[3]["error"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = nutgraf("claims", str(tmp_path / "nowhere.jsonl"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.jsonl: cannot be read" in done.stderr
