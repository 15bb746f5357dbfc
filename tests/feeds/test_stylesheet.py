"""A browser shows a feed as a readable page in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser

from plugins.engine.security_policy import SITE_POLICY
from tests.feeds.serving import serving
from tests.feeds.sites import small_site
from tests.sites.building import build_here
from tests.sites.nginx import free_port

_FEEDS = ("all.rss.xml", "all.atom.xml")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a small site, served by nginx with the policy that hosts send."""
    root, port = tmp_path_factory.mktemp("style"), free_port()
    build_here(small_site(root / "content"), root / "output", url=f"http://127.0.0.1:{port}")
    policy = f'add_header Content-Security-Policy "{SITE_POLICY}";'
    with serving(root / "output", root / "nginx", port, policy) as served:
        yield served.url


@pytest.mark.parametrize("feed", _FEEDS)
@pytest.mark.parametrize(("scheme", "is_light"), [("light", True), ("dark", False)])
def test_feed_is_readable_in_a_browser(
    browser: Browser, address: str, feed: str, scheme: Literal["light", "dark"], is_light: bool
) -> None:
    """A browser shows titles and summaries without tags, no wider than the screen, in the preferred colour scheme."""
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page.goto(f"{address}/feeds/{feed}")
    shown = page.evaluate(
        "(getSelection().selectAllChildren(document.documentElement), getSelection().toString())",
    )
    assert "Text 3" in shown
    assert "A summary." in shown
    assert "<p>" not in shown
    assert "Help:" not in shown
    assert page.get_by_role("link").all_inner_texts()[:3] == [
        "These texts on our site", "How to follow this site", "Text 3",
    ]  # fmt: skip
    width, red = page.evaluate(
        "[document.documentElement.scrollWidth,"
        " Number(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])]"
    )
    assert width <= 320
    assert (red > 127) == is_light
    page.get_by_role("link", name="Text 3").click()
    assert page.url == f"{address}/articles/text-3/"
    page.close()
