"""The commands."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nutgraf import __version__
from nutgraf.cli import editing, editions, mailing, serving
from nutgraf.cli.lines import closed_pipe_is_no_error, write_lines
from nutgraf.cli.progress import counting, steps
from nutgraf.errors import InputError, NutgrafError
from nutgraf.model import Article, Brief, Length, Rejected

# Each command imports what it needs when it runs: what others need would cost it more time than its work.
if TYPE_CHECKING:
    from nutgraf.cli.composing import Reword
    from nutgraf.ports import Language
    from nutgraf.run import CycleReport

app = typer.Typer(
    name="nutgraf",
    help="Reads many news outlets and writes one short, fully attributed brief of each story.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

editing.register(app)
editions.register(app)
mailing.register(app)
serving.register(app)

Folder = Annotated[Path, typer.Option("--folder", "-C", help="The desk's folder.", file_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of a table.")]
Words = Annotated[int, typer.Option(min=20, max=2000, help="Words of a brief, about.")]
HERE = Path()
MOST_NAMED = 20  # sources that are named one by one when a list is added, or when many fail


class Format(StrEnum):
    """How a brief is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class Listing(StrEnum):
    """What can be listed."""

    SOURCES = "sources"
    ARTICLES = "articles"
    STORIES = "stories"
    BRIEFS = "briefs"
    REJECTIONS = "rejections"


def main() -> None:
    """Run the command that the command line names; an error of nutgraf's own is a message and exit status 1."""
    # Before numpy is loaded: its products here are small, and threads wait for each other longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        with closed_pipe_is_no_error():
            app(prog_name="nutgraf")
    except NutgrafError as error:
        print(f"nutgraf: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _version(wanted: bool) -> None:
    if wanted:
        print(f"nutgraf {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read news, compose briefs."""


# briefs of pages, and the stages


@app.command()
def brief(
    pages_or_urls: Annotated[
        list[str] | None, typer.Argument(metavar="PAGE_OR_URL…", help="Saved pages or addresses.")
    ] = None,
    words: Words = 230,
    length: Annotated[Length, typer.Option(help="One sentence, a brief, or one twice as long.")] = Length.BRIEF,
    form: Annotated[Format, typer.Option("--format", help="How the briefs are printed.")] = Format.TEXT,
    stories: Annotated[
        str | None, typer.Option(help="JSON lines of stories (id, articles), - for standard input.")
    ] = None,
    writer: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="A language model (OpenAI-compatible) that may reword lines; each is checked."
        ),
    ] = None,
    writer_model: Annotated[str | None, typer.Option(help="The model's name at that address.")] = None,
) -> None:
    """Write one brief of each story that the pages tell, or of each story of a file."""
    from nutgraf.briefs.lengths import words_for
    from nutgraf.cli.rewording import rewording
    from nutgraf.nlp import open_language

    words = words_for(length, words)
    if stories is not None:
        if pages_or_urls:
            raise InputError("--stories", "was given together with pages", "Give one of the two")
        from nutgraf.cli import composing, inputs

        language = open_language()
        with (
            rewording(writer, writer_model, language, folder=HERE) as reword,
            counting("Composing briefs") as step,
        ):
            found = composing.briefs(inputs.whole_stories(stories), language, step, words=words, reword=reword)
            well = write_lines(found)
        _end(well)
    if not pages_or_urls:
        raise InputError("brief", "has nothing to read", "Name saved pages or addresses, or a file with --stories")
    language = open_language()
    with rewording(writer, writer_model, language, folder=HERE) as reword:
        well = _brief_pages(pages_or_urls, language, reword, words=words, form=form)
    _end(well)


def _brief_pages(names: list[str], language: Language, reword: Reword, *, words: int, form: Format) -> bool:
    from nutgraf.cli import pages
    from nutgraf.config import load_settings
    from nutgraf.net import open_fetcher
    from nutgraf.nlp import open_meaning

    settings, well = load_settings(HERE), True
    articles: list[Article] = []
    with open_fetcher(settings) as fetcher, counting("Reading pages", total=len(names)) as step:
        for result in pages.read_all(names, fetcher, step):
            if isinstance(result, Rejected):
                _complain(result)
                well = False
            else:
                articles.append(result)
    with counting("Finding claims", total=len(articles)) as step:
        meaning, days = open_meaning() if settings.vectors else None, settings.window_days
        composed = pages.briefs_of(articles, language, step, words=words, window_days=days, meaning=meaning)
        found = [reword(one) for one in composed]
    for number, one in enumerate(found):
        if isinstance(one, Rejected):
            _complain(one)
            well = False
        else:
            _print_brief(one, form, first=number == 0)
    return well


def _print_brief(one: Brief, form: Format, *, first: bool) -> None:
    from nutgraf.cli import shown
    from nutgraf.contract import brief_to_record
    from nutgraf.publications import as_html, as_markdown

    if form is Format.JSON:
        print(json.dumps(brief_to_record(one), ensure_ascii=False))
        return
    if not first:
        print()
    if form is Format.TEXT:
        shown.show_brief(one)
    else:
        print(as_markdown(one) if form is Format.MARKDOWN else as_html(one), end="")


@app.command()
def extract(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE…", help="Saved pages, plain or gzipped.")] = None,
    listed: Annotated[
        str | None, typer.Option("--from", help="JSON lines of pages (id, path, url), - for standard input.")
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Tell by which way of its page each field was read, and which say otherwise.")
    ] = False,
) -> None:
    """Read saved pages into articles, one JSON object a line."""
    if bool(files) == bool(listed):
        raise InputError("extract", "needs either files or a list", "Name saved pages, or a list with --from")
    from nutgraf.cli import extracting

    given = extracting.listed_pages(listed) if listed else extracting.page_files(files or [])
    with counting("Reading pages") as step:
        _end(write_lines(extracting.extract(given, step, why=why)))


@app.command()
def stories(
    articles: Annotated[
        str, typer.Argument(metavar="ARTICLES.jsonl", help="Articles as JSON lines, - for standard input.")
    ],
    window_days: Annotated[
        float, typer.Option(min=0.1, help="Days within which articles can be about the same event.")
    ] = 4,
    vectors: Annotated[
        bool, typer.Option(help="Compare headlines by a small model of meaning too, not by words alone.")
    ] = True,
) -> None:
    """Say which story each article belongs to, one JSON object a line."""
    from nutgraf.cli import grouping, inputs
    from nutgraf.nlp import open_meaning

    meaning = open_meaning() if vectors else None
    with counting("Grouping articles") as step:
        found = grouping.stories(inputs.articles(articles), step, window_days=window_days, meaning=meaning)
        _end(write_lines(found))


@app.command()
def claims(
    articles: Annotated[
        str | None, typer.Argument(metavar="ARTICLES.jsonl", help="Articles as JSON lines, - for standard input.")
    ] = None,
    stories: Annotated[
        str | None, typer.Option(help="JSON lines of stories (id, articles), - for standard input.")
    ] = None,
) -> None:
    """Find who says what in each article, or what each story carries, one JSON object a line."""
    from nutgraf.cli import claiming, inputs
    from nutgraf.cli.carrying import story_claims
    from nutgraf.nlp import open_language

    if (articles is None) == (stories is None):
        raise InputError("claims", "needs articles or stories, and not both", "Name one file, or use --stories")
    with counting("Finding claims") as step:
        if stories is not None:
            _end(write_lines(story_claims(inputs.whole_stories(stories), open_language(), step)))
        _end(write_lines(claiming.claims(inputs.articles(articles or "-"), open_language(), step)))


@app.command()
def check(
    briefs: Annotated[str, typer.Argument(metavar="BRIEF.json", help="Briefs as JSON lines, - for standard input.")],
) -> None:
    """Check that briefs, whoever wrote them, say nothing that their citations do not."""
    from nutgraf.cli.checking import faults

    _end(write_lines(faults(briefs)))


# the desk


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="The folder to make a desk's.", file_okay=False)] = HERE) -> None:
    """Make a folder with a settings file and a database."""
    from nutgraf.desk import init_desk

    init_desk(folder)
    print(f"{folder.resolve()} is ready. Next: nutgraf add ADDRESS --folder {folder}")
    print(f'Set "contact" in {folder / "nutgraf.toml"}, so that outlets know whom to write to.')


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Feeds, pages that list articles, sites, OPML, WARC, folders."),
    ],
    folder: Folder = HERE,
) -> None:
    """Add sources: each an address or a path."""
    from nutgraf.desk import open_desk
    from nutgraf.run import add_source

    well = True
    with open_desk(folder) as desk:
        for given in sources:
            before = desk.store.counts().sources
            try:
                found = add_source(desk, given)
            except NutgrafError as error:
                print(f"nutgraf: {error}", file=sys.stderr)
                well = False
                continue
            for source in found[:MOST_NAMED]:
                print(f"{source.kind.value}  {source.name or source.address}  ({source.id})")
            if len(found) > 1:
                new = desk.store.counts().sources - before
                more = f"… and {len(found) - MOST_NAMED} more. " if len(found) > MOST_NAMED else ""
                print(f"{more}{new} of {len(found)} sources are new.")
    _end(well)


@app.command()
def poll(
    folder: Folder = HERE,
    due: Annotated[bool, typer.Option("--due", help="Leave sources alone that are not due yet.")] = False,
) -> None:
    """Go the whole way once: ask the sources, read, group, compose."""
    from nutgraf.cli import shown
    from nutgraf.desk import open_desk
    from nutgraf.run import cycle

    with open_desk(folder) as desk:
        before = desk.store.counts()
        with steps() as progress:
            report = cycle(desk, only_due=due, progress=progress)
        print(shown.summary(report, before, desk.store.counts()) + ".")
    for problem in report.composed.problems:
        print(f"nutgraf: {problem}", file=sys.stderr)
    failed = report.polled.failed
    for failure in failed[:MOST_NAMED]:
        where = "" if failure.problem.startswith(failure.address) else f"{failure.address}: "
        print(f"nutgraf: {where}{failure.problem}", file=sys.stderr)
    if len(failed) > MOST_NAMED:
        print(f"nutgraf: … and {len(failed) - MOST_NAMED} more; nutgraf sources shows them all", file=sys.stderr)
    _end(not failed)


@app.command()
def run(folder: Folder = HERE) -> None:
    """Keep going: ask each source when it is due, and keep the briefs new, until stopped."""
    from nutgraf.cli import shown
    from nutgraf.desk import open_desk
    from nutgraf.run import keep_running

    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())

    with open_desk(folder) as desk:
        before = desk.store.counts()

        def report(done: CycleReport) -> None:
            nonlocal before
            after = desk.store.counts()
            if done.polled.asked or after != before:
                print(shown.summary(done, before, after) + ".", flush=True)
            if done.mailed.sent:
                print(f"Mailed the edition to {done.mailed.sent} subscribers.", flush=True)
            if done.pushed.told:
                print(f"Told {done.pushed.told} browsers of stories that they follow.", flush=True)
            for problem in (*done.composed.problems, *done.mailed.problems):
                print(f"nutgraf: {problem}", file=sys.stderr, flush=True)
            before = after

        keep_running(desk, stop=stop, report=report)


@app.command()
def serve(folder: Folder = HERE) -> None:
    """Serve the site until stopped."""
    from nutgraf import web
    from nutgraf.desk import open_desk

    with open_desk(folder) as desk:
        ways = web.Ways(
            subscribers=desk.store, post=desk.post, tokens=desk.store, followers=desk.store, pusher=desk.pusher
        )
        web.serve(desk.store, desk.settings, ready=_say_where, ways=ways)


def _say_where(address: str) -> None:
    print(f"The site is at {address}", flush=True)


@app.command("list")
def list_(
    what: Annotated[Listing, typer.Argument(help="What to list.")],
    folder: Folder = HERE,
    as_json: Json = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
) -> None:
    """List sources, articles, stories, briefs or rejections."""
    from nutgraf.cli import records, shown
    from nutgraf.desk import open_desk

    with open_desk(folder) as desk:
        store = desk.store
        found: Iterable[dict[str, Any]]
        match what:
            case Listing.SOURCES:
                found = list(map(records.source_record, store.sources()))[:limit]
            case Listing.ARTICLES:
                found = map(records.article_record, store.articles(limit=limit))
            case Listing.STORIES:
                found = map(records.story_record, store.stories(limit=limit))
            case Listing.BRIEFS:
                found = map(records.brief_record, store.briefs(limit=limit))
            case Listing.REJECTIONS:
                found = map(records.rejection_record, store.rejections(limit=limit))
        if as_json:
            for record in found:
                print(json.dumps(record, ensure_ascii=False))
        else:
            shown.show_table(what.value, found)


@app.command()
def sources(
    folder: Folder = HERE,
    as_json: Json = False,
    opml: Annotated[
        bool, typer.Option("--opml", help="Write the feeds as a subscription list (OPML) instead.")
    ] = False,
) -> None:
    """Say how each source fares: silent, stale, empty, moved, gone, blocked, failing or healthy; the worst first."""
    from nutgraf.cli import records
    from nutgraf.cli.faring import show_health
    from nutgraf.desk import open_desk
    from nutgraf.store.health import Health

    with open_desk(folder) as desk:
        now = desk.clock()
        stored = desk.store.sources()
        silent = desk.store.silent_sources(now=now)
    if opml:
        from nutgraf.sources import write_subscriptions

        sys.stdout.write(write_subscriptions([one.source for one in stored]).decode())
        return
    if not as_json:
        show_health(stored, silent, now=now)
        return
    worst = [state.value for state in Health]
    found = [records.health_record(one, now=now) for one in stored]
    for record in sorted(found, key=lambda record: worst.index(record["state"])):
        print(json.dumps(record, ensure_ascii=False))


@app.command()
def why(
    subject: Annotated[str, typer.Argument(help="An article's id or address, or a story's name.")],
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """Say why an article is in a story, or why it was dropped."""
    from nutgraf import run as runner
    from nutgraf.cli import records, shown
    from nutgraf.desk import open_desk

    with open_desk(folder) as desk:
        found = runner.why(desk, subject)
        its_claims = tuple(desk.store.claims_of([found.article.article.article.id])) if found.article else ()
    if not found:
        raise InputError(
            subject, "is unknown here", "Name an article's id or address, or a story, as nutgraf list shows them"
        )
    if as_json:
        print(json.dumps(records.why_record(found, its_claims), ensure_ascii=False))
    else:
        shown.show_why(found)


@app.command()
def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the site after printing.")] = True,
    listen: Annotated[str, typer.Option(help="Host and port of the site.")] = "127.0.0.1:8000",
) -> None:
    """Show the whole way on made-up outlets, with no network."""
    from nutgraf.cli.demo import run_demo

    run_demo(listen=listen, serve_after=serve)


def _complain(rejected: Rejected) -> None:
    print(f"nutgraf: {rejected.subject}: {rejected.detail}", file=sys.stderr)


def _end(well: bool) -> None:
    raise typer.Exit(0 if well else 1)
