"""Withdraw a story in steps that can be interrupted and repeated.

1. A note of the withdrawal is written to ``CACHE_PATH/withdrawing/<id>/``.
2. The tombstone is appended to ``register/withdrawn.yaml``. From then on, builds refuse the story's id.
3. The story's files move from the content folder to the folder of the note.
4. The caller builds the site and searches it for the content of the copy (``leak_search``).
5. The copy is deleted. Files that were never committed are kept for a day before, in
   ``CACHE_PATH/withdrawing/.kept-<id>/``, which only its owner can read.

A second run resumes where the first was interrupted, and has the same result.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import asdict, replace

from plugins.base import private_files
from plugins.base.atomic_write import replace_bytes
from plugins.base.dates import written
from plugins.base.files import Files, is_markdown, to_nfc
from plugins.content_model.loader import REGISTER, read_entry
from plugins.content_model.story import Story
from plugins.content_model.tombstone import Tombstone
from plugins.stories import history
from plugins.stories.lookup import StoryError, find_story, forms, matches
from plugins.stories.moving import move
from plugins.stories.visible_text import pictures
from plugins.stories.withdrawn_register import read_tombstones, with_tombstone
from plugins.views.view_builder import picture_path

FOLDER = "withdrawing"
_NOTE = "withdrawal.json"
_COPY = "copy"
_DONE = ".done-"
_KEPT = ".kept-"
#: The number of seconds for which uncommitted files are kept.
_DAY = 24 * 60 * 60
_REGISTER_FILE = f"{REGISTER}/withdrawn.yaml"


class Withdrawal(Struct, frozen=True):
    """A withdrawal that has begun.

    Attributes:
        id: the story's id.
        slug: the story's slug.
        file: its file, relative to the content folder.
        files: all files that move, relative to the content folder.
        content: the content folder.
        tombstone: the fields of the tombstone.
        addresses: the addresses at which readers could see any version, or none.
    """

    id: str
    slug: str
    file: str
    files: tuple[str, ...]
    content: str
    tombstone: dict[str, str | list[str]]
    addresses: tuple[str, ...] = ()


class Withdrawals:
    """Withdraws stories from one content folder.

    Args:
        content: the content folder.
        cache: the folder for copies until the site has been searched (``CACHE_PATH``).
        is_released: returns whether the newest release on this machine has a page at an address.
    """

    def __init__(self, content: Path, cache: Path, is_released: Callable[[str], bool] = lambda _address: False) -> None:
        self._content = content.resolve()
        self._cache, self._folder = cache, cache / FOLDER
        self._is_released = is_released

    def find(self, name: str, as_of: dt.date) -> Withdrawal | Tombstone:
        """Return the withdrawal of the story ``name``, which may have been interrupted, or a new one.

        Args:
            name: the story's file, folder, slug, address or id.
            as_of: the day of a new withdrawal.

        Returns:
            The tombstone if the story is already withdrawn.

        Raises:
            StoryError: if there is no such story.
        """
        self.sweep()
        wanted = forms(name, self._content)
        for begun in self._begun():
            if matches(wanted, begun.file, begun.slug, begun.id):
                return begun
        try:
            story = find_story(name, self._content)
        except StoryError:
            stone = self._tombstone(wanted)
            if stone is None:
                raise
            return stone
        return self._new(story, as_of)

    def has_begun(self, withdrawal: Withdrawal) -> bool:
        """Return whether an earlier run has begun ``withdrawal``."""
        return (self._folder / withdrawal.id / _NOTE).exists()

    def take_out(self, withdrawal: Withdrawal) -> None:
        """Do steps 1 to 3, or the rest of them."""
        note = self._folder / withdrawal.id / _NOTE
        private_files.make_folder(note.parent, self._cache)
        if not note.exists():
            replace_bytes(note, json.dumps(asdict(withdrawal), indent=1, ensure_ascii=False).encode(), is_private=True)
        self._add_tombstone(withdrawal)
        for path in withdrawal.files:
            move(self._content / path, self._folder / withdrawal.id / _COPY / path)
        folder = (self._content / withdrawal.file).parent
        for place in sorted((place for place in folder.rglob("*") if place.is_dir()), reverse=True):
            _remove_empty(place)
        while folder.name != Story.section and folder != self._content and _remove_empty(folder):
            folder = folder.parent

    def copies(self, withdrawal: Withdrawal) -> list[Path]:
        """Return the copies of the files that were removed."""
        return [self._folder / withdrawal.id / _COPY / path for path in withdrawal.files]

    def copy(self, withdrawal: Withdrawal) -> tuple[Story, dict[str, bytes]]:
        """Return the story before its withdrawal, and its other files by path.

        Raises:
            StoryError: if the copy cannot be read.
        """
        root = self._folder / withdrawal.id / _COPY
        story, _ = read_entry(root / withdrawal.file, withdrawal.file, Story)
        if not isinstance(story, Story):
            raise StoryError(
                f"the copy {root / withdrawal.file} cannot be read, so the site cannot be searched for its words; "
                "put the file back there as it was, from git or a backup, and run this again"
            )
        others = {path: (root / path).read_bytes() for path in withdrawal.files if path != withdrawal.file}
        return story, others

    def forget(self, withdrawal: Withdrawal) -> None:
        """Do step 5: delete the copy, except files that were never committed."""
        # One rename ends the withdrawal. If the rest is interrupted, the next command does it.
        keeps = bool(self._uncommitted(withdrawal, self._folder / withdrawal.id))
        home = self._folder / f"{_KEPT if keeps else _DONE}{withdrawal.id}"
        shutil.rmtree(home, ignore_errors=True)
        (self._folder / withdrawal.id).replace(home)
        self.sweep()

    def kept(self, identifier: str) -> Path | None:
        """Return the folder of the uncommitted files of a withdrawn story, or None."""
        return next(self._folder.glob(f"{_KEPT}{identifier}"), None)

    def sweep(self) -> None:
        """Finish interrupted runs, and delete files that were kept for a day."""
        for done in self._folder.glob(f"{_DONE}*"):
            shutil.rmtree(done)
        for kept in self._folder.glob(f"{_KEPT}*"):
            if time.time() - kept.stat().st_mtime >= _DAY:
                shutil.rmtree(kept)
            elif (kept / _NOTE).exists():
                # With a damaged note, all files of the copy are kept.
                with contextlib.suppress(StoryError):
                    self._thin_out(kept)
        if self._folder.is_dir():
            _remove_empty(self._folder)

    def _thin_out(self, kept: Path) -> None:
        """Delete the committed files of a copy, and the note."""
        withdrawal = _read_note(kept / _NOTE)
        for path in {*withdrawal.files} - self._uncommitted(withdrawal, kept):
            (kept / _COPY / path).unlink(missing_ok=True)
        (kept / _NOTE).unlink()

    def _uncommitted(self, withdrawal: Withdrawal, home: Path) -> set[str]:
        """Return the files of the copy in ``home`` that no commit holds as they are."""
        content = Path(withdrawal.content)
        files = [path for path in withdrawal.files if (home / _COPY / path).is_file()]
        return {path for path in files if not history.is_committed(content, path, (home / _COPY / path).read_bytes())}

    def _new(self, story: Story, as_of: dt.date) -> Withdrawal:
        public = history.public_versions(story, self._content, as_of, self._is_released)
        addresses = {address: None for version in (story, *public) for address in (version.permalink, *version.aliases)}
        return Withdrawal(
            story.id,
            story.slug,
            story.source.path,
            tuple(sorted(_own_files(story, self._content))),
            str(self._content),
            tombstone(story, as_of, public),
            tuple(addresses) if public else (),
        )

    def _begun(self) -> Iterator[Withdrawal]:
        for note in sorted(self._folder.glob(f"*/{_NOTE}")):
            if note.parent.name.startswith((_DONE, _KEPT)):
                continue
            begun = _read_note(note)
            if begun.content == str(self._content):
                yield begun

    def _tombstone(self, wanted: frozenset[str]) -> Tombstone | None:
        for stone in read_tombstones(self._content / _REGISTER_FILE):
            slug = stone.address.strip("/").rpartition("/")[2]
            if stone.kind == Story.kind_name and matches(wanted, stone.file or "", slug, stone.id):
                return stone
        return None

    def _add_tombstone(self, withdrawal: Withdrawal) -> None:
        file = self._content / _REGISTER_FILE
        if withdrawal.id in {stone.id for stone in read_tombstones(file)}:
            return
        text = file.read_bytes().decode("utf-8") if file.exists() else ""
        replace_bytes(file, with_tombstone(text, withdrawal.tombstone).encode())


def tombstone(story: Story, as_of: dt.date, public: Sequence[Story]) -> dict[str, str | list[str]]:
    """Return the tombstone of ``story``, withdrawn on the day ``as_of``. It has no content of the story and no reason.

    ``public`` are the versions of the story that readers could see.
    """
    published = min(story.published or as_of, as_of)
    fields: dict[str, str | list[str]] = {
        "id": story.id,
        "kind": story.kind_name,
        "address": story.permalink,
        "aliases": list(story.aliases),
        "published": written(published),
        "withdrawn_on": as_of.isoformat(),
        "author": story.author,
        "topics": list(story.topics),
        "feed_id": story.feed_id or "",
        "in_feeds": "true" if any(version.allows("feed") for version in public) else "false",
        "was_public": "true" if public else "false",
        "file": story.source.path,
    }
    return {name: value for name, value in fields.items() if value}


def _read_note(note: Path) -> Withdrawal:
    """Parse a note.

    Raises:
        StoryError: if it is damaged.
    """
    try:
        begun = Withdrawal(**json.loads(note.read_bytes()))
        return replace(begun, files=tuple(begun.files), addresses=tuple(begun.addresses))
    except (ValueError, TypeError) as error:
        raise StoryError(
            f"{note} notes a withdrawal that was begun, and is damaged; what it had taken out is beside it. "
            "See that the content no longer holds it, delete that folder, and run this again"
        ) from error


def _own_files(story: Story, content: Path) -> Iterator[str]:
    """Yield the story's folder if the story has its own, else its file and the pictures that only it names."""
    folder = PurePosixPath(story.source.path).parent
    paths = Files(content).paths
    below = [content / path for path in paths if path.startswith(f"{folder}/")]
    texts = [file for file in below if is_markdown(file.name) and file != content / story.source.path]
    if not texts and folder.as_posix() != Story.section:
        yield from (file.relative_to(content).as_posix() for file in (content / folder).rglob("*") if file.is_file())
        return
    yield story.source.path
    others = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in texts)
    named = {picture_path(story, name) for name in pictures(story)}
    yield from (path for path in paths if to_nfc(path) in named and PurePosixPath(path).name not in others)


def _remove_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
