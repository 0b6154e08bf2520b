"""Huge pages are read in bounded time; measured by processor time, so that a busy machine fails nothing."""

import time

from nutgraf.articles import read_article
from nutgraf.model import Article, Page, Rejected
from tests.articles.pages import BODY, PARAGRAPHS, page

LIMIT = 2.0
"""Seconds that a page of 10 MB may take on an unburdened core of today."""

SLACK = 3.0
"""How much slower a core may be that others share."""


def timed(body: bytes) -> tuple[Article | Rejected, float]:
    started = time.process_time()
    answer = read_article(Page(address=None, body=body))
    return answer, time.process_time() - started


def test_ten_megabytes_of_prose_are_read_in_time() -> None:
    one = "".join(f"<p>{number} {text}</p>" for number, text in enumerate(PARAGRAPHS))
    body = page(f"<article><h1>Tram depot to close</h1>{one * (10_000_000 // len(one))}</article>")
    answer, took = timed(body)
    assert isinstance(answer, Article)
    assert took < LIMIT * SLACK


def test_ten_megabytes_of_scripts_beside_an_article_are_read_in_time() -> None:
    body = page(f"<script>{'var a = 1; ' * 900_000}</script><article><h1>Tram depot to close</h1>{BODY}</article>")
    answer, took = timed(body)
    assert isinstance(answer, Article)
    assert answer.text == "\n\n".join(PARAGRAPHS)
    assert took < LIMIT * SLACK


def test_a_million_nodes_cost_no_crash() -> None:
    body = page(f"<article><h1>Tram depot to close</h1>{BODY}</article>" + "<i></i>" * 1_000_000)
    assert isinstance(timed(body)[0], Article | Rejected)
