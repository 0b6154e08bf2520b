"""The invitation to keep the site as an app: two steps, worded for the reader's device."""

from __future__ import annotations

from nutgraf.publications.tongue import mark

STEPS: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("iPhone", "iPad", "iPod"), (mark("Tap Share in the bar of Safari"), mark("Tap Add to Home Screen"))),
    (("Android",), (mark("Open the menu ⋮ of the browser"), mark("Tap Install app or Add to Home screen"))),
    (("Macintosh",), (mark("In Safari, open the menu File"), mark("Choose Add to Dock"))),
)
"""Words of a user agent, and the two steps on such a device."""

HOME_SCREEN = STEPS[0][1]
"""The two steps on a phone or tablet whose browsers have no prompt of their own."""

ELSEWHERE = (mark("Open the menu of the browser"), mark("Choose Install this site as an app"))


def install_steps(user_agent: str) -> tuple[str, str]:
    """Return the two steps that put the site among the apps of the device that a user agent names."""
    for words, steps in STEPS:
        if any(word in user_agent for word in words):
            return steps
    return ELSEWHERE


def touch_steps(user_agent: str) -> tuple[str, str] | None:
    """Return the steps for one that may be a tablet, which calls itself a desk's machine; ``None`` for all others."""
    return HOME_SCREEN if "Macintosh" in user_agent else None
