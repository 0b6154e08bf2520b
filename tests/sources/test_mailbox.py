from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.model import Reason, Rejected
from nutgraf.sources import Mail, is_mailbox, read_mailbox

FIRST = (
    b"From weir@mail.example Wed Mar  4 07:00:00 2026\r\n"
    b"From: =?utf-8?q?Weir_Post_=E2=80=93_Morning?= <weir@mail.example>\r\n"
    b"Subject: =?utf-8?b?RmVycnkgcmVzY3VlZCDigJMgYWxsIHNhZmU=?=\r\n"
    b"Date: Wed, 4 Mar 2026 07:00:00 +0100\r\n"
    b"Message-ID: <1@mail.example>\r\n"
    b"Archived-At: <https://weir.example/letters/1>\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain words.\r\n"
    b"--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>The caf=E9 reopened.</p>\r\n--b--\r\n\r\n"
)
SECOND = (
    b"From x@mail.example Wed Mar  4 08:00:00 2026\nFrom: x@mail.example\nSubject: Ropes & <knots>\n\n"
    b"One line\nthat goes on.\n\n>From the harbour comes another.\n"
)


def mails(path: Path) -> list[Mail | Rejected]:
    return list(read_mailbox(path))


@pytest.fixture
def box(tmp_path: Path) -> Path:
    (tmp_path / "letters").write_bytes(FIRST + SECOND)
    return tmp_path / "letters"


def test_a_mail_gives_its_html_and_its_letterhead(box: Path) -> None:
    mail = mails(box)[0]
    assert isinstance(mail, Mail)
    assert (mail.title, mail.sender, mail.key) == (
        "Ferry rescued – all safe",
        "Weir Post – Morning",
        "<1@mail.example>",
    )
    assert str(mail.sent) == "2026-03-04 07:00:00+01:00"
    assert mail.page.address == "https://weir.example/letters/1"
    assert mail.page.content_type == "text/html; charset=iso-8859-1"
    assert "café" in mail.page.body.decode("iso-8859-1")


def test_a_plain_mail_becomes_paragraphs_and_its_quoted_lines_are_unquoted(box: Path) -> None:
    mail = mails(box)[1]
    assert isinstance(mail, Mail)
    page = mail.page.body.decode()
    assert "<p>One line that goes on.</p><p>From the harbour comes another.</p>" in page
    assert "<h1>Ropes &amp; &lt;knots&gt;</h1>" in page


def test_a_mail_that_is_too_large_or_without_text_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    picture = b"From a@b.example Wed Mar  4 07:30:00 2026\nContent-Type: image/png\n\nabc\n\n"
    (tmp_path / "box").write_bytes(picture + FIRST + b"x" * 5000 + b"\n\n" + SECOND)
    found = list(read_mailbox(tmp_path / "box", largest=3000))
    assert [one.reason if isinstance(one, Rejected) else one.title for one in found] == [
        Reason.EMPTY,
        Reason.TOO_LARGE,
        "Ropes & <knots>",
    ]


def test_a_mailbox_is_told_by_its_first_line(box: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"From here on it is a story.\n")
    assert is_mailbox(box)
    assert not is_mailbox(tmp_path / "other")
    assert not is_mailbox(tmp_path / "missing")


def test_a_letterhead_in_a_character_set_that_does_not_exist_is_shown_as_it_is(tmp_path: Path) -> None:
    letter = b"From a@b Sat Mar 14 07:00:00 2026\nSubject: =?u\xa6f-8?q?Caf?=\nFrom: =?x-none?b?QQ==?= <a@b>\n\nText.\n"
    (tmp_path / "box").write_bytes(letter)
    (mail,) = mails(tmp_path / "box")
    assert isinstance(mail, Mail)
    assert mail.title


PARTS = st.sampled_from(
    [FIRST, SECOND, b"\n", b"--b\n", b"Content-Type: text/html; charset=%\n", b"Subject: =?x?q?=\n"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(parts=st.lists(st.one_of(PARTS, st.binary(max_size=40)), max_size=8))
def test_any_bytes_are_mails_or_rejections(tmp_path: Path, parts: list[bytes]) -> None:
    (tmp_path / "any").write_bytes(b"".join(parts))
    assert mails(tmp_path / "any") == mails(tmp_path / "any")
