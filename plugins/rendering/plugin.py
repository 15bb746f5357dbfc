"""The door of the pages to Pelican: the class that runs a build, and the plan of every page."""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.log import console
from pelican.plugins._utils import get_plugin_name, load_legacy_plugin

from plugins.content_model.build import Build, Made, library_loaded, output_made, pages_wanted
from plugins.content_model.failure import MendableError, Stopped, fault
from plugins.content_model.files import Files
from plugins.content_model.findable import Findable
from plugins.content_model.ledger import Ledger, NoLedger, Placed
from plugins.content_model.memo import Memo, NoMemo
from plugins.content_model.outputs import Output, Recipe
from plugins.content_model.permalink import file
from plugins.content_model.problem import Problem, reports
from plugins.content_model.progress import watched_share
from plugins.content_model.source_lines import SourceLines
from plugins.content_model.spreading import over_processes
from plugins.content_model.store import StoreDamagedError
from plugins.content_model.terminal import counted, shown
from plugins.rendering.environment import JinjaTheme
from plugins.rendering.finishing import finish
from plugins.rendering.output_folder import refuse_foreign
from plugins.rendering.page_spec import PageSpec
from plugins.rendering.pages import Pages
from plugins.rendering.press import PageInputs, Press, parts
from plugins.rendering.settings import RenderingSettings
from plugins.rendering.staged_files import StagedFiles
from plugins.rendering.staging import NOTHING_WRITTEN, Staged, Staging, open_staging


class Site(Pelican):  # type: ignore[misc]
    """Pelican, but a build succeeds wholly or changes nothing.

    Three things differ from Pelican's own class. A plugin that cannot be loaded stops the build, where Pelican logs
    it and goes on. Pelican's own generators do not run: they write as they go, and know nothing of our entries. All
    output is made first and put in place at the end.

    Attributes:
        memo: what builds remember of each other; nothing, unless somebody sets it.
        ledger: what is known of the files of the last build; nothing, unless somebody sets it.
        files: those of the content folder, where somebody has looked at them already.
        summarise: says in a line what a build did; given all outputs by path.
        told: what was said of problems.
    """

    memo: Memo = NoMemo()
    ledger: Ledger = NoLedger()
    files: Files | None = None
    summarise: Callable[[Mapping[str, Output], Placed], str] | None = None

    def __init__(self, settings: dict[str, Any]) -> None:
        self.told: list[str] = []
        self._outcome = NOTHING_WRITTEN
        super().__init__(settings)

    def init_plugins(self) -> None:
        """Load and register the plugins; any failure is raised."""
        self.plugins = [load_legacy_plugin(name, []) for name in self.settings["PLUGINS"]]
        for plugin in self.plugins:
            plugin.register()
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]

    def run(self) -> None:
        """Build the site; whatever fails, exit with status 1 and without a traceback.

        Raises:
            CodeFault: when the code or a template is at fault; with ``--debug``, Pelican's own option, its traceback is
                shown before.
            Stopped: when a person stopped it.
        """
        started = time.monotonic()
        self._outcome = NOTHING_WRITTEN
        try:
            placed = self._build()
        except MendableError as error:
            print(f"error: {error}\n\n{self._outcome}", file=sys.stderr)
            sys.exit(1)
        except KeyboardInterrupt:
            raise Stopped from None
        except StoreDamagedError:
            # Nobody's mistake: whoever gave the memo begins again without it.
            raise
        except Exception as error:
            if logging.getLogger().isEnabledFor(logging.DEBUG):
                traceback.print_exception(error)
            raise fault(error, outcome=self._outcome) from error
        if self.summarise is not None:
            summary = self.summarise(self._outputs, placed)
        else:
            summary = _summary(placed, Path(self.output_path), time.monotonic() - started)
        console.print(summary, highlight=False, soft_wrap=True)

    def _build(self) -> Placed:
        self.told.clear()
        refuse_foreign(Path(self.output_path), content=Path(self.path), keep=self._keep)
        build = self.plan()
        build.complete()
        self._tell(build)
        placed = self.place(build)
        self._outputs = {output.path: output for output in build.outputs}
        signals.finalized.send(self)
        return placed

    def plan(self, look: Callable[[Build], None] | None = None) -> Build:
        """Return a build with its pages planned and all that is wrong with them; ``complete`` plans the rest of it.

        Args:
            look: is shown the build before each of its stages.

        Raises:
            SettingsError: when a setting cannot be used.
            ThemeError: when the theme cannot be used.
        """
        context: dict[str, Any] = self.settings.copy()
        context.update(
            generated_content={},
            static_links=set(),
            static_content={},
            localsiteurl=self.settings["SITEURL"],
            memo=self.memo,
            files=self.files,
            look=look,
        )
        classes = [generator for _, generator in signals.get_generators.send(self)]
        generators = [
            cls(context=context, settings=self.settings, path=self.path, theme=self.theme, output_path=self.output_path)
            for cls in sorted(classes, key=lambda cls: str(cls.__name__))
        ]
        for generator in generators:
            generator.generate_context()
        signals.all_generators_finalized.send(generators)
        build: Build = context["build"]
        build.problems.extend(build.outputs.problems)
        return build

    def place(self, build: Build) -> Placed:
        """Make every output of ``build``, and then put all in place.

        Raises:
            OutputFolderError: when the output folder is not ours to write.
        """
        with open_staging(Path(self.output_path), content=Path(self.path), keep=self._keep) as staging:
            for late in (False, True):
                self._make(build, staging, late=late)
            notes = {name: make() for name, make in build.notes.items()}
            with _unstoppable():
                try:
                    placed = staging.place(self.ledger.present, notes)
                finally:
                    self._outcome = staging.outcome
                self.ledger.placed(staging.files, placed)
            return placed

    @property
    def _keep(self) -> list[str]:
        return [str(name) for name in self.settings["OUTPUT_RETENTION"]]

    def _make(self, build: Build, staging: Staging, *, late: bool) -> None:
        """Make the files, or the late ones, and let listeners read them before anything is put in place."""
        told = frozenset(build.problems)
        planned = [output for output in build.outputs if output.late == late]
        standing = self.ledger.standing(planned)
        for path, known in standing.items():
            staging.note(path, Staged(known, is_new=False))
        wanted = [output for output in planned if output.path not in standing]
        if not late:
            for work in build.ahead:
                work({output.path for output in wanted})

        def make(output: Output) -> Staged:
            try:
                data = output.make()
            except Exception as error:
                error.add_note(f"making {output.path}")
                raise
            return staging.put(output.path, data)

        bar = partial(watched_share, label="Making pages", console=console)
        for output, staged in zip(wanted, over_processes(make, wanted, bar), strict=True):
            staging.note(output.path, staged)
        paths = [output.path for output in planned]
        digests = {path: staging.files[path].sha256 for path in paths}
        output_made.send(Made(build, StagedFiles(staging, paths), digests, late))
        build.problems.extend(build.outputs.problems)
        if told != frozenset(build.problems):
            self._tell(build, told)

    def _tell(self, build: Build, told: frozenset[Problem] = frozenset()) -> None:
        """Show every problem that was not ``told`` before; stop when one is an error."""
        for text in _reports([problem for problem in build.problems if problem not in told], Path(self.path)):
            self._say(f"{text}\n")
        errors, others = len(build.problems.errors), len(build.problems) - len(build.problems.errors)
        if errors:
            print(f"{counted(errors, 'error')}, {counted(others, 'warning')}. {NOTHING_WRITTEN}", file=sys.stderr)
            sys.exit(1)
        if others:
            self._say(f"{counted(others, 'warning')}. No warning stops a build.")

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr)
        self.told.append(f"{text}\n")


@contextlib.contextmanager
def _unstoppable() -> Iterator[None]:
    """Let no Ctrl-C through while files are put in place: the site is the old one or the new one, never half."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _reports(problems: Iterable[Problem], content: Path) -> Iterator[str]:
    return reports(problems, root=shown(content), source_line=SourceLines(content).line)


def _summary(placed: Placed, output: Path, seconds: float) -> str:
    total = len(placed.written) + placed.unchanged
    pages = [path for path in placed.written if path.endswith(".html")]
    return (
        f"Built {counted(total, 'file')} in {seconds:.2f} s: "
        f"{len(placed.written)} written ({counted(len(pages), 'page')}), "
        f"{placed.unchanged} unchanged, {len(placed.removed)} removed. They are in {shown(output)}/"
    )


def prepare(build: Build) -> None:
    """Give the build its theme."""
    build.theme = JinjaTheme(build.theme_folder, build.site, build.memo)


def plan(build: Build) -> None:
    """Plan a file for each page; they are rendered later, when every problem is known."""
    pages = Pages(build, RenderingSettings.from_pelican(build.settings))
    specs = list(pages.specs())
    site = pages.site(frozenset(spec.permalink for spec in specs))
    press = Press(build.theme, build.styles)

    def inputs(spec: PageSpec) -> PageInputs:
        shown = finish(spec.show(), spec.permalink, build)
        if spec.late:
            # Known only when the page is made.
            shown = replace(shown, inputs={**shown.inputs, "receipt": build.receipt})
        return PageInputs(build.theme.digest, build.styles.digest, spec.template, site, build.site.url, shown)

    for spec in specs:
        recipe = Recipe(partial(inputs, spec), press.document, parts)
        build.outputs.add(file(spec.permalink), spec.owner, recipe, late=spec.late)

    def findable() -> Sequence[Findable]:
        # Of two pages at one address, which is a problem, either will do.
        found = {page.permalink: page for page in (spec.found() for spec in specs) if page is not None}
        return tuple(found[address] for address in sorted(found))

    build.findable = findable


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    pages_wanted.connect(plan)
