"""Watch the content, the theme and the code, and decide which changes need a new worker process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from msgspec import Struct
from watchfiles import Change, awatch

from plugins.base.errors import UserError
from plugins.base.files import is_ignored

#: Debounce of one save (milliseconds), because many editors write a file in several steps.
_STEP = 20
_AT_MOST = 200
#: A cancelled watcher ends within this time (milliseconds).
_LOOK_UP = 500

#: Linux limits the files that all programs of a user watch.
_MORE = (
    "Close other programs that watch files, such as editors, or allow more:  "
    "sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512"
)


class Folders(Struct, frozen=True):
    """What is watched.

    Attributes:
        content: the content folder.
        theme: the theme's folder.
        root: the project, with the settings and ``plugins/``.
    """

    content: Path
    theme: Path
    root: Path

    def is_code(self, file: str) -> bool:
        """Return whether a change of ``file`` needs a new worker process."""
        path = Path(file)
        return path.suffix == ".py" and not any(folder in path.parents for folder in (self.content, self.theme))


async def changes(folders: Folders) -> AsyncIterator[tuple[str, ...]]:
    """Yield the files of each change, as it is noticed.

    Raises:
        UserError: when the system watches no more files; in a group.
    """
    found: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()

    def counts(_: Change, file: str) -> bool:
        return is_written(file, folders)

    async def watch(*watched: Path, recursive: bool) -> None:
        try:
            async for some in awatch(
                *watched, watch_filter=counts, debounce=_AT_MOST, step=_STEP, rust_timeout=_LOOK_UP, recursive=recursive
            ):
                found.put_nowait(tuple(sorted({file for _, file in some})))
        except OSError as error:
            raise UserError(f"saves cannot be noticed: {error}. {_MORE}") from error

    below = [folder for folder in (folders.content, folders.theme, folders.root / "plugins") if folder.is_dir()]
    # The settings files are in the project's own folder. An editor often replaces a file, so the folder is watched
    # rather than the file, without its subfolders.
    async with asyncio.TaskGroup() as group:
        group.create_task(watch(*below, recursive=True))
        group.create_task(watch(folders.root, recursive=False))
        while True:
            yield await found.get()


def is_written(file: str, folders: Folders) -> bool:
    """Return whether ``file`` is one that people write, and no temporary or compiled file."""
    path = Path(file)
    inside = path
    for folder in (folders.content, folders.theme, folders.root):
        if folder in path.parents:
            inside = path.relative_to(folder)
            break
    return not is_ignored(inside.as_posix()) and path.suffix != ".pyc"
