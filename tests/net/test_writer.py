"""The writer over HTTP: one address, bounded in every way, and a key that nobody gets to see."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from nutgraf.config import Settings, load_settings
from nutgraf.errors import SettingsError, WriterError
from nutgraf.net.writer import KEY_VARIABLE, HttpWriter, Key, open_writer
from nutgraf.ports import WriterAnswer, WriterPrompt
from tests.writers import Model, completion, serving

KEY = "sk-harbour-4711-secret"
PROMPT = WriterPrompt("Tighten.", '[{"n": 1, "kind": "line", "text": "The pier is shut."}]', 50)


def settings(**changes: Any) -> Settings:
    return replace(load_settings(Path("nowhere"), {}), writer_timeout=5.0, **changes)


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def asked_of(model: Model, *, key: str = KEY, timeout: float = 5.0) -> Iterator[HttpWriter]:
    with serving(model):
        writer = HttpWriter(replace(settings(), writer_timeout=timeout), model.url, Key(key), clock=Time())
        try:
            yield writer
        finally:
            writer.close()


def test_a_question_is_one_request_with_the_key_and_nothing_left_to_chance() -> None:
    model = Model(body=completion('{"1": "The pier is shut."}'))
    with asked_of(model) as writer:
        assert writer.answer(PROMPT) == WriterAnswer('{"1": "The pier is shut."}', 1, 321)
    (asked,), (sent,) = model.asked, model.sent
    assert model.paths == ["/v1/chat/completions"]
    assert sent["authorization"] == f"Bearer {KEY}"
    assert (asked["temperature"], asked["seed"], asked["max_tokens"], asked["stream"]) == (0, 7, 50, False)
    assert [message["content"] for message in asked["messages"]] == [PROMPT.instructions, PROMPT.question]
    assert "tools" not in asked


def test_a_server_that_knows_fewer_options_is_asked_without_them_from_then_on() -> None:
    model = Model(body=completion("{}"), statuses=[400])
    with asked_of(model) as writer:
        assert writer.answer(PROMPT).requests == 2
        assert writer.answer(PROMPT).requests == 1
    assert [sorted(asked) for asked in model.asked[1:]] == [["messages", "model"]] * 2


def endless(connection: socket.socket, closing: Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not closing.is_set():
        connection.sendall(b'{"choices": [' + b" " * 65536)


def drip(connection: socket.socket, closing: Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not closing.wait(0.05):
        connection.sendall(b" ")


def silence(connection: socket.socket, closing: Event) -> None:
    closing.wait(10)


BROKEN = {
    "no key": Model(status=401, body=KEY.encode()),
    "forbidden": Model(status=403),
    "no model": Model(status=404),
    "too often": Model(status=429, headers={"Retry-After": "30"}),
    "trouble": Model(status=500, body=KEY.encode()),
    "redirect": Model(status=307, headers={"Location": "http://127.0.0.1:1/"}),
    "no JSON": Model(body=b"<html>" + KEY.encode()),
    "no completion": Model(body=b'{"choices": []}'),
    "a list": Model(body=b"[1, 2]"),
    "no text": Model(body=b'{"choices": [{"message": {"content": null}}]}'),
    "deep": Model(body=b"[" * 300_000),
    "the key": Model(body=completion(f"your key is {KEY}")),
    "no HTTP": Model(raw=lambda connection, closing: connection.sendall(KEY.encode() + b"\r\n\r\n")),
    "hangs up": Model(raw=lambda connection, closing: None),
    "endless": Model(raw=endless),
    "drips": Model(raw=drip),
    "silent": Model(raw=silence),
}


@pytest.mark.parametrize("name", BROKEN)
def test_whatever_a_server_does_is_one_error_in_time_that_holds_no_key(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with asked_of(BROKEN[name], timeout=0.5) as writer:
        began = time.monotonic()
        with pytest.raises(WriterError) as caught:
            writer.answer(PROMPT)
        assert time.monotonic() - began < 3
        assert writer.is_resting
        told = [str(caught.value), repr(caught.value), repr(writer), repr(vars(writer)), caplog.text]
        assert caught.value.__cause__ is None
    assert KEY not in " ".join(told)


def test_a_writer_that_failed_is_left_alone_for_longer_each_time_and_then_asked_again() -> None:
    model = Model(status=500)
    with serving(model):
        clock = Time()
        writer = HttpWriter(settings(), model.url, None, clock=clock)
        for rest in (60, 120, 240):
            with pytest.raises(WriterError):
                writer.answer(PROMPT)
            clock.now += rest - 1
            with pytest.raises(WriterError, match="left alone"):
                writer.answer(PROMPT)
            clock.now += 2
            assert not writer.is_resting
        model.status, model.body = 200, completion("{}")
        assert writer.answer(PROMPT).text == "{}"
        assert len(model.asked) == 4
        writer.close()


@pytest.mark.parametrize(("status", "wait"), [(429, "900"), (401, "")])
def test_the_rest_is_what_the_server_asks_for_or_an_hour_where_the_key_is_wrong(status: int, wait: str) -> None:
    with serving(Model(status=status, headers={"Retry-After": wait} if wait else {})) as model:
        clock = Time()
        writer = HttpWriter(settings(), model.url, None, clock=clock)
        with pytest.raises(WriterError):
            writer.answer(PROMPT)
        clock.now += (float(wait) if wait else 3600) - 1
        assert writer.is_resting
        writer.close()


def test_the_key_comes_from_the_environment_or_a_file_and_no_setting_holds_it(tmp_path: Path) -> None:
    (tmp_path / "writer.key").write_text(f"{KEY}\n")
    with serving(Model(body=completion("{}"))) as model:
        given = replace(settings(), writer_url=model.url)
        ways = (
            (given, {KEY_VARIABLE: KEY}),
            (replace(given, writer_key_file="writer.key"), {}),
        )
        for how, environment in ways:
            writer = open_writer(how, tmp_path, environment=environment)
            assert writer is not None
            writer.answer(PROMPT)
            writer.close()
            assert KEY not in repr(how)
        assert [sent["authorization"] for sent in model.sent] == [f"Bearer {KEY}"] * 2


@pytest.mark.parametrize("environment", [{KEY_VARIABLE: f"{KEY}\r\nX-Evil: 1"}, {KEY_VARIABLE: f"{KEY} ü"}])
def test_a_key_that_is_none_is_refused_without_being_shown(environment: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no key") as caught:
        open_writer(replace(settings(), writer_url="http://127.0.0.1:9/v1"), tmp_path, environment=environment)
    assert "harbour" not in str(caught.value)


def test_a_key_given_as_the_name_of_its_file_is_not_shown_either(tmp_path: Path) -> None:
    given = replace(settings(), writer_url="http://127.0.0.1:9/v1", writer_key_file=KEY)
    with pytest.raises(SettingsError) as caught:
        open_writer(given, tmp_path, environment={})
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_key_goes_to_another_machine_only_encrypted() -> None:
    with pytest.raises(SettingsError, match="unencrypted"):
        HttpWriter(settings(), "http://models.example/v1", Key(KEY))
    HttpWriter(settings(), "https://models.example/v1", Key(KEY)).close()
    HttpWriter(settings(allow=("models.example",)), "http://models.example/v1", Key(KEY)).close()


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1/", "http://a:b@127.0.0.1/v1", "http://127.0.0.1/v1?key=1", "http:///v1", "nonsense"]
)
def test_what_is_not_the_address_of_a_server_alone_is_refused(address: str) -> None:
    with pytest.raises(SettingsError):
        HttpWriter(settings(), address, None)


def test_no_writer_is_named_by_default(tmp_path: Path) -> None:
    assert open_writer(settings(), tmp_path, environment={KEY_VARIABLE: KEY}) is None
