"""Test that following the advice of `inv start-site` and `inv update-engine` succeeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.authoring.new_site.start import start_site
from plugins.authoring.new_site.update import update_engine
from plugins.base.errors import UserError
from tests.authoring.cli.messages import follows
from tests.authoring.new_site import projects
from tests.authoring.new_site.projects import NAME, URL, commit, project
from tests.publishing.test_git_status import git
from tests.sites.building import snapshot
from tests.sites.writing import write


def refused(source: Path, folder: Path, name: str, url: str) -> str:
    """Return the message with which a start is refused. It writes nothing."""
    before = snapshot(source.parent)
    with pytest.raises(UserError) as stopped:
        start_site(source, folder, name=name, url=url)
    assert snapshot(source.parent) == before
    return str(stopped.value)


@follows(
    "which cannot be the name of a site", "which is not a whole web address; write it with its scheme and in small"
)
@pytest.mark.parametrize(
    ("name", "url", "option"),
    [
        ("", URL, "--name"), ("999", URL, "--name"), ("<b>", URL, "--name"), ('A "B"', URL, "--name"),
        ("a" * 61, URL, "--name"), ("A\\B", URL, "--name"), (NAME, "", "--url"), (NAME, "example.org", "--url"),
        (NAME, "https://EXAMPLE.org", "--url"), (NAME, "https://example.org/?a=1", "--url"),
        (NAME, "ftp://a.b", "--url"), (NAME, 'https://example.org/"', "--url"),
    ],
)  # fmt: skip
def test_the_advised_name_and_address(name: str, url: str, option: str, tmp_path: Path) -> None:
    """A name or an address that cannot stand in the files is refused. The one of the message is not."""
    source = project(tmp_path / "project")
    said = refused(source, tmp_path / "site", name, url)
    assert said.startswith(option)
    found = re.search(r' --(?:name "([^"]+)"|url (\S+))$', said)
    assert found
    start_site(source, tmp_path / "site", name=found[1] or name, url=found[2] or url)


@follows(
    " lies in this project; choose a folder outside of it", " is a file; choose a folder", "is not empty, and nothing"
)
def test_the_advised_folder(tmp_path: Path) -> None:
    """A folder inside the project, a file, and a folder with files are refused. An empty folder is not."""
    source = project(tmp_path / "project")
    folder = tmp_path / "site"
    assert "  ../new" in refused(source, source / "new", NAME, URL)
    write(tmp_path, {"site/note.txt": "A note."})
    assert "is not empty, and nothing was written" in refused(source, folder, NAME, URL)
    assert "is a file" in refused(source, folder / "note.txt", NAME, URL)
    (folder / "note.txt").unlink()
    start_site(source, folder, name=NAME, url=URL)


@follows(
    " holds no engine: it has no file ", "there is no folder {}; name the folder, or the git address", "be fetched (git"
)
def test_the_advised_source(tmp_path: Path) -> None:
    """A folder without an engine, a missing one and an address without answer are refused. A project is not."""
    site = projects.started(tmp_path)
    empty = write(tmp_path / "empty", {"a.txt": "a"})
    for source, says in (
        (str(empty), "holds no engine"),
        (str(tmp_path / "nowhere"), "there is no folder"),
        ((tmp_path / "nowhere").as_uri(), "cannot be fetched"),
    ):
        with pytest.raises(UserError, match=says):
            update_engine(site, source)
    update_engine(site, str(tmp_path / "project"))


@follows(
    "not everything is committed: {}{}. An update", " has no branch `{}`, so it is no site", "--prefer is `{}`; write"
)
def test_the_advised_state(tmp_path: Path) -> None:
    """What is not committed, another preference, and a copy without the branch are refused, with what to do."""
    site = projects.started(tmp_path)
    source = str(project(tmp_path / "later", tasks_py="one\n"))
    with pytest.raises(UserError, match="--prefer site"):
        update_engine(site, source, prefer="both")
    write(site, {"content/articles/a/index.md": "A.", "theme/old.html": "ours\n"})
    with pytest.raises(UserError, match=r"not everything is committed: theme/old\.html, content/articles/a/"):
        update_engine(site, source)
    commit(site)
    git(tmp_path, "clone", "-q", str(site), str(tmp_path / "copy"))
    with pytest.raises(UserError, match="no branch `engine`") as stopped:
        update_engine(tmp_path / "copy", source)
    git(tmp_path / "copy", *str(stopped.value).rpartition("  git ")[2].split())
    assert update_engine(tmp_path / "copy", source).files == ("tasks.py",)


@follows("changed the same lines of {}{}. Every file is as")
def test_the_advised_preference(tmp_path: Path) -> None:
    """Each option of the message ends the clash; tests/authoring/new_site looks at what they keep."""
    site = projects.started(tmp_path)
    write(site, {"tasks.py": "ours\n"})
    commit(site)
    source = str(project(tmp_path / "later", tasks_py="theirs\n"))
    with pytest.raises(UserError) as stopped:
        update_engine(site, source)
    assert re.findall(r"--prefer (\w+)", str(stopped.value)) == ["site", "engine"]
    update_engine(site, source, prefer="site")


@follows("the program git is not on this computer")
def test_git_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git the message says what to install, and nothing is written."""
    source = project(tmp_path / "project")
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "nowhere"))
        assert "install it" in refused(source, tmp_path / "site", NAME, URL)
    start_site(source, tmp_path / "site", name=NAME, url=URL)
