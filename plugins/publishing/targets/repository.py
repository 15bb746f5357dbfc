"""Run git in a temporary bare repository that exchanges commits with a remote one."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from plugins.publishing.targets.target import TargetError

#: The name of the remote.
_REMOTE = "site"
#: Variables that git sets for a hook, which would point to the hook's repository.
_INHERITED_VARIABLES = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
)
_DEFAULT_IDENTITY = {"name": "Community site", "email": "site@localhost"}


class GitError(RuntimeError):
    """A git command failed. The message is git's own, without secrets."""


class Repository:
    """A new, empty repository that can fetch from and push to a remote one.

    Args:
        folder: an empty folder for it.
        remote: the address of the remote repository, or the name of a remote in the working folder's repository.
    """

    def __init__(self, folder: Path, remote: str) -> None:
        self._folder = folder
        self._address = _address(remote)
        self._environment = _environment(self._address)
        self.git("init", "--quiet", "--bare", str(folder))

    def git(self, *arguments: str, text: str | bytes = b"", index: bool = False, cwd: Path | None = None) -> str:
        """Run git and return its output.

        Args:
            arguments: the arguments.
            text: the standard input.
            index: True to use the index of this repository, which is empty at first.
            cwd: the folder in which git looks for files.

        Raises:
            GitError: if the command fails.
            TargetError: if git is not installed.
        """
        command = ["git", f"--git-dir={self._folder}", *arguments]
        environment = self._environment | ({"GIT_INDEX_FILE": str(self._folder / "index")} if index else {})
        data = text.encode() if isinstance(text, str) else text
        try:
            done = subprocess.run(  # noqa: S603 - no shell reads it
                command, input=data, capture_output=True, check=False, env=environment, cwd=cwd or self._folder,
            )  # fmt: skip
        except FileNotFoundError:
            raise TargetError("The program `git` is not on this computer. Install it, then try again.") from None
        if done.returncode:
            raise GitError(self._without_secrets(done.stderr.decode(errors="replace")))
        return done.stdout.decode(errors="replace")

    def ls_remote(self, *patterns: str) -> dict[str, str]:
        """Return the commits of the remote's refs that match ``patterns``, by ref.

        Raises:
            GitError: if the remote cannot be reached.
        """
        lines = self.git("ls-remote", _REMOTE, *patterns).splitlines()
        return {ref: commit for commit, _, ref in (line.partition("\t") for line in lines)}

    def fetch(self, refs: Sequence[str]) -> None:
        """Fetch the commits and trees of ``refs``. Git fetches a blob when a command reads it.

        Raises:
            GitError: if that fails.
        """
        if refs:
            specs = [f"+{ref}:{ref}" for ref in refs]
            self.git("fetch", "--quiet", "--no-tags", "--depth=1", "--filter=blob:none", _REMOTE, *specs)

    def push(self, changes: Mapping[str, str], expected: Mapping[str, str]) -> None:
        """Update refs of the remote atomically, provided that they still have the expected commits.

        Args:
            changes: the new commits by ref, where "" deletes a ref.
            expected: the current commits by ref, where a missing ref must not exist.

        Raises:
            GitError: if that fails.
        """
        leases = [f"--force-with-lease={ref}:{expected.get(ref, '')}" for ref in changes]
        self.git("push", "--quiet", "--atomic", *leases, _REMOTE, *(f"{new}:{ref}" for ref, new in changes.items()))
        for ref, new in changes.items():
            self.git("update-ref", *([ref, new] if new else ["-d", ref]))

    def tree(self, folder: Path, paths: Sequence[str], extra: Mapping[str, bytes]) -> str:
        """Return the id of a new tree of the files ``paths`` of ``folder``, and of ``extra`` files by path."""
        blobs = self.git(
            "hash-object", "-w", "--no-filters", "--stdin-paths", text="\n".join(paths), cwd=folder
        ).split()
        others = {path: self.git("hash-object", "-w", "--stdin", text=data).strip() for path, data in extra.items()}
        entries = {**dict(zip(paths, blobs, strict=True)), **others}
        self.git("read-tree", "--empty", index=True)
        lines = "".join(f"100644 {blob} 0\t{path}\0" for path, blob in entries.items())
        self.git("update-index", "-z", "--index-info", text=lines, index=True)
        return self.git("write-tree", index=True).strip()

    def commit(self, tree: str, message: str) -> str:
        """Return the id of a new commit of ``tree`` without parents."""
        return self.git("commit-tree", tree, text=message).strip()

    def message(self, commit: str) -> str:
        """Return the message of a commit."""
        return self.git("show", "--no-patch", "--format=%B", commit)

    def _without_secrets(self, text: str) -> str:
        lines = [line for line in text.strip().splitlines() if not line.startswith(("hint:", "warning:"))]
        return without_secrets(" ".join(lines[-3:]).replace(self._address, without_secrets(self._address)))


def without_secrets(address: str) -> str:
    """Return the address of a repository without user name and password."""
    return re.sub(r"//[^/@\s]*@", "//", address)


def _address(remote: str) -> str:
    """Return the address of the remote named ``remote``, or ``remote`` itself if it is an address."""
    if "/" in remote or ":" in remote:
        return remote
    return _git_output("remote", "get-url", "--push", remote) or remote


def _environment(address: str) -> dict[str, str]:
    """Return git's environment variables. They disable prompts, and keep the remote's address out of the arguments."""
    environment = {name: value for name, value in os.environ.items() if name not in _INHERITED_VARIABLES}
    ssh = environment.get("GIT_SSH_COMMAND") or _git_output("config", "core.sshCommand") or "ssh"
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": f"{ssh} -o BatchMode=yes", "LC_ALL": "C"}
    for part, default in _DEFAULT_IDENTITY.items():
        value = _git_output("config", f"user.{part}") or default
        for role in ("AUTHOR", "COMMITTER"):
            environment.setdefault(f"GIT_{role}_{part.upper()}", value)
    number = int(environment.get("GIT_CONFIG_COUNT", "0"))
    for key, value in ((f"remote.{_REMOTE}.url", address), ("gc.auto", "0")):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        number += 1
    return environment | {"GIT_CONFIG_COUNT": str(number)}


def _git_output(*arguments: str) -> str:
    """Return the output of git in the working folder, or "" if the command fails."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607 - no shell reads it
    except FileNotFoundError:
        raise TargetError("The program `git` is not on this computer. Install it, then try again.") from None
    return done.stdout.strip()
