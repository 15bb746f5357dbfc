"""Turn problems and exceptions into what the browser and the terminal show."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path

from plugins.authoring.preview.messages import Diagnostics, ShownProblem
from plugins.base.errors import UserError, os_error_message
from plugins.base.problem import Problem, Severity, format_problems
from plugins.base.source_lines import SourceLines, lines_of
from plugins.base.terminal import display_path
from plugins.engine.settings import SettingsError

#: Lines shown above and below the one at fault.
_AROUND = 2


class DiagnosticsReporter:
    """Makes diagnostics of builds and of exceptions while building.

    Args:
        content: the content folder, to which the paths of problems are relative.
        root: the project; an exception is shown at its last frame in this folder or the theme.
        theme: the theme's folder.
        settings: the file of the settings.
    """

    def __init__(self, content: Path, root: Path, theme: Path, settings: Path) -> None:
        self._content = content
        self._inside = (root.resolve(), theme.resolve())
        self._settings = settings
        self._known: frozenset[Problem] = frozenset()

    def build(self, problems: Iterable[Problem]) -> Diagnostics:
        """Return the errors of a build, and a report of all problems that were not reported before."""
        found = tuple(problems)
        errors = [problem for problem in found if problem.severity is Severity.ERROR]
        fresh = [problem for problem in found if problem not in self._known and not problem.brief]
        self._known = frozenset(found)
        text = "\n\n".join(
            format_problems(fresh, root=display_path(self._content), source_line=SourceLines(self._content).line)
        )
        return Diagnostics(tuple(map(self._shown, errors)), text)

    def exception(self, error: BaseException) -> Diagnostics:
        """Return the diagnostics of an exception, in words for the author."""
        self._known = frozenset()
        if isinstance(error, SettingsError):
            problem = ShownProblem(
                display_path(self._settings), 0, 0, "bad-setting", str(error), "change the setting and save"
            )
            return Diagnostics((problem,), f"error[{problem.name}]: {error}")
        if reason := os_error_message(error) or (str(error) if isinstance(error, UserError) else ""):
            problem = ShownProblem(
                display_path(self._content), 0, 0, "not-built", reason, "do so, and save any file to try again"
            )
            return Diagnostics((problem,), f"error[{problem.name}]: {reason}")
        file, line = self._place(error)
        what = f"{type(error).__name__}: {getattr(error, 'message', None) or error}"
        name = "template-error" if file.suffix == ".html" else "plugin-error"
        hint = "mend the line and save; the terminal shows how it was reached"
        problem = ShownProblem(display_path(file), line, 1, name, what, hint, around(file, line))
        return Diagnostics((problem,), "".join(traceback.format_exception(error)))

    def _shown(self, problem: Problem) -> ShownProblem:
        file = self._content / problem.path
        if not file.is_file() and (self._inside[0] / problem.path).is_file():
            file = self._inside[0] / problem.path
        place = problem.position
        lines = around(file, place.line)
        return ShownProblem(
            display_path(file), place.line, place.column, problem.name, problem.message, problem.hint, lines
        )

    def _place(self, error: BaseException) -> tuple[Path, int]:
        """Return file and line of the last frame of the exception in the project or the theme."""
        found = (Path("the build"), 0)
        for frame, line in traceback.walk_tb(error.__traceback__):
            file = Path(frame.f_code.co_filename)
            if file.is_file() and any(folder in file.resolve().parents for folder in self._inside):
                found = (file, line)
        # A template with a syntax error names its own place and has no frame.
        name, number = getattr(error, "filename", None), getattr(error, "lineno", None)
        return (Path(str(name)), int(number)) if name and number else found


def startup(error: BaseException) -> Diagnostics:
    """Return the diagnostics of settings or plugins that could not be loaded."""
    root = Path(__file__).resolve().parents[3]
    reporter = DiagnosticsReporter(root / "content", root, root / "theme", root / "pelicanconf.py")
    # Settings that cannot be read are shown at their line.
    return reporter.exception(error.__cause__ or error if isinstance(error, SettingsError) else error)


def around(file: Path, line: int) -> tuple[tuple[int, str], ...]:
    """Return the lines of ``file`` around ``line`` with their numbers; none where it cannot be read."""
    lines = lines_of(file) if line else []
    first = max(1, line - _AROUND)
    return tuple(enumerate(lines[first - 1 : line + _AROUND], start=first))
