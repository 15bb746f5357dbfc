"""Test the watcher of saved files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from plugins.authoring.preview import watcher
from plugins.authoring.preview.messages import ServeOptions
from plugins.authoring.preview.ports import listen
from plugins.authoring.preview.server import LiveServer
from plugins.authoring.preview.watcher import Folders
from plugins.base.errors import UserError
from tests import coroutines


def test_the_limit_of_watches_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the system's limit of watches, the preview ends with the limit and how to raise it."""

    async def limited(*_: object, **__: object) -> AsyncIterator[object]:
        await asyncio.sleep(0)
        raise OSError('OS file watch limit reached. about ["/srv"]')
        yield

    async def nothing(_: LiveServer) -> None:
        pass

    monkeypatch.setattr(watcher, "awatch", limited)
    monkeypatch.setattr(LiveServer, "_begin", nothing)
    said: list[str] = []
    desk = LiveServer(ServeOptions(), Folders(tmp_path, tmp_path, tmp_path), said.append, said.append)
    with coroutines.without_event_loop(), listen(0) as listening, pytest.raises(UserError) as found:
        desk.run(listening, lambda: None)
    assert "saves cannot be noticed: OS file watch limit reached" in str(found.value)
    assert "sudo sysctl fs.inotify.max_user_watches=" in str(found.value)
    assert said == []
