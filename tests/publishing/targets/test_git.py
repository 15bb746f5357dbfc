"""Test publishing to a branch of a git repository."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from plugins.publishing.release.release import Release
from plugins.publishing.targets.git import GitTarget
from plugins.publishing.targets.target import TargetError
from tests.publishing.releases import release

#: Each test starts git dozens of times.
pytestmark = pytest.mark.real

PAGES = {f"{n}/index.html": b"page %d" % n for n in range(20)}


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """Return the bare repository that is published to."""
    folder = tmp_path / "there.git"
    run("init", "--quiet", "--bare", folder)
    return folder


def run(*words: str | Path, cwd: Path | None = None) -> str:
    """Return the output of git."""
    return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


def publish(target: GitTarget, one: Release) -> None:
    """Publish a release."""
    with target.locked():
        target.send(one)
        target.switch(one.inventory.id)


def test_what_the_branch_has(tmp_path: Path, there: Path) -> None:
    """The branch has the pages, the rule files and `.nojekyll`, and no compressed forms or inventory."""
    publish(GitTarget(str(there), "pages"), release(tmp_path, {"index.html": b"1", "été.html": b"2"}))
    found = run("-c", "core.quotePath=no", "ls-tree", "-r", "--name-only", "pages", cwd=there).splitlines()
    assert sorted(found) == [".nojekyll", "_headers", "_redirects", "index.html", "été.html"]


def test_the_branch_has_no_past(tmp_path: Path, there: Path) -> None:
    """Removed files are not in the branch, and after ``tidy`` not in the repository."""
    target = GitTarget(str(there), "pages")
    first, second = release(tmp_path, {"story.html": b"a withdrawn story"}), release(tmp_path, {"index.html": b"2"})
    publish(target, first)
    publish(target, second)
    assert run("rev-list", "--count", "pages", cwd=there) == "1"
    assert "story.html" not in run("log", "--stat", "--format=%B", "pages", cwd=there)
    with target.locked():
        target.tidy(5, lambda inventory: "story.html" in inventory.items)
    run("reflog", "expire", "--expire=now", "--all", cwd=there)
    run("gc", "--quiet", "--prune=now", cwd=there)
    assert "story.html" not in run("rev-list", "--all", "--objects", cwd=there)
    assert run("for-each-ref", "--format=%(refname)", cwd=there).splitlines() == [
        "refs/heads/pages",
        f"refs/releases/pages/{second.inventory.id}",
    ]


def test_little_is_sent(tmp_path: Path, there: Path) -> None:
    """Only files that the host does not have are sent."""
    publish(GitTarget(f"file://{there}", "pages"), release(tmp_path, PAGES))
    before = _objects(there)
    publish(GitTarget(f"file://{there}", "pages"), release(tmp_path, {**PAGES, "3/index.html": b"changed"}))
    new = [line.split()[1] for line in _objects(there) - before]
    assert new.count("blob") == 2  # the page, and the list
    assert len(new) <= 10


def _objects(there: Path) -> set[str]:
    form = "--batch-check=%(objectname) %(objecttype)"
    return set(run("cat-file", "--batch-all-objects", form, cwd=there).splitlines())


def test_a_foreign_branch_is_refused(tmp_path: Path, there: Path) -> None:
    """A branch that publishing did not make is not replaced."""
    work = tmp_path / "work"
    run("init", "--quiet", work)
    run("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--allow-empty", "-m", "Source", cwd=work)
    run("push", "--quiet", there, "HEAD:refs/heads/main", cwd=work)
    main = run("rev-parse", "main", cwd=there)
    with pytest.raises(TargetError, match="not published by this program, and would be lost"):
        publish(GitTarget(str(there), "main"), release(tmp_path, PAGES))
    assert run("rev-parse", "main", cwd=there) == main


def test_a_concurrent_push_is_not_lost(tmp_path: Path, there: Path) -> None:
    """A branch that changed after it was read is not replaced."""
    first, second = release(tmp_path, PAGES), release(tmp_path, {"index.html": b"2"})
    target = GitTarget(str(there), "pages")
    publish(target, first)
    with target.locked():
        target.send(second)
        tree = run("rev-parse", "pages^{tree}", cwd=there)
        other = run("-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", tree, "-m", "Theirs", cwd=there)
        run("update-ref", "refs/heads/pages", other, cwd=there)
        with pytest.raises(TargetError, match="somebody else changed it"):
            target.switch(second.inventory.id)
    assert run("rev-parse", "pages", cwd=there) == other


def test_two_branches_of_one_repository(tmp_path: Path, there: Path) -> None:
    """Each branch has its own releases and lock."""
    pages, trial = GitTarget(str(there), "pages"), GitTarget(str(there), "trial")
    with pages.locked():
        publish(trial, release(tmp_path, PAGES))
        assert pages.kept() == []
        assert pages.live() is None


def test_a_remote_by_its_name(tmp_path: Path, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a remote of the working folder's repository is accepted."""
    work = tmp_path / "work"
    run("init", "--quiet", work)
    run("remote", "add", "origin", there, cwd=work)
    monkeypatch.chdir(work)
    publish(GitTarget("origin", "pages"), release(tmp_path, PAGES))
    assert run("rev-parse", "pages", cwd=there)
    assert run("status", "--porcelain", cwd=work) == ""


def test_the_committer(tmp_path: Path, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits have the user's name from git's configuration, else the site's."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    publish(GitTarget(str(there), "pages"), release(tmp_path, PAGES))
    assert run("log", "-1", "--format=%an %cn", "pages", cwd=there) == "Community site Community site"
    (tmp_path / ".gitconfig").write_text("[user]\nname = Anna\nemail = anna@localhost\n", encoding="utf-8")
    publish(GitTarget(str(there), "pages"), release(tmp_path, PAGES))
    assert run("log", "-1", "--format=%an %ce", "pages", cwd=there) == "Anna anna@localhost"


def test_a_lock_of_the_dead(tmp_path: Path, there: Path) -> None:
    """An expired lock is taken over, and a valid one keeps others away."""
    lock = {"token": "t", "who": "anna on desk (process 4)", "host": "desk", "process": 4, "since": 0}
    tree = (
        subprocess.run(["git", "mktree"], cwd=there, input=b"", check=True, capture_output=True).stdout.decode().strip()
    )
    for until, refused in ((time.time() + 60, True), (time.time() - 1, False)):
        text = json.dumps({**lock, "until": until})
        commit = run("-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", tree, "-m", text, cwd=there)
        run("update-ref", "refs/publishing/pages", commit, cwd=there)
        if refused:
            with pytest.raises(TargetError, match=r"anna on desk \(process 4\).* is publishing there"):
                publish(GitTarget(str(there), "pages"), release(tmp_path, PAGES))
            assert run("rev-parse", "refs/publishing/pages", cwd=there) == commit
        else:
            publish(GitTarget(str(there), "pages"), release(tmp_path, PAGES))
            assert run("for-each-ref", "refs/publishing", cwd=there) == ""


def test_a_repository_that_is_not_there(tmp_path: Path) -> None:
    """An error of git becomes a message with git's text and without passwords."""
    with pytest.raises(TargetError, match="without a question") as error:
        publish(GitTarget("http://anna:hidden@127.0.0.1:1/site.git", "pages"), release(tmp_path, PAGES))
    assert "127.0.0.1" in str(error.value)
    assert "hidden" not in str(error.value)


def test_git_of_a_hook(tmp_path: Path, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that git sets for hooks do not affect publishing."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    publish(GitTarget(str(there), "pages"), release(tmp_path, PAGES))
    assert not (tmp_path / "index").exists()
