"""Archives, folders and saved pages; what is wrong with a file is said and never raised."""

import gzip
from pathlib import Path

import pytest

from nutgraf.model import Page, Reason, Rejected
from nutgraf.sources import read_archive, read_folder, read_saved_page

PAGE = b"<!doctype html><title>Mill</title><p>The mill is shut.</p>"


def saved(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def test_a_saved_page_is_read_plain_and_gzipped_whatever_its_name(tmp_path: Path) -> None:
    for name, body in (("a.html", PAGE), ("b.html", gzip.compress(PAGE)), ("c.html.gz", PAGE)):
        assert read_saved_page(saved(tmp_path, name, body)) == Page(address=None, body=PAGE)
    two = gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])
    assert read_saved_page(saved(tmp_path, "d.gz", two), address="https://courier.example/a") == Page(
        address="https://courier.example/a", body=PAGE
    )


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        (b"", Reason.EMPTY, "is empty"),
        (b" \n ", Reason.EMPTY, "is empty"),
        (gzip.compress(b""), Reason.EMPTY, "is empty"),
        (gzip.compress(PAGE)[:-12], Reason.BROKEN_COMPRESSION, "Save the page again"),
        (b"\x1f\x8bnonsense", Reason.BROKEN_COMPRESSION, "Save the page again"),
        (b"%PDF-1.7 ...", Reason.BINARY, "Give an HTML file"),
        (bytes(range(256)) * 4, Reason.BINARY, "Give an HTML file"),
        (b"x" * 2001, Reason.TOO_LARGE, "larger than 2,000 bytes"),
        (gzip.compress(bytes(10_000_000)), Reason.TOO_LARGE, "larger than 2,000 bytes"),
    ],
    ids=["nothing", "white space", "packed nothing", "cut", "mark alone", "PDF", "binary", "large", "packed large"],
)
def test_each_fault_of_a_saved_page_has_its_reason(tmp_path: Path, body: bytes, reason: Reason, words: str) -> None:
    path = saved(tmp_path, "a.html", body)
    result = read_saved_page(path, largest=2000)
    assert isinstance(result, Rejected)
    assert (result.subject, result.reason) == (str(path), reason)
    assert words in result.detail


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.html", tmp_path):
        result = read_saved_page(path)
        assert isinstance(result, Rejected)
        assert result.reason is Reason.UNREADABLE


def test_pages_in_utf_16_are_text(tmp_path: Path) -> None:
    assert isinstance(read_saved_page(saved(tmp_path, "a.html", PAGE.decode().encode("utf-16"))), Page)


def test_a_folder_is_read_in_order_with_its_faults(tmp_path: Path) -> None:
    for name, body in (
        ("b.htm", PAGE),
        ("a/z.html", PAGE),
        ("c.html", b""),
        ("note.txt", b"x"),
        (".hidden/a.html", PAGE),
    ):
        saved(tmp_path, name, body)
    found = [(path.name, type(result)) for path, result in read_folder(tmp_path)]
    assert found == [("z.html", Page), ("b.htm", Page), ("c.html", Rejected)]
    [(_, missing)] = read_folder(tmp_path / "none")
    assert isinstance(missing, Rejected)


def warc(*records: tuple[str, str, bytes, dict[str, str]], packed: bool = True) -> bytes:
    """Write a WARC file of responses: (address, status, body, headers)."""
    written = b""
    for address, status, body, headers in records:
        named = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        http = f"HTTP/1.1 {status}\r\n{named}\r\n".encode() + body
        about = (
            f"WARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\n"
        )
        head = f"WARC/1.0\r\n{about}Content-Length: {len(http)}\r\n\r\n".encode()
        record = head + http + b"\r\n\r\n"
        written += gzip.compress(record) if packed else record
    return written


HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_warc_come_unpacked_and_the_rest_is_passed_over(tmp_path: Path, packed: bool) -> None:
    body = warc(
        ("https://courier.example/a", "200 OK", PAGE, HTML),
        ("https://courier.example/b", "404 Not Found", PAGE, HTML),
        ("https://courier.example/c", "200 OK", b"\x89PNG", {"Content-Type": "image/png"}),
        ("https://courier.example/d", "200 OK", gzip.compress(PAGE), HTML | {"Content-Encoding": "gzip"}),
        packed=packed,
    )
    expected = [
        Page(address=f"https://courier.example/{n}", body=PAGE, content_type=HTML["Content-Type"]) for n in "ad"
    ]
    assert list(read_archive(saved(tmp_path, "a.warc", body))) == expected


def test_broken_records_are_rejected_and_reading_goes_on(tmp_path: Path) -> None:
    body = warc(
        ("https://courier.example/a", "200 OK", b"", HTML),
        ("https://courier.example/b", "200 OK", b"\x1f\x8bbroken", HTML),
        ("https://courier.example/c", "200 OK", b"x" * 5000, HTML),
        ("https://courier.example/d", "200 OK", PAGE, HTML),
    )
    found = list(read_archive(saved(tmp_path, "a.warc.gz", body), largest=4000))
    reasons = [result.reason for result in found if isinstance(result, Rejected)]
    assert reasons == [Reason.EMPTY, Reason.BROKEN_COMPRESSION, Reason.TOO_LARGE]
    assert isinstance(found[-1], Page)


@pytest.mark.parametrize("share", range(1, 10))
def test_an_archive_cut_anywhere_gives_what_came_before(tmp_path: Path, share: int) -> None:
    whole = warc(*((f"https://courier.example/{n}", "200 OK", PAGE * 50, HTML) for n in range(6)))
    found = list(read_archive(saved(tmp_path, "a.warc.gz", whole[: len(whole) * share // 10])))
    assert sum(isinstance(result, Page) for result in found) >= share * 6 // 10 - 1


def test_an_arc_file_is_read(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    version = b"1 0 Courier\nURL IP-address Archive-date Content-type Archive-length\n"
    head = f"filedesc://a.arc 0.0.0.0 20260303080000 text/plain {len(version)}\n".encode() + version + b"\n"
    record = f"https://courier.example/a 192.0.2.1 20260303080000 text/html {len(http)}\n".encode() + http + b"\n"
    for name, body in (("a.arc", head + record), ("a.arc.gz", gzip.compress(head) + gzip.compress(record))):
        [page] = read_archive(saved(tmp_path, name, body))
        assert page == Page(address="https://courier.example/a", body=PAGE, content_type="text/html")


def arc(*records: tuple[str, bytes], packed: bool) -> bytes:
    """Write an ARC file of answers: (address, the whole answer)."""
    version = b"1 0 Courier\nURL IP-address Archive-date Content-type Archive-length\n"
    written = [f"filedesc://a.arc 0.0.0.0 20260303080000 text/plain {len(version)}\n".encode() + version + b"\n"]
    for address, answer in records:
        head = f"https://courier.example/{address} 192.0.2.1 20260303080000 text/html {len(answer)}\n".encode()
        written.append(head + answer + b"\n")
    return b"".join(gzip.compress(one) if packed else one for one in written)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def addresses(path: Path, **given: int) -> list[str | None]:
    found = read_archive(path, **given)
    return [one.reason if isinstance(one, Rejected) else (one.address or "").rpartition("/")[2] for one in found]


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_an_arc_come_whatever_form_their_answers_have(tmp_path: Path, packed: bool) -> None:
    chunked = b"%x;x=1\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, PAGE[:10], len(PAGE) - 10, PAGE[10:])
    body = arc(
        ("with blanks/plain", OK + b"\r\n" + PAGE),
        ("chunked", OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked),
        ("said-so", OK + b"Transfer-Encoding: chunked\r\n\r\n" + PAGE),
        ("packed", OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)),
        ("bare", OK.replace(b"\r\n", b"\n") + b"\n" + PAGE),
        ("gone", b"HTTP/1.1 404 Not Found\r\n\r\n" + PAGE),
        ("picture", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
        ("none", b"no answer"),
        packed=packed,
    )
    path = saved(tmp_path, "a.arc", body)
    assert addresses(path) == ["plain", "chunked", "said-so", "packed", "bare"]
    assert {one.body for one in read_archive(path) if isinstance(one, Page)} == {PAGE}


def test_what_is_wrong_in_an_arc_is_said_and_the_rest_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = OK + b"\r\n" + PAGE
    large = arc(("a", good), ("b", OK + b"\r\n" + b"x" * 9_000_000), ("c", good), packed=False)
    assert addresses(saved(tmp_path, "large.arc", large), largest=4000) == ["a", Reason.TOO_LARGE, "c"]
    odd = arc(("a", good), packed=False) + b"lines that are\nno head\n" + arc(("c", good), packed=False)
    assert addresses(saved(tmp_path, "odd.arc", odd)) == ["a", "c", Reason.UNREADABLE]
    cut = arc(("a", good), ("b", good), packed=False)[:-30]
    assert addresses(saved(tmp_path, "cut.arc", cut)) == ["a", "b", Reason.UNREADABLE]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("missing", [1, 4, 8], ids=lambda missing: f"{missing} bytes")
def test_packed_archives_without_their_check_sums_are_read(tmp_path: Path, missing: int) -> None:
    good = OK + b"\r\n" + PAGE
    record = warc(
        ("https://courier.example/a", "200 OK", PAGE, HTML), ("https://courier.example/b", "200 OK", PAGE, HTML)
    )
    assert addresses(saved(tmp_path, "a.warc.gz", record[:-missing]))[:2] == ["a", "b"]
    assert addresses(saved(tmp_path, "a.arc.gz", arc(("a", good), ("b", good), packed=True)[:-missing])) == ["a", "b"]


def test_a_packed_archive_with_a_spoiled_byte_gives_what_came_before(tmp_path: Path) -> None:
    good = OK + b"\r\n" + PAGE
    for name, body in (
        ("a.arc.gz", arc(*((str(n), good) for n in range(4)), packed=True)),
        ("a.warc.gz", warc(*((f"https://courier.example/{n}", "200 OK", PAGE, HTML) for n in range(4)))),
    ):
        spoiled = bytearray(body)
        spoiled[-60] ^= 0xFF
        found = addresses(saved(tmp_path, name, bytes(spoiled)))
        assert found[:3] == ["0", "1", "2"], name


@pytest.mark.parametrize(
    "body", [b"", b"no archive at all", b"\x1f\x8bbroken", b"WARC/1.0\r\nContent-Length: x\r\n\r\n"]
)
def test_what_is_no_archive_is_rejected(tmp_path: Path, body: bytes) -> None:
    path = saved(tmp_path, "a.warc", body)
    [result] = read_archive(path)
    assert isinstance(result, Rejected)
    assert str(path) in result.subject
