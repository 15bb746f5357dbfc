"""Run one build: it succeeds wholly or changes nothing."""

from __future__ import annotations

import contextlib
import importlib
import logging
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from plugins.base.cache import Cache, NoCache
from plugins.base.errors import Interrupted, UserError, internal_error
from plugins.base.files import Files
from plugins.base.parallel import run_in_processes
from plugins.base.problem import Problem, format_problems
from plugins.base.progress import track_share
from plugins.base.source_lines import SourceLines
from plugins.base.terminal import display_path, pluralise
from plugins.engine.build import Build, RenderedFiles, files_rendered
from plugins.engine.cache.sqlite_store import StoreDamagedError
from plugins.engine.output_folder import refuse_foreign
from plugins.engine.output_index import NoOutputIndex, OutputIndex, WriteResult
from plugins.engine.outputs import Output
from plugins.engine.staged_files import StagedFiles
from plugins.engine.stages import load_build, run_stages
from plugins.engine.staging import NOTHING_WRITTEN, Staged, Staging, open_staging


class SiteBuilder:
    """Builds the site; a build succeeds wholly or changes nothing.

    All output is made first and put in place at the end.

    Args:
        settings: all settings of the site.

    Attributes:
        cache: results of earlier builds; none by default.
        output_index: what is known about the files of the last build; nothing by default.
        files: the files of the content folder, when they have been scanned already.
        summarise: returns a line that says what a build did, for all outputs by path.
        messages: the printed problems.
        remove_staging: as ``remove`` of ``open_staging``.
    """

    cache: Cache = NoCache()
    output_index: OutputIndex = NoOutputIndex()
    files: Files | None = None
    summarise: Callable[[Mapping[str, Output], WriteResult], str] | None = None
    remove_staging: Callable[..., object] = staticmethod(shutil.rmtree)

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.path = str(settings["PATH"])
        self.output_path = str(settings["OUTPUT_PATH"])
        self.messages: list[str] = []
        self._outcome = NOTHING_WRITTEN
        register_plugins(settings)

    def run(self) -> None:
        """Build the site; whatever fails, exit with status 1 and without a traceback.

        Raises:
            InternalError: when the code or a template is at fault; the option ``--debug`` shows its traceback.
            Interrupted: after Ctrl-C.
        """
        started = time.monotonic()
        self._outcome = NOTHING_WRITTEN
        try:
            placed = self._build()
        except UserError as error:
            print(f"error: {error}\n\n{self._outcome}", file=sys.stderr)
            sys.exit(1)
        except KeyboardInterrupt:
            raise Interrupted from None
        except StoreDamagedError:
            # Not an error of the code: the caller deletes the cache and builds again.
            raise
        except Exception as error:
            if logging.getLogger().isEnabledFor(logging.DEBUG):
                traceback.print_exception(error)
            raise internal_error(error, outcome=self._outcome) from error
        if self.summarise is not None:
            summary = self.summarise(self._outputs, placed)
        else:
            summary = _summary(placed, Path(self.output_path), time.monotonic() - started)
        print(summary)

    def _build(self) -> WriteResult:
        self.messages.clear()
        refuse_foreign(
            Path(self.output_path), content=Path(self.path), keep=self._keep, is_ours=self.output_index.is_ours
        )
        build = self.plan()
        self.output_index.expect(list(build.outputs))
        build.complete()
        self._report(build)
        placed = self.place(build)
        self._outputs = {output.path: output for output in build.outputs}
        return placed

    def plan(self, before_stage: Callable[[Build], None] | None = None) -> Build:
        """Return a build with its pages planned and all that is wrong with them; ``complete`` plans the rest of it.

        Args:
            before_stage: as in ``run_stages``.

        Raises:
            SettingsError: when a setting cannot be used.
            ThemeError: when the theme cannot be used.
        """
        build = load_build(self.settings, self.cache, self.files)
        run_stages(build, before_stage)
        build.problems.extend(build.outputs.problems)
        return build

    def place(self, build: Build) -> WriteResult:
        """Render every output of ``build``, and then move all into place.

        Raises:
            OutputFolderError: as in ``refuse_foreign``.
        """
        with open_staging(
            Path(self.output_path), content=Path(self.path), keep=self._keep, is_ours=self.output_index.is_ours,
            remove=self.remove_staging,
        ) as staging:  # fmt: skip
            for late in (False, True):
                self._make(build, staging, late=late)
            notes = {name: make() for name, make in build.plan.notes.items()}
            with _unstoppable():
                try:
                    placed = staging.place(self.output_index.present, notes)
                finally:
                    self._outcome = staging.outcome
                self.output_index.record(staging.files, placed)
            return placed

    @property
    def _keep(self) -> list[str]:
        return [str(name) for name in self.settings["OUTPUT_RETENTION"]]

    def _make(self, build: Build, staging: Staging, *, late: bool) -> None:
        """Render the files, or the late ones, and send ``files_rendered`` before any is moved into place."""
        reported = frozenset(build.problems)
        planned = [output for output in build.outputs if output.late == late]
        up_to_date = self.output_index.up_to_date(planned)
        for path, known in up_to_date.items():
            staging.note(path, Staged(known, is_new=False))
        wanted = [output for output in planned if output.path not in up_to_date]

        def make(output: Output) -> Staged:
            try:
                data, hole = self.output_index.refilled(output) or output.filled()
            except Exception as error:
                error.add_note(f"making {output.path}")
                raise
            return staging.put(output.path, data, hole)

        bar = partial(track_share, label="Making pages", stream=sys.stdout)
        for output, staged in zip(wanted, run_in_processes(make, wanted, bar, attrgetter("topic")), strict=True):
            staging.note(output.path, staged)
        paths = [output.path for output in planned]
        digests = {path: staging.files[path].sha256 for path in paths}
        holes = {path: hole for path in paths if (hole := staging.files[path].hole)}
        files_rendered.send(RenderedFiles(build, StagedFiles(staging, paths), digests, late, holes))
        build.problems.extend(build.outputs.problems)
        if reported != frozenset(build.problems):
            self._report(build, reported)

    def _report(self, build: Build, reported: frozenset[Problem] = frozenset()) -> None:
        """Print every problem that is not in ``reported``; exit when one is an error."""
        for text in _reports([problem for problem in build.problems if problem not in reported], Path(self.path)):
            self._say(f"{text}\n")
        errors, others = len(build.problems.errors), len(build.problems) - len(build.problems.errors)
        if errors:
            print(f"{pluralise(errors, 'error')}, {pluralise(others, 'warning')}. {NOTHING_WRITTEN}", file=sys.stderr)
            sys.exit(1)
        if others:
            self._say(f"{pluralise(others, 'warning')}. No warning stops a build.")

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr)
        self.messages.append(f"{text}\n")


def register_plugins(settings: Mapping[str, Any]) -> None:
    """Load and register the plugins of a site; any failure is raised."""
    for name in settings["PLUGINS"]:
        importlib.import_module(name).register()


@contextlib.contextmanager
def _unstoppable() -> Iterator[None]:
    """Ignore Ctrl-C while files are moved into place: the site is the old one or the new one, never half."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _reports(problems: Iterable[Problem], content: Path) -> Iterator[str]:
    return format_problems(problems, root=display_path(content), source_line=SourceLines(content).line)


def _summary(placed: WriteResult, output: Path, seconds: float) -> str:
    total = len(placed.written) + placed.unchanged
    pages = [path for path in placed.written if path.endswith(".html")]
    return (
        f"Built {pluralise(total, 'file')} in {seconds:.2f} s: "
        f"{len(placed.written)} written ({pluralise(len(pages), 'page')}), "
        f"{placed.unchanged} unchanged, {len(placed.removed)} removed. They are in {display_path(output)}/"
    )
