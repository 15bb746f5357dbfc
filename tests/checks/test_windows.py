"""The windows that stay open for page after page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from plugins.checks.built import BuiltSite
from plugins.checks.engines import axe, keyboard, layout, paper
from plugins.checks.engines.browser import Check, Look, Windows
from tests.checks.faults import ARTICLE
from tests.sites.building import Built

pytestmark = pytest.mark.real

#: All that the checks change while they look at a page.
_STATE = """() => [
    innerWidth, innerHeight, devicePixelRatio, scrollY, document.activeElement.localName,
    getComputedStyle(document.documentElement).fontSize, document.adoptedStyleSheets.length,
    ...["print", "(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-reduced-motion: reduce)"]
        .map((media) => matchMedia(media).matches),
]"""


def state(window: Page) -> list[object]:
    """What the page in ``window`` knows of it."""
    found: list[object] = window.evaluate(_STATE)
    return found


@pytest.mark.parametrize("check", [layout.check, keyboard.check, paper.check, axe.check])
def test_a_check_leaves_nothing_to_the_next(browser: Browser, real: Built, address: str, check: Check) -> None:
    """After any check, a page opens in the window that stays open as it opens in a new one."""
    site, windows = BuiltSite(real.output), Windows(browser)
    (page,) = site.some([ARTICLE])
    look = Look(windows, site, address, page)
    with windows.new(bypass_csp=True) as window:
        look.load(window)
        new = state(window)
    assert list(check(look)) == []
    for window in (look.open(), look.open(bypass_csp=True)):
        assert state(window) == new
        window.context.close()
