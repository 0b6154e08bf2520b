"""How often one host is asked."""

from nutgraf.net.manners import Manners


class Time:
    """A clock that sleeping moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_two_requests_to_one_host_are_a_pause_apart_and_other_hosts_do_not_wait() -> None:
    time = Time()
    manners = Manners(clock=time, sleep=time.sleep)
    starts = []
    for host in ("a.example", "a.example", "b.example", "a.example"):
        with manners.turn(host, 2.0):
            starts.append(time.now)
    assert starts == [100.0, 102.0, 102.0, 104.0]


def test_a_host_that_wants_peace_has_it_for_as_long_as_it_asked() -> None:
    time = Time()
    manners = Manners(clock=time, sleep=time.sleep)
    manners.keep_quiet("a.example", 60)
    manners.keep_quiet("a.example", 10)
    time.sleep(20)
    assert (manners.quiet_for("a.example"), manners.quiet_for("b.example")) == (40.0, 0.0)


def test_a_host_is_dead_only_after_several_silences_in_a_row_and_only_for_a_while() -> None:
    time = Time()
    manners = Manners(clock=time, sleep=time.sleep)
    for answered in (False, False, False, True, False, False, False):
        manners.note("a.example", answered=answered)
    assert not manners.is_dead("a.example")
    manners.note("a.example", answered=False)
    assert manners.is_dead("a.example")
    assert not manners.is_dead("b.example")
    time.sleep(61)
    assert not manners.is_dead("a.example")
