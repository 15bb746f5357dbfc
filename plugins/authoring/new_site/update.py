"""Take a later version of the engine into a started site."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from plugins.authoring.new_site.repository import ENGINE, GitCommandError, SiteRepository
from plugins.base.errors import UserError

#: Whose version counts where both the site and the engine changed the same lines.
Preference = Literal["", "site", "engine"]
#: The strategy option of ``git merge`` for each.
_OPTIONS = {"": (), "site": ("-X", "ours"), "engine": ("-X", "theirs")}
#: How many files a message names.
_SHOWN = 8


class EngineUpdate(NamedTuple):
    """What an update did.

    Attributes:
        files: the paths of the files that it changed.
        before: the commit before it.
        installs: True if the packages that the site needs may be others.
    """

    files: tuple[str, ...]
    before: str
    installs: bool


def update_engine(root: Path, source: str, *, prefer: str = "") -> EngineUpdate:
    """Merge the engine of ``source`` into the site ``root``. Content and settings are no part of it.

    Args:
        root: the folder of the site.
        source: the folder, or the git address, of a project with the later engine.
        prefer: whose version counts where both changed the same lines: site, engine, or "" to stop there.

    Raises:
        UserError: if it cannot be merged; every file is as it was.
    """
    if prefer not in _OPTIONS:
        raise UserError(f"--prefer is `{prefer}`; write  --prefer site  or  --prefer engine, or leave it out")
    repository = SiteRepository(root)
    _check(repository, root)
    before = repository.git("rev-parse", "HEAD")
    with _project(repository, source) as project:
        repository.commit_engine(project, "Take a later engine")
    try:
        repository.git("merge", "--no-edit", "-m", "Update the engine", *_OPTIONS[prefer], ENGINE)
    except GitCommandError as error:
        if not prefer:
            raise _undone(repository, str(error)) from None
        _choose(repository, "--ours" if prefer == "site" else "--theirs")
    files = tuple(repository.git("diff", "--name-only", "-z", before, "HEAD").split("\0"))
    changed = tuple(path for path in files if path)
    return EngineUpdate(changed, before[:12], not {"pyproject.toml", "constraints.txt"}.isdisjoint(changed))


def _check(repository: SiteRepository, root: Path) -> None:
    try:
        top = Path(repository.git("rev-parse", "--show-toplevel"))
    except GitCommandError:
        top = None
    if top is None or top.resolve() != root.resolve() or not repository.engine():
        raise UserError(
            f"{root} has no branch `{ENGINE}`, so it is no site that  inv start-site  made, or a copy without it; in a "
            f"copy from a server, fetch it with  git fetch origin {ENGINE}:{ENGINE}"
        )
    changed = [line.split(maxsplit=1)[1] for line in repository.git("status", "--porcelain").splitlines()]
    if changed:
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise UserError(
            f"not everything is committed: {', '.join(changed[:_SHOWN])}{more}. An update must be something that can "
            "be taken back: commit it with  git add -A  and  git commit, then run this again"
        )


@contextmanager
def _project(repository: SiteRepository, source: str) -> Iterator[Path]:
    """Yield the folder of the project ``source``, which is a copy if it is a git address."""
    folder = Path(source).expanduser()
    if folder.is_dir():
        yield folder.absolute()
        return
    if ":" not in source:
        raise UserError(f"there is no folder {source}; name the folder, or the git address, of the later engine")
    with tempfile.TemporaryDirectory() as copy:
        try:
            repository.git("clone", "--quiet", "--depth=1", "--", source, f"{copy}/engine")
        except GitCommandError as error:
            raise UserError(
                f"{source} cannot be fetched (git says: {error}); check the address and the connection, then run this "
                "again"
            ) from None
        yield Path(copy) / "engine"


def _unmerged(repository: SiteRepository) -> list[str]:
    return [path for path in repository.git("diff", "--name-only", "--diff-filter=U", "-z").split("\0") if path]


def _choose(repository: SiteRepository, whose: str) -> None:
    """End a merge in which files are left that git cannot merge by lines: pictures, and files that one side deleted."""
    for path in _unmerged(repository):
        try:
            repository.git("checkout", whose, "--", path)
        except GitCommandError:
            repository.git("rm", "--quiet", "--", path)
        else:
            repository.git("add", "--", path)
    repository.git("commit", "--quiet", "--no-verify", "--no-edit")


def _undone(repository: SiteRepository, said: str) -> UserError:
    """Take an unfinished merge back, and return the message about it."""
    files = _unmerged(repository)
    try:
        repository.git("merge", "--abort")
    except GitCommandError:
        return UserError(f"the engine cannot be merged (git says: {said}); every file is as it was")
    more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    return UserError(
        f"this site and the later engine changed the same lines of {', '.join(files[:_SHOWN])}{more}. Every file is as "
        "it was. To keep your lines there and take the rest, add  --prefer site. To take the engine's lines there, add "
        f" --prefer engine. To choose line by line:  git merge {ENGINE}"
    )
