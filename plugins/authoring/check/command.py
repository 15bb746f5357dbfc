"""``inv check``: print the problems of the content, and correct some of them with ``--fix``."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from plugins.authoring.check.autofix import autofix
from plugins.authoring.check.report import FORMATS
from plugins.authoring.check.run import STEP, Outcome, check_content
from plugins.authoring.check.spelling import SpellingError
from plugins.base.atomic_write import replace_bytes
from plugins.base.cache import Cache, NoCache
from plugins.base.errors import UserError
from plugins.base.files import Files, is_markdown, read_file
from plugins.base.line_ends import unix_line_ends
from plugins.base.problem import Problem, Severity
from plugins.content_model.loader import KINDS, REGISTER
from plugins.engine.cache.persistent import PersistentCache
from plugins.engine.cache.sqlite_store import StoreDamagedError
from plugins.engine.settings import SettingsError
from plugins.engine.site_builder import register_plugins
from plugins.engine.stages import load_build
from plugins.engine.workspace import Workspace, workspace

#: The file of the cache of checks, in ``CACHE_PATH``.
_CACHE_FILE = "check.sqlite"
#: The steps of a build, and of the check itself, whose results are kept from one check to the next.
_REMEMBERED = (
    "entry", "body", "story-wording", "wording", "style-rules", "templates", "feed-text", "feed-fits",
    "search", "receipt", STEP,
)  # fmt: skip


def check(  # noqa: PLR0913 - one for each option of the command
    paths: Sequence[str] = (), *, fix: bool = False, yes: bool = False, form: str = "text", content: str = "",
    as_of: str = "", cache: str = "",
) -> None:  # fmt: skip
    """Print what an editor should know of the content.

    Args:
        paths: files and folders to check; all content when none is given.
        fix: True corrects what needs no judgement: shows the changes, asks, and writes them.
        yes: True writes them without asking.
        form: one of ``FORMATS``.
        content: the content folder; that of the settings when "".
        as_of: the day, ``2026-11-22``; today when "".
        cache: the folder of the cache; that of the settings when "".

    Raises:
        SystemExit: with status 1 when there is an error in the content, or when nothing could be checked.
    """
    if form not in FORMATS:
        sys.exit(f"error: there is no format `{form}`; choose one of: {', '.join(FORMATS)}")
    try:
        space = _workspace(content, as_of, cache)
        only = _only(paths, space.content)
        outcome = _check(space, only)
        if fix and _fix(space, outcome, only, yes=yes):
            outcome = _check(_workspace(content, as_of, cache), only)
    except (UserError, SpellingError) as error:
        sys.exit(f"error: {error}")
    print(FORMATS[form](outcome.problems, space.content, space.shown), flush=True)
    if any(problem.severity is Severity.ERROR for problem in outcome.problems):
        sys.exit(1)


def forget() -> None:
    """Delete the cache of checks: nothing may keep the words of a withdrawn story."""
    (workspace().cache / _CACHE_FILE).unlink(missing_ok=True)


def _workspace(content: str, as_of: str, cache: str) -> Workspace:
    space = workspace(content, as_of=as_of, cache=cache)
    register_plugins(space.settings)
    return space


def _check(space: Workspace, only: frozenset[str] | None) -> Outcome:
    """Check the content, or only the files ``only``."""
    cache = PersistentCache(space.cache / _CACHE_FILE, _REMEMBERED)
    try:
        outcome = _check_with(space, only, cache)
        # Writing may read stored rows, which can fail as reading does.
        cache.write(all_seen=only is None)
    except StoreDamagedError:
        # Another check at the same time removed rows that this one needs. Without a cache, nothing can be missing.
        return _check_with(space, only, NoCache())
    return outcome


def _check_with(space: Workspace, only: frozenset[str] | None, cache: Cache) -> Outcome:
    return check_content(load_build(space.settings, cache, is_check=True, only=only))


def _only(paths: Sequence[str], content: Path) -> frozenset[str] | None:
    """Return the files to check, relative to ``content``; None for all.

    A register concerns every entry. A picture concerns the entries beside it.
    """
    found: set[str] = set()
    for given in paths:
        path, root = Path(given).resolve(), content.resolve()
        if not path.exists() or not path.is_relative_to(root):
            raise SettingsError(f"there is no file or folder {given} in {content}; name one that is there, or none")
        relative = path.relative_to(root)
        if relative.parts[:1] in {(), (REGISTER,)}:
            return None
        folder = path if path.is_dir() else path.parent if not is_markdown(path.name) else None
        found.add(relative.as_posix())
        if folder is not None:
            found |= {file.relative_to(root).as_posix() for file in folder.rglob("*") if file.is_file()}
    return frozenset(found) if paths else None


def _fix(space: Workspace, outcome: Outcome, only: frozenset[str] | None, *, yes: bool) -> bool:
    """Show the corrections, ask, and write them; return True if anything was written."""
    changes = list(_changes(space, outcome, only))
    if not changes:
        print("There is nothing to mend that needs no judgement.", file=sys.stderr)
        return False
    for file, before, after in changes:
        name = f"{space.shown}/{file.relative_to(space.content).as_posix()}"
        lines = difflib.unified_diff(before.split("\n"), after.split("\n"), name, name, lineterm="")
        print("\n".join(lines), end="\n\n", file=sys.stderr)
    if not yes and not _agreed(len(changes)):
        sys.exit("error: nothing was changed; to write these changes, answer yes, or add  --yes")
    for file, before, after in changes:
        data = file.read_bytes()
        if _text(data) != before:
            sys.exit(f"error: {file} changed while you read this, so it was left as it is; run the command again")
        ending = "\r\n" if b"\r\n" in data else "\n"
        replace_bytes(file, after.replace("\n", ending).encode())
    return True


def _changes(space: Workspace, outcome: Outcome, only: frozenset[str] | None) -> Iterator[tuple[Path, str, str]]:
    for path in filter(is_markdown, Files(space.content).paths):
        file, kind = space.content / path, KINDS.get(path.partition("/")[0])
        if kind is None or (only is not None and path not in only):
            continue
        try:
            before = _text(read_file(file))
        except (OSError, UnicodeDecodeError):
            continue  # the check has reported it
        american = [slip for slip in outcome.american if slip.path == path]
        after = autofix(before, path, kind, outcome.outline, american)
        if after != before:
            yield file, before, after


def _text(data: bytes) -> str:
    return unix_line_ends(data.decode("utf-8"))


def _agreed(number: int) -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"Write these changes to {number} files? Type yes: ").strip().casefold() == "yes"
    except EOFError:
        return False


def problems_in(content: Path, *, as_of: str = "", cache: str = "") -> tuple[Problem, ...]:
    """Return the problems of the folder ``content``, in report order; ``cache`` as in ``check``."""
    return _check(_workspace(str(content), as_of, cache), None).problems
