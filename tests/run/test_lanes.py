from collections import Counter
from threading import Barrier, Event, Lock

from nutgraf.run.lanes import PER_HOST, in_lanes


def test_everything_is_done_once_whatever_fails() -> None:
    def do(number: int) -> int:
        if number % 3 == 0:
            raise ValueError(number)
        return -number

    results = dict(in_lanes(range(100), do, host=lambda number: f"host{number % 7}"))
    assert sorted(results) == list(range(100))
    assert all(isinstance(results[n], ValueError) if n % 3 == 0 else results[n] == -n for n in results)


def test_at_most_two_of_one_host_are_done_at_once() -> None:
    lock, running, most = Lock(), Counter[str](), Counter[str]()

    def do(one: tuple[str, int]) -> None:
        host, _ = one
        with lock:
            running[host] += 1
            most[host] = max(most[host], running[host])
        with lock:
            running[host] -= 1

    work = [(host, number) for number in range(50) for host in ("a.example", "b.example")]
    list(in_lanes(work, do, host=lambda one: one[0]))
    assert max(most.values()) <= PER_HOST


def test_twenty_silent_servers_do_not_hold_up_a_good_one() -> None:
    good_done = Event()

    def do(host: str) -> str:
        if host != "good.example":
            good_done.wait(30)
        return host

    work = [f"bad{number}.example" for number in range(20)] + ["good.example"]
    first = next(found := in_lanes(work, do, host=str))
    good_done.set()
    assert first == ("good.example", "good.example")
    assert len(list(found)) == 20


def test_leaving_early_starts_nothing_more() -> None:
    started = []
    both = Barrier(2, timeout=30)

    def do(number: int) -> int:
        started.append(number)
        if number:
            both.wait()
        return number

    found = in_lanes([0, 1, 2, 3, 4, 5], do, host=lambda number: "one.example" if number else "", workers=1)
    next(found)
    found.close()
    assert len(started) < 6
    both.abort()


def test_no_work_is_done_at_once() -> None:
    assert list(in_lanes([], str, host=str)) == []
