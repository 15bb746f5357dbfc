"""Test the commands ``inv publish``, ``inv rollback`` and ``inv releases`` in a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.publishing import command
from plugins.publishing.release.build import read_release
from tests.authoring.cli.commands import inv_here
from tests.publishing.hosts.serving import ask, serving
from tests.publishing.test_git_status import git
from tests.sites.building import AS_OF, HANG, ROOT, SITES, cached_in
from tests.sites.sample_project import COMPILED, write_sample_settings
from tests.sites.sample_settings import replace_settings

pytestmark = pytest.mark.real

#: The parts of the project that publishing needs.
_PARTS = (
    "plugins", "theme", "tests/__init__.py", "tests/provisioning", "tasks.py", "pyproject.toml",
    ".gitignore",
)  # fmt: skip
_ARTICLE = "articles/everything/index.md"
_PAGE = "/articles/everything/"


class Project:
    """A copy of the project, under git, with the content of ``sites/full``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.host = folder.parent / "host"
        for name in _PARTS:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=COMPILED)
            else:
                shutil.copy(source, target)
        write_sample_settings(folder)
        shutil.copytree(SITES / "full", folder / "content")
        with (folder / "publishconf.py").open("a", encoding="utf-8") as settings:
            settings.write("PUBLISH_CHECK_SECONDS = 1\n")
        git(folder, "init", "-q")
        self.commit()

    def commit(self) -> None:
        """Commit all files."""
        git(self.folder, "add", ".")
        git(self.folder, "commit", "-qm", "Write")

    def write(self, words: str) -> None:
        """Append ``words`` to an article."""
        with (self.folder / "content" / _ARTICLE).open("a", encoding="utf-8") as article:
            article.write(f"\n{words}\n")

    def inv(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run an ``inv`` command in the project."""
        environment = {**os.environ, "COLUMNS": "300"}
        command = [sys.executable, "-m", "invoke", *words]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=HANG
        )

    def publish(self, *words: str, check: str = "none") -> subprocess.CompletedProcess[str]:
        """Publish to a folder beside the project."""
        to = ("--to", f"folder:{self.host}", "--check", check)
        return self.inv("publish", *to, "--as-of", AS_OF, "--allow-expired", "shout", *words)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose site was published once to a folder, and perhaps again by other tests."""
    return published(tmp_path_factory.mktemp("project") / "site")


def published(folder: Path) -> Project:
    """Return a new project in ``folder`` whose site was published once."""
    made = Project(folder)
    done = made.publish()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "files that readers can ask for are different" in done.stdout
    return made


def test_from_an_edit_to_its_readers_and_back(tmp_path: Path) -> None:
    """An edit is published to nginx, passes the smoke test, is listed, and is rolled back."""
    project = published(tmp_path / "site")
    with serving("nginx", project.host / "current") as server:
        before = ask(server.url, _PAGE).body
        project.write("Something that was not said before.")
        project.commit()
        told = project.publish("--dry-run")
        assert told.returncode == 0, told.stderr
        assert f"~ {_PAGE[1:]}index.html" in told.stdout
        assert "Nothing was sent to folder" in told.stdout
        assert ask(server.url, _PAGE).body == before

        done = project.publish(check=server.url)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"Looking at {server.url} as readers do." in done.stdout
        assert f"~ {_PAGE[1:]}index.html" in done.stdout
        assert "index.html.br" not in done.stdout
        assert b"was not said before" in ask(server.url, _PAGE).body

        again = project.publish(check=server.url)
        assert again.returncode == 0, again.stderr
        assert "Nothing is different: readers see release" in again.stdout

        listed = project.inv("releases", "--to", f"folder:{project.host}").stdout.splitlines()
        assert len(listed) == 2
        assert listed[0].endswith("readers see this one")

        back = project.inv("rollback", "--to", f"folder:{project.host}", "--check", server.url)
        assert back.returncode == 0, back.stdout + back.stderr
        assert f"Readers see release {listed[1].split()[0]} of" in back.stdout
        assert ask(server.url, _PAGE).body == before


def test_what_is_not_committed_is_not_published(project: Project) -> None:
    """A change that is not committed stops the command before the build."""
    live = (project.host / "current").resolve()
    project.write("Not committed.")
    done = project.publish()
    git(project.folder, "checkout", "-q", "content")
    assert done.returncode == 1
    assert f"error: not everything is committed: content/{_ARTICLE}" in done.stderr
    assert (project.host / "current").resolve() == live


def test_an_expired_contact_stops_a_publication(project: Project) -> None:
    """An unverified crisis contact is not published, and the live release stays."""
    live = (project.host / "current").resolve()
    done = project.inv("publish", "--to", f"folder:{project.host}", "--check", "none", "--as-of", AS_OF)
    assert done.returncode == 1
    assert "error[contact-not-verified]: nobody has verified `shout`" in done.stderr
    assert (project.host / "current").resolve() == live


def test_a_fatal_answer_restores_the_previous_release(project: Project) -> None:
    """If the host does not serve the release, the command reports it and the previous release is live again."""
    live = (project.host / "current").resolve()
    project.write("Something else that is new.")
    project.commit()
    with serving("nginx", live) as server:
        done = project.publish(check=server.url)
    assert done.returncode == 1
    assert "is not the file of this release" in done.stderr
    assert "readers see release" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project.host / "current").resolve() == live


def test_feeds_keep_the_date_of_a_removed_story(project: Project, tmp_path: Path) -> None:
    """Feeds give the date of the first release without a story, read from the live release only."""
    host = tmp_path / "host"
    told = ':full-story-told" when="2027-12-30T'
    for day, to in (("2027-12-30", host), ("2028-01-05", host), ("2028-01-05", tmp_path / "another")):
        # Pictures may stay, because they know nothing of stories.
        for name in ("builds", "publish"):
            shutil.rmtree(project.folder / ".cache" / name, ignore_errors=True)
        allowed = "shout,samaritans,emergency,elm-tree-hub"
        words = ("--check", "none", "--as-of", day, "--allow-expired", allowed)
        done = project.inv("publish", "--to", f"folder:{to}", *words)
        assert done.returncode == 0, done.stderr
        feed = (to / "current" / "feeds" / "stories.atom.xml").read_text(encoding="utf-8")
        assert (told in feed) == (to == host)
        assert "2027-12-29" not in feed


def test_without_a_target_there_is_a_release_all_the_same(project: Project) -> None:
    """Without a target, the command says how to set one, and the release can be copied by hand."""
    done = project.inv("publish", "--as-of", AS_OF, "--allow-expired", "shout")
    assert done.returncode == 1
    assert "error: nobody has said where to publish; set PUBLISH_TARGET" in done.stderr
    release = read_release(project.folder / ".cache" / "publish" / "release")
    assert release is not None
    assert f"Release {release.inventory.id} is made" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("releases", "--to", "nowhere"), "error: "),
        (("releases",), "error: nobody has said where to publish"),
        (("rollback", "--to", "folder:/dev/null/x"), "error: "),
        (("publish", "--check", "example.org", "--unclean"), "error: PUBLISH_CHECK is `example.org`"),
    ],
)
def test_an_invalid_option_gives_a_message(words: tuple[str, ...], says: str) -> None:
    """An invalid option gives a message and status 1, and no traceback."""
    done = inv_here(*words)
    assert done.status == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_was_published_there(tmp_path: Path) -> None:
    """A target without a release is reported as such, and listing creates nothing there."""
    to = f"folder:{tmp_path / 'empty'}"
    done = inv_here("releases", "--to", to)
    assert done.status == 0, done.stderr
    assert "Nothing was published to folder" in done.stdout
    assert "nothing was published to folder" in inv_here("rollback", "--to", to, "--check", "none").stderr
    assert not (tmp_path / "empty").exists()


def test_releases_made_here_can_be_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``forget`` deletes all releases on this machine."""
    replace_settings(monkeypatch, cached_in(tmp_path))
    for name in ("site", "release"):
        (tmp_path / "publish" / name).mkdir(parents=True)
        (tmp_path / "publish" / name / "index.html").write_bytes(b"words of a story")
    command.forget()
    command.forget()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
