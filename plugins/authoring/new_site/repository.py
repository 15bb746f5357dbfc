"""The git repository of a started site, with its branch ``engine``."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from plugins.base.errors import UserError

#: The branch that holds the engine alone.
ENGINE = "engine"
#: The list of the engine's files, in the project.
FILES = "plugins/authoring/new_site/engine_files.txt"
#: What is never part of an engine, whatever its list names.
OF_THE_SITE = ("content", "pelicanconf.py", "publishconf.py", "README.md")
#: Variables that git sets for a hook, which would point to another repository.
_INHERITED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX")
#: What git may meet on a disk. It tells of these in the words of the system.
_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_DEFAULT_IDENTITY = {"name": "Community site", "email": "site@localhost"}


class GitCommandError(RuntimeError):
    """A git command failed. The message is git's own."""


class SiteRepository:
    """The repository of a site.

    Args:
        folder: the site's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def git(self, *words: str, index: Path | None = None, work_tree: Path | None = None) -> str:
        """Run git in the folder and return its output.

        Args:
            words: the command.
            index: an index of its own; the repository's when None.
            work_tree: where git reads files; the folder when None.

        Raises:
            GitCommandError: if the command fails.
            OSError: if the disk is full or refuses.
            UserError: if git is not installed.
        """
        environment = {name: value for name, value in os.environ.items() if name not in _INHERITED}
        environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true"}
        for part, value in _DEFAULT_IDENTITY.items():
            if not self._configured(f"user.{part}", environment):
                environment |= {f"GIT_{role}_{part.upper()}": value for role in ("AUTHOR", "COMMITTER")}
        if index is not None:
            environment["GIT_INDEX_FILE"] = str(index)
        if work_tree is not None:
            environment |= {"GIT_DIR": str(self._folder / ".git"), "GIT_WORK_TREE": str(work_tree)}
        done = _run(["git", *words], work_tree or self._folder, environment)
        if done.returncode:
            for number in _DISK_ERRORS:
                if os.strerror(number) in done.stderr:
                    raise OSError(number, os.strerror(number), str(self._folder))
            said = f"{done.stderr}\n{done.stdout}".strip().splitlines()
            raise GitCommandError(" ".join(line for line in said if not line.startswith("hint:")))
        return done.stdout.strip()

    def _configured(self, name: str, environment: dict[str, str]) -> bool:
        return _run(["git", "config", name], self._folder, environment).returncode == 0

    def begin(self) -> None:
        """Make the folder a repository. Files keep their line endings on every system."""
        self.git("init", "--quiet")
        self.git("symbolic-ref", "HEAD", "refs/heads/main")
        self.git("config", "core.autocrlf", "false")

    def commit_engine(self, source: Path, message: str) -> bool:
        """Commit the engine of the project in ``source`` to the branch ``engine``; False if it holds just that.

        No branch but ``engine`` changes, and no file of the folder.
        """
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index"
            self.git("add", "--all", "--", *engine_paths(source), index=index, work_tree=source)
            tree = self.git("write-tree", index=index)
        last = self.engine()
        if last and self.git("rev-parse", f"{last}^{{tree}}") == tree:
            return False
        commit = self.git("commit-tree", tree, "-m", message, *(("-p", last) if last else ()))
        self.git("update-ref", f"refs/heads/{ENGINE}", commit)
        return True

    def engine(self) -> str:
        """Return the last commit of the branch ``engine``, or "" if there is none."""
        try:
            return self.git("rev-parse", "--verify", "--quiet", f"refs/heads/{ENGINE}")
        except GitCommandError:
            return ""


def engine_paths(source: Path) -> list[str]:
    """Return the paths of the engine in the project ``source``, as patterns for git.

    Raises:
        UserError: if ``source`` holds no engine.
    """
    try:
        lines = (source / FILES).read_text(encoding="utf-8").splitlines()
    except OSError:
        raise UserError(
            f"{source} holds no engine: it has no file {FILES}; name the folder, or the git address, of a project "
            "that has one"
        ) from None
    named = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    there = [path for path in named if not path.startswith("!") and (source / path).exists()]
    left_out = [*(path[1:] for path in named if path.startswith("!")), *OF_THE_SITE]
    return [*(f":(top,literal){path}" for path in there), *(f":(top,exclude,literal){path}" for path in left_out)]


def _run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - no shell reads it
            command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
            errors="replace", check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise UserError("the program git is not on this computer; install it, then run this again") from None
