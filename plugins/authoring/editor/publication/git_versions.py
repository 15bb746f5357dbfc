"""Read the committed versions of an entry, and commit it for review or publication, through git.

A review is a separate branch, which is made with a temporary index. So the working tree does not change, and no other
change in it is committed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from plugins.authoring.editor.entries.entry_location import own_path

#: Timeout of git, in seconds, for a remote that does not respond.
_PATIENCE = 60
#: Of a line of the log.
_PARTS = 4
_SEPARATOR = "\x1f"
#: Author of commits if git has no name configured.
_NAME, _ADDRESS = "Site editor", "editor@localhost"


class VersionError(RuntimeError):
    """A git command failed. The message says why."""


class Version(Struct, frozen=True):
    """One committed version of a file.

    Attributes:
        commit: its hash.
        day: of the commit.
        who: the author.
        what: the first line of the message.
    """

    commit: str
    day: dt.date
    who: str
    what: str


class CommitResult(Struct, frozen=True):
    """A commit, and whether it was pushed.

    Attributes:
        commit: its hash, or "" if nothing had changed.
        branch: its branch.
        remote: the remote that it was pushed to, or "".
        failed: why the push failed, or "".
    """

    commit: str
    branch: str
    remote: str = ""
    failed: str = ""


class Versions:
    """The versions of the files below one content folder.

    Args:
        content: the content folder, which may be in a git repository.
        author: the author of commits, or "" for git's own configuration.
        lock: held during commits, because git refuses two at a time.
    """

    def __init__(self, content: Path, author: str = "", lock: threading.Lock | None = None) -> None:
        self._content = content.resolve()
        self._author = author
        self._lock = lock or threading.Lock()

    def is_kept(self) -> bool:
        """Tell whether the content folder is in a git repository."""
        try:
            return self._git("rev-parse", "--is-inside-work-tree") == "true"
        except VersionError:
            return False

    def of(self, path: str) -> list[Version]:
        """Return the committed versions of ``path``, the newest first."""
        form = f"--format=%H{_SEPARATOR}%as{_SEPARATOR}%an{_SEPARATOR}%s"
        try:
            lines = self._git("log", form, "--max-count=100", "--", path).splitlines()
        except VersionError:
            return []
        parts = [line.split(_SEPARATOR, 3) for line in lines]
        return [Version(one[0], dt.date.fromisoformat(one[1]), *one[2:]) for one in parts if len(one) == _PARTS]

    def read(self, path: str, commit: str) -> bytes:
        """Return ``path`` as it was in ``commit``.

        Raises:
            VersionError: if there was no such file.
        """
        if not (commit.isalnum() and commit.isascii()):
            raise VersionError("there is no such version")
        return self._run("cat-file", "blob", f"{commit}:./{path}").stdout

    def send_for_review(self, path: str, name: str, message: str) -> CommitResult:
        """Commit the folder of ``path`` on a separate branch, without changing the working tree.

        Args:
            path: the entry, relative to the content folder.
            name: of the branch.
            message: of the commit.

        Raises:
            VersionError: where git cannot do it.
        """
        branch = f"write/{name}"
        with self._lock, tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            head = self._git("rev-parse", "HEAD")
            ref = f"refs/heads/{branch}"
            parent = self._git("rev-parse", "--verify", "--quiet", ref, wrong_is="") or head
            self._git("read-tree", parent, more=index)
            self._git("add", "--all", "--", own_path(path), more=index)
            tree = self._git("write-tree", more=index)
            if tree == self._git("rev-parse", f"{parent}^{{tree}}"):
                return CommitResult("", branch)
            commit = self._git("commit-tree", tree, "-p", parent, "-m", message, more=self._identity())
            self._git("update-ref", ref, commit)
        return self._pushed(CommitResult(commit, branch), f"{ref}:{ref}")

    def commit(self, paths: Sequence[str], message: str) -> CommitResult:
        """Commit only ``paths``, on the current branch.

        Raises:
            VersionError: where git cannot do it.
        """
        with self._lock:
            branch = self._git("rev-parse", "--abbrev-ref", "HEAD")
            self._git("add", "--all", "--", *paths)
            if not self._git("status", "--porcelain", "--", *paths):
                return CommitResult("", branch)
            self._git("commit", "--quiet", "--message", message, "--only", "--", *paths, more=self._identity())
            sent = CommitResult(self._git("rev-parse", "HEAD"), branch)
        return self._pushed(sent, f"HEAD:refs/heads/{branch}")

    @contextlib.contextmanager
    def checked_out(self, folder: Path) -> Iterator[Path]:
        """Check the last commit out into ``folder``, yield the content folder in it, and delete it.

        Raises:
            VersionError: where git cannot do it.
        """
        inside = self._git("rev-parse", "--show-prefix")
        try:
            with self._lock:
                self._drop(folder)
                self._git("worktree", "add", "--quiet", "--detach", "--force", str(folder.resolve()), "HEAD")
            yield folder.resolve() / inside
        finally:
            with self._lock:
                self._drop(folder)

    def _drop(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._git("worktree", "prune")

    def _pushed(self, sent: CommitResult, what: str) -> CommitResult:
        remotes = self._git("remote").splitlines()
        if not remotes:
            return sent
        remote = "origin" if "origin" in remotes else remotes[0]
        try:
            self._git("push", "--quiet", remote, what)
        except VersionError as error:
            return CommitResult(sent.commit, sent.branch, remote, str(error))
        return CommitResult(sent.commit, sent.branch, remote)

    def _git(self, *words: str, more: Mapping[str, str] | None = None, wrong_is: str | None = None) -> str:
        try:
            return self._run(*words, more=more).stdout.decode("utf-8", "replace").strip()
        except VersionError:
            if wrong_is is None:
                raise
            return wrong_is

    def _run(self, *words: str, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **(more or {})}
        command = ["git", "-C", str(self._content), *words]
        try:
            return subprocess.run(  # noqa: S603 - git, with words of ours and paths that were judged
                command, capture_output=True, check=True, timeout=_PATIENCE, env=environment, stdin=subprocess.DEVNULL
            )
        except FileNotFoundError as error:
            raise VersionError("git is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise VersionError("it took too long to answer") from error
        except subprocess.CalledProcessError as error:
            said = (error.stderr or error.stdout).decode("utf-8", "replace").strip()
            raise VersionError(said.splitlines()[-1] if said else "git gave no reason") from error

    def _identity(self) -> dict[str, str]:
        """Return the environment variables for the identity of a commit. Empty if git has one configured."""
        named: dict[str, str] = {}
        if not self._git("config", "user.email", wrong_is=""):
            named = {f"GIT_{role}_NAME": _NAME for role in ("AUTHOR", "COMMITTER")}
            named |= {f"GIT_{role}_EMAIL": _ADDRESS for role in ("AUTHOR", "COMMITTER")}
        if self._author:
            address = self._author if "@" in self._author else _ADDRESS
            named |= {"GIT_AUTHOR_NAME": self._author, "GIT_AUTHOR_EMAIL": address}
        return named
