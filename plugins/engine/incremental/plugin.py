"""Run an incremental build: render only the files whose inputs changed."""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from plugins.base import private_files
from plugins.engine.cache.persistent import PersistentCache
from plugins.engine.cache.sqlite_store import StoreDamagedError
from plugins.engine.incremental.change_detection import CODE, ChangeSet, input_folders, scan_folder
from plugins.engine.incremental.explain import close_to, find
from plugins.engine.incremental.lock import lock
from plugins.engine.incremental.options import BuildOptions
from plugins.engine.incremental.recorded_output_index import RecordedOutputIndex
from plugins.engine.incremental.snapshot import Snapshot, after, hash_of
from plugins.engine.incremental.snapshot_files import SnapshotFiles
from plugins.engine.incremental.state import State, StatePart
from plugins.engine.incremental.summary import summary
from plugins.engine.output_index import WriteResult, beside
from plugins.engine.outputs import Output
from plugins.engine.settings import SettingsError, SiteSettings
from plugins.engine.site_builder import SiteBuilder
from plugins.engine.workspace import check_folder, has_foreign_plugin, project_settings

#: The steps whose results are cached. Each takes longer than reading its result.
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
        "search parts",
        "search words",
        "templates",
        "register",
        "contrast",
        "palette",
        "measure",
        "missing letters",
        "contacts",
    }
)
_CACHE_FILE = "memo.sqlite"


def build(options: BuildOptions, changes: ChangeSet | None = None) -> str:
    """Build the site and return the folder that it is in.

    Args:
        options: the options of the build.
        changes: the changes that ``nothing_to_do`` found; detected here when None.

    Raises:
        SystemExit: with status 1 when the build fails, after its reasons were shown; nothing is written then.
        Interrupted: after Ctrl-C.
    """
    if options.debug:
        # Pelican's ``--debug`` does the same, and ``SiteBuilder`` checks the level.
        logging.getLogger().setLevel(logging.DEBUG)
    with contextlib.ExitStack() as held:
        changed: dict[str, Any] = {}
        if options.from_scratch:
            changed["CACHE_PATH"] = held.enter_context(tempfile.TemporaryDirectory(prefix="from-scratch-"))
        try:
            check_folder(options.content)
            is_checked = changes is not None and changes.has_same_code
            settings = _settings(options, changed, is_checked=is_checked)
            site = SiteSettings.from_pelican(settings)
        except ValueError as error:
            sys.exit(f"error: {error}")
        waited = held.enter_context(lock(Path(settings["OUTPUT_PATH"])))
        # A folder of an earlier version may be readable by others. One of another owner is not used.
        with contextlib.suppress(OSError):
            private_files.make_folder(options.state_folder, options.cache_folder)
        if changes is None or waited:
            changes = ChangeSet(options)
        builder = _kind(settings)(settings)
        try:
            _OneBuild(options, changes, settings, site).run(builder)
        except StoreDamagedError:
            # A value that the cache refers to is missing, so nothing in the cache can be trusted.
            shutil.rmtree(options.state_folder, ignore_errors=True)
            _OneBuild(options, ChangeSet(options), settings, site).run(builder)
    return str(settings["OUTPUT_PATH"])


class _OneBuild:
    """One build, from reading the state to writing the next one."""

    def __init__(self, options: BuildOptions, changes: ChangeSet, settings: dict[str, Any], site: SiteSettings) -> None:
        if options.from_scratch:
            shutil.rmtree(options.state_folder, ignore_errors=True)
        self._options = options
        self._unexplained = ""
        self._changes = changes
        self._settings = settings
        self._site = site
        self._output = str(settings["OUTPUT_PATH"])
        self._content = str(settings["PATH"])
        tops = dict.fromkeys((self._content, *input_folders(settings), self._output))
        state, started = changes.state, changes.started
        self._snapshots = {
            top: changes.snapshots.get(top) or scan_folder(top, state, started, is_output=top == self._output)
            for top in tops
        }
        known = state if not self._snapshots[CODE].changed else State()
        renewed = changes.changed_parts or (("the code",) if state.trees and self._snapshots[CODE].changed else ())
        self._cache = PersistentCache(
            Path(options.state_folder, _CACHE_FILE), _STEPS, _maker(changes, self._snapshots[CODE])
        )
        self._output_index = RecordedOutputIndex(
            known, self._output, self._snapshots[self._output], self._cache.prints, renewed
        )

    def run(self, site: SiteBuilder) -> None:
        """Build with ``site``, and write the cache and the state for the next build."""
        content = self._snapshots[self._content]
        site.cache, site.output_index, site.files = (
            self._cache,
            self._output_index,
            SnapshotFiles(content, Path(self._content)),
        )
        site.summarise = self._summary
        # The replaced files are removed while the cache is written, because the disk takes most of that time.
        with ThreadPoolExecutor(max_workers=1) as thread:
            site.remove_staging = lambda *given, **options: thread.submit(shutil.rmtree, *given, **options)
            try:
                site.run()
            except SystemExit:
                # Results stay valid when the error is corrected.
                self._cache.write(all_seen=False)
                raise
            finally:
                self._output_index.cancel()
            self._cache.write(all_seen=True)
            self._write("".join(site.messages))
        if self._unexplained:
            sys.exit(f"error: {self._unexplained}")

    def _summary(self, outputs: Mapping[str, Output], placed: WriteResult) -> str:
        seconds = (time.time_ns() - self._changes.started) / 1e9
        line = summary(outputs, placed, self._snapshots[self._content].changed, seconds)
        return "\n".join((line, *self._explained(outputs)))

    def _explained(self, outputs: Mapping[str, Output]) -> Iterator[str]:
        if self._options.explain:
            page = self._options.explain
            output = find(page, outputs)
            if output is not None:
                yield f"{output.path} {self._output_index.why(output)}."
            else:
                close = close_to(page, outputs)
                self._unexplained = f"there is no page {page} to explain" + (
                    f"; did you mean {close} ?" if close else ""
                )

    def _write(self, messages: str) -> None:
        made = self._output_index.made()
        known = self._changes.state.trees
        trees = {
            top: known[top] if top in known and not snapshot.touched else StatePart.of(snapshot.record)
            for top, snapshot in self._snapshots.items()
        }
        # A release needs these files, so a build runs when they are missing or differ.
        notes = str(beside(Path(self._output)))
        trees = {notes: StatePart.of(scan_folder(notes, State(), time.time_ns()).record), **trees}
        output = after(
            self._snapshots[self._output].record, self._output, {path: file[1] for path, file in made.items()},
            self._output_index.changed, time.time_ns(),
        )  # fmt: skip
        trees[self._output] = StatePart.of(output)
        pages = sum(path.endswith(".html") for path in made)
        day = self._site.as_of.isoformat()
        kept = tuple(str(name) for name in self._settings["OUTPUT_RETENTION"])
        inserts = StatePart.of(self._output_index.inserts)
        state = State(
            self._changes.key, day, self._site.timezone, pages, messages, kept, trees, StatePart.of(made), inserts
        )
        state.write(self._changes.file)


def _kind(settings: Mapping[str, Any]) -> type[SiteBuilder]:
    """Return the class that builds the site. A plugin that is not one of ours may need Pelican's signals."""
    if not has_foreign_plugin(settings):
        return SiteBuilder
    # Imported here, because the import takes longer than many an edit.
    from plugins.engine.site import AtomicPelican  # noqa: PLC0415

    return AtomicPelican


def _maker(changes: ChangeSet, code: Snapshot) -> bytes:
    """Return a digest of everything that computes results: Python, libraries and this project's code."""
    sources = sorted((path, digest) for path, (_, digest) in code.files.items() if path.endswith(".py"))
    return hash_of(repr((changes.tools, sources)).encode())


def _settings(options: BuildOptions, changed: Mapping[str, object], *, is_checked: bool) -> dict[str, Any]:
    given = {name: _setting(name, value) for name, value in options.changed}
    folders = {"PATH": options.content, "OUTPUT_PATH": options.output, "CACHE_PATH": options.cache}
    given |= {name: str(Path(folder).resolve()) for name, folder in folders.items() if folder}
    if options.as_of:
        given["AS_OF"] = options.as_of
    return project_settings({**given, **changed}, production=options.production, is_checked=is_checked)


def _setting(name: str, value: str) -> Any:  # noqa: ANN401 - a setting may be anything
    try:
        return json.loads(value)
    except ValueError as error:
        message = (
            f"the value of {name} is `{value}`, which is not JSON ({error}); write, for example,  {name}='\"text\"'"
        )
        raise SettingsError(message) from error
