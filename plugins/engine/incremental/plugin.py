"""The door of fast builds to Pelican: one build that does again only what changed."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.base import private_files
from plugins.base.files import File, FileChangedError, Files, read_file
from plugins.engine.cache.persistent import PersistentCache
from plugins.engine.cache.sqlite_store import StoreDamagedError
from plugins.engine.incremental.change_detection import CODE, ChangeSet, look_at, others
from plugins.engine.incremental.explain import close_to, find
from plugins.engine.incremental.lock import lock
from plugins.engine.incremental.options import Asked
from plugins.engine.incremental.snapshot import Snapshot, after, hash_of
from plugins.engine.incremental.state import State, StatePart
from plugins.engine.incremental.summary import summary
from plugins.engine.incremental.up_to_date import RecordedOutputIndex
from plugins.engine.output_index import WriteResult, beside
from plugins.engine.outputs import Output
from plugins.engine.plugin import check_folder, project_settings
from plugins.engine.settings import SettingsError, SiteSettings

#: The steps whose results are kept: each costs more than to read what it gave.
_STEPS = frozenset(
    {
        "entry",
        "body",
        "wording",
        "story-wording",
        "style-rules",
        "feed-text",
        "feed-fits",
        "receipt",
        "search",
        "pictures",
        "documents",
        "templates",
    }
)
_MEMO = "memo.sqlite"


class SeenFiles(Files):
    """The files of the content folder as they were seen when the build began.

    Args:
        look: what was seen.
    """

    def __init__(self, look: Snapshot, root: Path) -> None:
        super().__init__(root)
        self._look = look

    def listed(self) -> tuple[Iterable[str], Iterable[str]]:
        """Return the paths of plain files that were seen, and of all else."""
        files, folders, top = self._look.files, self._look.folders, f"{self.root}/"
        plain = [path for path, (_, digest) in files.items() if digest and not os.path.islink(top + path)]
        inside = ((f"{folder}/" if folder else "", names) for folder, (_, _, names) in folders.items())
        closed = {start + name for start, names in inside for name in names} - folders.keys()
        return plain, (files.keys() - plain) | closed

    def find(self, path: str) -> File:
        """Return the file ``path``.

        Raises:
            OSError: when it cannot be read.
        """
        seen = self._look.files.get(path)
        if seen is None or not seen[1]:
            return super().find(path)
        digest = seen[1]

        def read() -> bytes:
            try:
                data = read_file(self.root / path)
            except OSError as error:
                raise _changed(path) from error
            if hash_of(data) != digest:
                raise _changed(path)
            return data

        return File(digest, read)


def _changed(path: str) -> FileChangedError:
    return FileChangedError(f"{path} changed while the site was being built; build it again")


def build(asked: Asked, sight: ChangeSet | None = None) -> str:
    """Build the site and return the folder that it is in.

    Args:
        asked: what was asked for.
        sight: what was seen of the folders just now.

    Raises:
        SystemExit: with status 1 when the build fails, after its reasons were shown; nothing is written then.
        Stopped: when a person stopped it.
    """
    if asked.debug:
        # Pelican's own sign that the traceback of a mistake in the code is wanted.
        logging.getLogger().setLevel(logging.DEBUG)
    with contextlib.ExitStack() as held:
        changed: dict[str, Any] = {}
        if asked.from_scratch:
            changed["CACHE_PATH"] = held.enter_context(tempfile.TemporaryDirectory(prefix="from-scratch-"))
        try:
            check_folder(asked.content)
            settings = _settings(asked, changed)
            site = SiteSettings.from_pelican(settings)
        except ValueError as error:
            sys.exit(f"error: {error}")
        waited = held.enter_context(lock(Path(settings["OUTPUT_PATH"])))
        # What an earlier version left may be open to others; where it belongs to somebody else, nothing is remembered.
        with contextlib.suppress(OSError):
            private_files.make_folder(asked.place, asked.top)
        if sight is None or waited:
            sight = ChangeSet(asked)
        try:
            _OneBuild(asked, sight, settings, site).run()
        except StoreDamagedError:
            # Something was promised that is not there: nothing of what is remembered can be trusted.
            shutil.rmtree(asked.place, ignore_errors=True)
            _OneBuild(asked, ChangeSet(asked), settings, site).run()
    return str(settings["OUTPUT_PATH"])


class _OneBuild:
    """One build, from what is remembered to what is remembered."""

    def __init__(self, asked: Asked, sight: ChangeSet, settings: dict[str, Any], site: SiteSettings) -> None:
        if asked.from_scratch:
            shutil.rmtree(asked.place, ignore_errors=True)
        self._asked = asked
        self._unexplained = ""
        self._sight = sight
        self._settings = settings
        self._site = site
        self._output = str(settings["OUTPUT_PATH"])
        self._content = str(settings["PATH"])
        tops = dict.fromkeys((self._content, *others(settings), self._output))
        state, started = sight.state, sight.started
        self._looks = {
            top: sight.looks.get(top) or look_at(top, state, started, is_output=top == self._output) for top in tops
        }
        made = state.made.value if not self._looks[CODE].changed else {}
        renewed = sight.others or (("the code",) if state.trees and self._looks[CODE].changed else ())
        self._memo = PersistentCache(Path(asked.place, _MEMO), _STEPS, _maker(sight, self._looks[CODE]))
        self._ledger = RecordedOutputIndex(made, self._looks[self._output], self._memo.prints, renewed)

    def run(self) -> None:
        """Build, and write down what the next build may know."""
        site = self._settings["PELICAN_CLASS"](self._settings)
        content = self._looks[self._content]
        site.cache, site.output_index, site.files = self._memo, self._ledger, SeenFiles(content, Path(self._content))
        site.summarise = self._summary
        try:
            site.run()
        except SystemExit:
            # What was worked out stays of use when the mistake is mended.
            self._memo.write(all_seen=False)
            raise
        self._memo.write(all_seen=True)
        self._write("".join(site.told))
        if self._unexplained:
            sys.exit(f"error: {self._unexplained}")

    def _summary(self, outputs: Mapping[str, Output], placed: WriteResult) -> str:
        seconds = (time.time_ns() - self._sight.started) / 1e9
        told = summary(outputs, placed, self._looks[self._content].changed, seconds)
        return "\n".join((told, *self._explained(outputs)))

    def _explained(self, outputs: Mapping[str, Output]) -> Iterator[str]:
        if self._asked.explain:
            page = self._asked.explain
            output = find(page, outputs)
            if output is not None:
                yield f"{output.path} {self._ledger.why(output)}."
            else:
                close = close_to(page, outputs)
                self._unexplained = f"there is no page {page} to explain" + (
                    f"; did you mean {close} ?" if close else ""
                )

    def _write(self, told: str) -> None:
        made = self._ledger.made()
        known = self._sight.state.trees
        trees = {
            top: known[top] if top in known and not look.touched else StatePart.of(look.record)
            for top, look in self._looks.items()
        }
        # Without it, or with another, nobody could make a release: a build has something to do then.
        notes = str(beside(Path(self._output)))
        trees = {notes: StatePart.of(look_at(notes, State(), time.time_ns()).record), **trees}
        seen = after(
            self._looks[self._output].record, self._output, {path: file[1] for path, file in made.items()},
            self._ledger.changed, time.time_ns(),
        )  # fmt: skip
        trees[self._output] = StatePart.of(seen)
        pages = sum(path.endswith(".html") for path in made)
        day = self._site.as_of.isoformat()
        kept = tuple(str(name) for name in self._settings["OUTPUT_RETENTION"])
        state = State(self._sight.key, day, self._site.timezone, pages, told, kept, trees, StatePart.of(made))
        state.write(self._sight.file)


def _maker(sight: ChangeSet, code: Snapshot) -> bytes:
    """Return what stands for all that works results out: each file of our code was looked at already."""
    sources = sorted((path, digest) for path, (_, digest) in code.files.items() if path.endswith(".py"))
    return hash_of(repr((sight.tools, sources)).encode())


def _settings(asked: Asked, changed: Mapping[str, object]) -> dict[str, Any]:
    given = {name: _setting(name, value) for name, value in asked.changed}
    folders = {"PATH": asked.content, "OUTPUT_PATH": asked.output, "CACHE_PATH": asked.cache}
    given |= {name: str(Path(folder).resolve()) for name, folder in folders.items() if folder}
    if asked.as_of:
        given["AS_OF"] = asked.as_of
    return project_settings(production=asked.production, **{**given, **changed})


def _setting(name: str, value: str) -> Any:  # noqa: ANN401 - a setting may be anything
    try:
        return json.loads(value)
    except ValueError as error:
        message = (
            f"the value of {name} is `{value}`, which is not JSON ({error}); write, for example,  {name}='\"text\"'"
        )
        raise SettingsError(message) from error
