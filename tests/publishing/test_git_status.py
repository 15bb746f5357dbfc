"""Test that content which is not committed is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plugins.publishing.git_status import NotCommittedError, refuse_uncommitted


def git(folder: Path, *words: str) -> None:
    """Run git in ``folder``."""
    person = ["-c", "user.name=A role", "-c", "user.email=role@example.org"]
    subprocess.run(["git", "-C", folder, *person, *words], check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a working tree in which everything is committed."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("a", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("/output/\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Begin")
    return tmp_path


def test_what_is_committed_may_be_published(tree: Path) -> None:
    """A clean working tree passes, with any files in ignored folders."""
    (tree / "output").mkdir()
    (tree / "output" / "index.html").write_text("built", encoding="utf-8")
    refuse_uncommitted(tree / "content")


def test_what_is_not_committed_is_named(tree: Path) -> None:
    """The message names changed and new files of the whole tree, and the command to commit them."""
    (tree / "content" / "a.md").write_text("b", encoding="utf-8")
    (tree / "new.py").write_text("b", encoding="utf-8")
    with pytest.raises(NotCommittedError, match=r"content/a\.md, new\.py\. .* commit it with .*, or .* --unclean"):
        refuse_uncommitted(tree / "content")


def test_many_files_are_counted(tree: Path) -> None:
    """A long list is cut, and the message gives the number of further files."""
    for number in range(8):
        (tree / f"{number}.md").write_text("x", encoding="utf-8")
    with pytest.raises(NotCommittedError, match="and 3 more"):
        refuse_uncommitted(tree)


def test_a_folder_without_git_is_refused(tmp_path: Path) -> None:
    """A folder outside git is refused."""
    with pytest.raises(NotCommittedError, match="is not under git"):
        refuse_uncommitted(tmp_path)


def test_git_is_not_installed(tree: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without git, the message says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(NotCommittedError, match="git cannot be run"):
        refuse_uncommitted(tree)
