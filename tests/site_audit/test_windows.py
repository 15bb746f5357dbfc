"""Test that reused browser windows carry no state from one check to the next."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from plugins.link_check.built_site import BuiltSite
from tests.site_audit.engines import axe, keyboard, layout, print_media
from tests.site_audit.engines.browser import Check, Look, Windows
from tests.site_audit.faults import ARTICLE
from tests.site_audit.pages import select
from tests.sites.building import Built

pytestmark = pytest.mark.real

#: The state that the checks change.
_STATE = """() => [
    innerWidth, innerHeight, devicePixelRatio, scrollY, document.activeElement.localName,
    getComputedStyle(document.documentElement).fontSize, document.adoptedStyleSheets.length,
    ...["print", "(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-reduced-motion: reduce)"]
        .map((media) => matchMedia(media).matches),
]"""


def state(window: Page) -> list[object]:
    """Return the state of the page in ``window``."""
    found: list[object] = window.evaluate(_STATE)
    return found


#: The checks that change the state.
_CHECKS: tuple[Check, ...] = (layout.check, keyboard.check, print_media.check, axe.check)


@pytest.mark.deep
def test_a_check_leaves_nothing_to_the_next(browser: Browser, real: Built, address: str) -> None:
    """After any check, a page opens in the reused window as in a new one."""
    site, windows = BuiltSite(real.output), Windows(browser)
    (page,) = select(site, [ARTICLE])
    look = Look(windows, site, address, page)
    with windows.new(bypass_csp=True) as window:
        look.load(window)
        new = state(window)
    for check in _CHECKS:
        assert list(check(look)) == []
        reused = (look.open(), look.open(bypass_csp=True))
        assert [state(window) for window in reused] == [new, new], check.__module__
    for window in reused:
        window.context.close()
