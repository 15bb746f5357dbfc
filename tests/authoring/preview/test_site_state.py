"""Test what the preview answers while the site is being planned."""

from __future__ import annotations

import asyncio

from plugins.authoring.preview.messages import FilesReply, Planned
from plugins.authoring.preview.site_state import SiteState
from tests.coroutines import run

FEED = "feeds/all.rss.xml"


def test_a_file_that_is_not_planned_yet_is_asked_for() -> None:
    """Before the first whole plan the worker is asked for any file, later only for those that there are."""
    asked: list[str] = []

    async def answers() -> tuple[bytes | None, bytes | None]:
        state = SiteState(asked.append)
        state.take(Planned(frozenset({"index.html"}), {}, is_whole=False))
        feed = asyncio.create_task(state.file(FEED))
        await asyncio.sleep(0)
        state.take(FilesReply(FEED, b"<rss>"))
        state.take(Planned(frozenset({"index.html", FEED}), {}))
        return await feed, await state.file("nowhere.html")

    assert run(answers()) == (b"<rss>", None)
    assert asked == [FEED]
