"""The invitation to install is worded for the device."""

import pytest

from nutgraf.web.install import ELSEWHERE, install_steps


@pytest.mark.parametrize(
    ("user_agent", "second"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Add to Home Screen"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile Safari/537.36", "Install app"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Add to Dock"),
    ],
)
def test_each_device_has_its_own_two_steps(user_agent: str, second: str) -> None:
    assert second in install_steps(user_agent)[1]


def test_an_unknown_device_is_told_of_the_browsers_menu() -> None:
    assert install_steps("") == ELSEWHERE
