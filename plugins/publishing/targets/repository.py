"""Repository: a bare git repository of a moment, beside one elsewhere, through the system's own git."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from plugins.publishing.targets.target import TargetError

#: The name of the other repository in this one.
_OTHER = "site"
#: What git was told of another repository, if a hook of that one runs this.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX")
_NOBODY = {"name": "Help Me Stop site", "email": "site@localhost"}


class GitRefused(RuntimeError):  # noqa: N818 - it is what it says: git answered no
    """Git could not do what it was asked; the message is what git says, without secrets."""


class Repository:
    """A new, empty repository that can fetch from and push to another one.

    Args:
        folder: an empty folder for it.
        other: the address of the other repository, or its name in the repository of the working folder.
    """

    def __init__(self, folder: Path, other: str) -> None:
        self._folder = folder
        self._address = _address(other)
        self._environment = _environment(self._address)
        self.git("init", "--quiet", "--bare", str(folder))

    def git(self, *words: str, text: str | bytes = b"", index: bool = False, cwd: Path | None = None) -> str:
        """Run git with ``words``, and return what it prints.

        Args:
            words: for git.
            text: its input.
            index: whether it works on an index, which is empty at first.
            cwd: the folder in which it looks for files.

        Raises:
            GitRefused: when it fails.
            TargetError: when there is no git.
        """
        command = ["git", f"--git-dir={self._folder}", *words]
        environment = self._environment | ({"GIT_INDEX_FILE": str(self._folder / "index")} if index else {})
        given = text.encode() if isinstance(text, str) else text
        try:
            done = subprocess.run(  # noqa: S603 - no shell reads it
                command, input=given, capture_output=True, check=False, env=environment, cwd=cwd or self._folder,
            )  # fmt: skip
        except FileNotFoundError:
            raise TargetError("The program `git` is not on this computer. Install it, then try again.") from None
        if done.returncode:
            raise GitRefused(self._without_secrets(done.stderr.decode(errors="replace")))
        return done.stdout.decode(errors="replace")

    def there(self, *patterns: str) -> dict[str, str]:
        """Return the refs of the other repository that match ``patterns``, and their commits.

        Raises:
            GitRefused: when it cannot be reached.
        """
        lines = self.git("ls-remote", _OTHER, *patterns).splitlines()
        return {ref: commit for commit, _, ref in (line.partition("\t") for line in lines)}

    def fetch(self, refs: Sequence[str]) -> None:
        """Bring ``refs`` here: their commits and folders; a file only when somebody looks at it.

        Raises:
            GitRefused: when that fails.
        """
        if refs:
            specs = [f"+{ref}:{ref}" for ref in refs]
            self.git("fetch", "--quiet", "--no-tags", "--depth=1", "--filter=blob:none", _OTHER, *specs)

    def push(self, changes: Mapping[str, str], expected: Mapping[str, str]) -> None:
        """Let refs there stand for other commits, all of them or none, if they still stand for what they did.

        Args:
            changes: the new commits by ref; "" takes a ref away.
            expected: the commits by ref that are there now; a ref without one must not be there.

        Raises:
            GitRefused: when that fails.
        """
        leases = [f"--force-with-lease={ref}:{expected.get(ref, '')}" for ref in changes]
        self.git("push", "--quiet", "--atomic", *leases, _OTHER, *(f"{new}:{ref}" for ref, new in changes.items()))
        for ref, new in changes.items():
            self.git("update-ref", *([ref, new] if new else ["-d", ref]))

    def tree(self, folder: Path, paths: Sequence[str], more: Mapping[str, bytes]) -> str:
        """Return the id of a new tree of the files ``paths`` of ``folder``, and of ``more`` files by their paths."""
        blobs = self.git(
            "hash-object", "-w", "--no-filters", "--stdin-paths", text="\n".join(paths), cwd=folder
        ).split()
        others = {path: self.git("hash-object", "-w", "--stdin", text=data).strip() for path, data in more.items()}
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
    """Return the address of a repository without what stands before an `@` in it, which may be a password."""
    return re.sub(r"//[^/@\s]*@", "//", address)


def _address(other: str) -> str:
    """The address of a repository; that of a remote by its name, where there is one."""
    if "/" in other or ":" in other:
        return other
    return _ask("remote", "get-url", "--push", other) or other


def _environment(address: str) -> dict[str, str]:
    """The environment of git: it asks nothing, and finds the other repository without its address among the words."""
    environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    ssh = environment.get("GIT_SSH_COMMAND") or _ask("config", "core.sshCommand") or "ssh"
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": f"{ssh} -o BatchMode=yes", "LC_ALL": "C"}
    for part, nobody in _NOBODY.items():
        known = _ask("config", f"user.{part}") or nobody
        for role in ("AUTHOR", "COMMITTER"):
            environment.setdefault(f"GIT_{role}_{part.upper()}", known)
    number = int(environment.get("GIT_CONFIG_COUNT", "0"))
    for key, value in ((f"remote.{_OTHER}.url", address), ("gc.auto", "0")):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        number += 1
    return environment | {"GIT_CONFIG_COUNT": str(number)}


def _ask(*words: str) -> str:
    """What git says in the working folder; "" when it has no answer."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)  # noqa: S603, S607 - no shell reads it
    except FileNotFoundError:
        raise TargetError("The program `git` is not on this computer. Install it, then try again.") from None
    return done.stdout.strip()
