"""Watching for saves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from plugins.content_model.failure import MendableError
from plugins.preview import watching
from plugins.preview.desk import Desk
from plugins.preview.messages import Options
from plugins.preview.ports import listen
from plugins.preview.watching import Folders


def test_a_system_that_watches_no_more_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system's limit is reached, the preview ends with what it is and how to raise it."""

    async def limited(*_: object, **__: object) -> AsyncIterator[object]:
        await asyncio.sleep(0)
        raise OSError('OS file watch limit reached. about ["/srv"]')
        yield

    async def nothing(_: Desk) -> None:
        pass

    monkeypatch.setattr(watching, "awatch", limited)
    monkeypatch.setattr(Desk, "_begin", nothing)
    said: list[str] = []
    desk = Desk(Options(), Folders(tmp_path, tmp_path, tmp_path), said.append, said.append)
    with listen(0) as listening, pytest.raises(MendableError) as found:
        desk.run(listening, lambda: None)
    assert "saves cannot be noticed: OS file watch limit reached" in str(found.value)
    assert "sudo sysctl fs.inotify.max_user_watches=" in str(found.value)
    assert said == []
