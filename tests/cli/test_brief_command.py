"""``nutgraf brief PAGE_OR_URL…``: pages of several stories become one brief each."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.commands import BRIDGE, FAIR, lines, nutgraf, page
from tests.writers import Items, Model, each, serving


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for number, report in enumerate((*BRIDGE, FAIR)):
        (tmp_path / f"{number}.html").write_text(page(report, hour=number + 5), encoding="utf-8")
    return tmp_path


@pytest.fixture
def site(pages: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_each_story_gets_one_brief_with_every_line_cited(pages: Path) -> None:
    done = nutgraf("brief", "--format", "json", "0.html", "1.html", "2.html", folder=pages)
    bridge, fair = lines(done.stdout)
    assert done.returncode == 0, done.stderr
    assert bridge["coverage"] == {"outlets": 2, "origins": 2}
    assert fair["coverage"] == {"outlets": 1, "origins": 1}
    assert all(line["citations"] for brief in (bridge, fair) for line in brief["lines"])


def test_for_a_person_each_line_is_followed_by_outlet_passage_and_a_link_to_the_passage(pages: Path) -> None:
    done = nutgraf("brief", "0.html", "1.html", folder=pages)
    assert done.returncode == 0, done.stderr
    assert "↳ Harbour Ledger: " in done.stdout
    assert "https://ledger.example/5#:~:text=" in done.stdout
    assert "2 outlets, 2 origins" in done.stdout


@pytest.mark.parametrize(("form", "opening"), [("markdown", "# "), ("html", "<!doctype html>")])
def test_a_brief_can_be_had_as_markdown_or_as_a_page(pages: Path, form: str, opening: str) -> None:
    done = nutgraf("brief", "--format", form, "0.html", "1.html", folder=pages)
    assert done.returncode == 0, done.stderr
    assert done.stdout.lower().startswith(opening)


def test_addresses_are_fetched_when_their_host_is_allowed(site: str) -> None:
    done = nutgraf("brief", "--format", "json", f"{site}/0.html", NUTGRAF_ALLOW="127.0.0.1")
    assert done.returncode == 0, done.stderr
    assert lines(done.stdout)[0]["articles"][0]["outlet"] == "Harbour Ledger"


def test_a_private_address_is_refused_with_the_setting_that_opens_it(site: str) -> None:
    done = nutgraf("brief", f"{site}/0.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert '"allow"' in done.stderr


def test_an_address_that_does_not_answer_and_a_missing_page_leave_the_rest(pages: Path, site: str) -> None:
    done = nutgraf(
        "brief", "--format", "json", "0.html", "gone.html", f"{site}/gone.html", "http://127.0.0.1:1/x",
        folder=pages, NUTGRAF_ALLOW="127.0.0.1",
    )  # fmt: skip
    assert done.returncode == 1
    assert len(lines(done.stdout)) == 1
    assert all(name in done.stderr for name in ("nutgraf: gone.html", f"{site}/gone.html", "http://127.0.0.1:1/x"))


def test_the_same_page_twice_counts_once(pages: Path) -> None:
    done = nutgraf("brief", "--format", "json", "0.html", "0.html", folder=pages)
    assert lines(done.stdout)[0]["coverage"] == {"outlets": 1, "origins": 1}


def test_shorter_briefs_can_be_asked_for(pages: Path) -> None:
    def words(*options: str) -> int:
        done = nutgraf("brief", "--format", "json", "0.html", "1.html", *options, folder=pages)
        return sum(len(line["text"].split()) for line in json.loads(done.stdout)["lines"])

    assert words("--words", "40") < words()


def test_a_brief_of_one_line_can_be_asked_for(pages: Path) -> None:
    done = nutgraf("brief", "--format", "json", "--length", "line", "0.html", "1.html", folder=pages)
    assert len(json.loads(done.stdout)["lines"]) == 1


def test_the_same_pages_give_the_same_brief_in_any_process(pages: Path) -> None:
    first, second = (
        nutgraf("brief", "--format", "json", "0.html", "1.html", folder=pages, PYTHONHASHSEED=seed) for seed in "12"
    )
    assert first.stdout == second.stdout != ""


def test_a_settings_file_with_a_typo_is_named_with_the_word_that_was_meant(pages: Path) -> None:
    (pages / "nutgraf.toml").write_text("wodrs = 100\n", encoding="utf-8")
    done = nutgraf("brief", "0.html", folder=pages)
    assert done.returncode == 1
    assert 'no setting "wodrs"' in done.stderr
    assert '"words"' in done.stderr


def test_nothing_to_read_is_said() -> None:
    done = nutgraf("brief")
    assert done.returncode == 1
    assert "Name saved pages or addresses" in done.stderr


def test_a_writer_that_is_named_rewords_lines_and_its_answers_are_kept_in_a_desks_folder(pages: Path) -> None:
    def shorter(items: Items) -> str:
        return each(lambda text: text.replace(" that about 40", " about 40"))(items)

    with serving(Model(says=shorter)) as model:
        plain = nutgraf("brief", "--format", "json", "0.html", "1.html", folder=pages)
        nutgraf("init", folder=pages)
        given = ("brief", "--format", "json", "--writer", model.url, "--writer-model", "small", "0.html", "1.html")
        done, again = nutgraf(*given, folder=pages), nutgraf(*given, folder=pages)
        assert done.returncode == 0, done.stderr
        assert done.stdout == again.stdout
        assert [asked["model"] for asked in model.asked] == ["small"]
    before, after = lines(plain.stdout)[0]["lines"], lines(done.stdout)[0]["lines"]
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed
    for one, other in changed:
        assert other["composed"]["text"] == one["text"]
        assert other["text"] == one["text"].replace(" that about 40", " about 40")


def test_a_writer_that_does_not_answer_costs_a_message_and_no_brief(pages: Path) -> None:
    with serving(Model(status=500)) as model:
        done = nutgraf("brief", "--format", "json", "--writer", model.url, "0.html", "1.html", folder=pages)
    assert done.returncode == 0
    assert len(lines(done.stdout)) == 1
    assert f"http://127.0.0.1:{model.port}: gives no answer (status 500)" in done.stderr
