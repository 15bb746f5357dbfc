"""The door of the pages to Pelican: the class that runs a build, and the plan of every page."""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.log import console
from pelican.plugins._utils import get_plugin_name, load_legacy_plugin

from plugins.content_model.build import Build, Made, library_loaded, output_made, pages_wanted
from plugins.content_model.failure import Stopped, fault
from plugins.content_model.memo import Memo, NoMemo
from plugins.content_model.permalink import file
from plugins.content_model.problem import Problem, reports
from plugins.content_model.progress import watched
from plugins.content_model.settings import SettingsError
from plugins.content_model.source_lines import SourceLines
from plugins.content_model.terminal import counted, shown
from plugins.content_model.views import Card
from plugins.rendering.environment import JinjaTheme, ThemeError, safe_html
from plugins.rendering.finishing import document, finish
from plugins.rendering.page_spec import PageSpec
from plugins.rendering.pages import Pages
from plugins.rendering.settings import RenderingSettings
from plugins.rendering.staging import OutputFolderError, Placed, StagedFiles, Staging, open_staging, refuse_foreign


class Site(Pelican):  # type: ignore[misc]
    """Pelican, but a build succeeds wholly or changes nothing.

    Three things differ from Pelican's own class. A plugin that cannot be loaded stops the build, where Pelican logs
    it and goes on. Pelican's own generators do not run: they write as they go, and know nothing of our entries. All
    output is made first and put in place at the end.

    Attributes:
        memo: what builds of this process remember of each other; nothing, unless somebody sets it.
    """

    memo: Memo = NoMemo()

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
        try:
            placed = self._build()
        except (SettingsError, ThemeError, OutputFolderError) as error:
            print(f"error: {error}\n\nNothing was written.", file=sys.stderr)
            sys.exit(1)
        except KeyboardInterrupt:
            raise Stopped from None
        except Exception as error:
            if logging.getLogger().isEnabledFor(logging.DEBUG):
                traceback.print_exception(error)
            raise fault(error, outcome="Nothing was written.") from error
        summary = _summary(placed, Path(self.output_path), time.monotonic() - started)
        console.print(summary, highlight=False, soft_wrap=True)

    def _build(self) -> Placed:
        refuse_foreign(Path(self.output_path), content=Path(self.path), keep=self._keep)
        build = self.plan()
        build.complete()
        self._tell(build)
        placed = self.place(build)
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
            for work in build.ahead:
                work()
            for late in (False, True):
                self._make(build, staging, late=late)
            with _unstoppable():
                return staging.place()

    @property
    def _keep(self) -> list[str]:
        return [str(name) for name in self.settings["OUTPUT_RETENTION"]]

    def _make(self, build: Build, staging: Staging, *, late: bool) -> None:
        """Make the files, or the late ones, and let listeners read them before anything is put in place."""
        told = frozenset(build.problems)
        planned = [output for output in build.outputs if output.late == late]
        for output in watched(planned, len(planned), "Making pages", console):
            try:
                data = output.make()
            except Exception as error:
                error.add_note(f"making {output.path}")
                raise
            staging.put(output.path, data)
        output_made.send(Made(build, StagedFiles(staging, [output.path for output in planned]), late))
        build.problems.extend(build.outputs.problems)
        if told != frozenset(build.problems):
            self._tell(build, told)

    def _tell(self, build: Build, told: frozenset[Problem] = frozenset()) -> None:
        """Show every problem that was not ``told`` before; stop when one is an error."""
        for text in _reports([problem for problem in build.problems if problem not in told], Path(self.path)):
            print(text, end="\n\n", file=sys.stderr)
        errors, others = len(build.problems.errors), len(build.problems) - len(build.problems.errors)
        if errors:
            print(f"{counted(errors, 'error')}, {counted(others, 'warning')}. Nothing was written.", file=sys.stderr)
            sys.exit(1)
        if others:
            print(f"{counted(others, 'warning')}. The site is built all the same.", file=sys.stderr)


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
    fragments: dict[tuple[Card, ...], Markup] = {}

    def render(spec: PageSpec) -> bytes:
        page = finish(spec.show(), spec.permalink, build)
        if page.recent not in fragments:
            fragments[page.recent] = safe_html(build.theme.page("recent.html", cards=page.recent))
        # Known only when the page is made: a late one shows it.
        late = {"receipt": build.receipt} if spec.late else {}
        recent = fragments[page.recent]
        body = build.theme.page(spec.template, site=site, meta=page.meta, recent=recent, **page.inputs, **late)
        return document(page, spec.permalink, site, body, build).encode()

    for spec in specs:
        build.outputs.add(file(spec.permalink), spec.owner, partial(render, spec), late=spec.late)


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    pages_wanted.connect(plan)
