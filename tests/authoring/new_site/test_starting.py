"""Test that a started site has the engine, content and settings of its own, and nothing of this organisation."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.authoring.new_site import repository
from plugins.authoring.new_site.repository import ENGINE, SiteRepository
from plugins.authoring.new_site.start import start_site
from plugins.base.errors import UserError, os_error_message
from plugins.link_check.check import check_links
from tests.authoring.new_site import projects
from tests.authoring.new_site.projects import NAME, URL, files, project
from tests.sites.building import AS_OF, HANG, ROOT, SHARED, run_here, snapshot

#: This organisation's name, in any case and with anything between its words.
_NAME = re.compile(rb"help.?me.?stop", re.IGNORECASE | re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that was started from this project, in a folder with spaces."""
    folder = tmp_path_factory.mktemp("started") / "river lane"
    start_site(ROOT, folder, name=NAME, url=URL)
    return folder


def holding_the_name(folder: Path) -> list[str]:
    """Return the files below ``folder`` that hold this organisation's name, in their text or their path."""
    return [path for path, data in files(folder).items() if _NAME.search(path.encode()) or _NAME.search(data)]


def test_a_started_site_holds_the_name_nowhere(site: Path, tmp_path: Path) -> None:
    """No file of the engine, the content or the settings names this organisation, and none of the finished site."""
    assert holding_the_name(site) == []
    done = run_here(site / "content", tmp_path / "output", HANDBOOK_OF=str(site / "content"), **settings_of(site))
    assert done.status == 0, done.stderr
    assert (tmp_path / "output" / "handbook").is_dir()
    assert holding_the_name(tmp_path / "output") == []
    page = (tmp_path / "output" / "index.html").read_text(encoding="utf-8")
    assert NAME in page


def settings_of(site: Path) -> dict[str, object]:
    """Return the settings of a site by name."""
    text = (site / "pelicanconf.py").read_text(encoding="utf-8").partition("# The site\n")[2]
    found: dict[str, object] = {}
    exec(text, {}, found)  # noqa: S102 - written by the code under test
    return found


def notes(site: Path) -> list[str]:
    """Return the places of all notes of what is to do in the files of a site, each as path and line."""
    return [
        f"{path}:{number}"
        for path, data in sorted(files(site).items())
        if path.startswith(("content/", "pelicanconf", "publishconf"))
        for number, line in enumerate(data.decode("utf-8").split("\n"), start=1)
        if "# to do:" in line.lower()
    ]


def finish(site: Path) -> None:
    """Delete every note of what is to do."""
    for path in {place.rpartition(":")[0] for place in notes(site)}:
        text = (site / path).read_text(encoding="utf-8")
        (site / path).write_text(re.sub(r"(?i)# to do:", "# Done:", text), encoding="utf-8")


def test_a_build_warns_of_what_is_to_do_and_of_nothing_else(site: Path, tmp_path: Path) -> None:
    """Each note is told with file and line, and the contacts that nobody has verified."""
    done = run_here(site / "content", tmp_path / "output", HANDBOOK_OF=str(site / "content"), **settings_of(site))
    assert done.status == 0
    told = re.findall(r"^(?:error|warning|advice)\b.*", done.stderr, re.MULTILINE)
    assert told[0] == "warning: 2 help contacts unverified: `inv due`"
    assert {place.partition(":")[0] for place in notes(site)} >= {"pelicanconf.py", "content/register/help.yaml"}
    assert all(line.startswith("warning[to-do]: still to do: ") for line in told[1:])
    assert sorted(re.findall(r"\((?:.*/river lane/)?(\S+)\)$", "\n".join(told[1:]), re.MULTILINE)) == sorted(
        notes(site)
    )


def test_a_release_waits_for_the_contacts_and_shows_nothing_that_it_lacks(site: Path, tmp_path: Path) -> None:
    """A release stops while the help register is unfinished. When it is done, each link of it leads somewhere."""
    folder = shutil.copytree(site, tmp_path / "a site")
    options = {**settings_of(folder), "RELEASE": True, "HELP_EXPIRED_ALLOWED": ["nhs-111"], "SITEURL": URL}
    done = run_here(folder / "content", tmp_path / "output", **options)
    assert done.status == 1
    stopped = re.findall(r"^error\[(.*?)\]: .*\(.*/content/(.*):", done.stderr, re.MULTILINE)
    assert set(stopped) == {("to-do", "register/help.yaml"), ("to-do", "register/crisis.yaml")}
    assert not (tmp_path / "output").exists()
    finish(folder)
    done = run_here(folder / "content", tmp_path / "output", **options)
    assert done.status == 0, done.stderr
    assert "to-do" not in done.stderr
    assert not (tmp_path / "output" / "handbook").exists()
    check_links(str(tmp_path / "output"))
    for page in (tmp_path / "output").rglob("*.html"):
        assert "handbook" not in page.read_text(encoding="utf-8").casefold(), page


def test_the_engine_is_whole(site: Path) -> None:
    """Each tracked file of this project is in the started site, but for those of this organisation."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    if not listed:
        pytest.skip("this folder is not under git")
    own = ("content/", "tests/site_content/", "docs/home.webp", "README.md", "pelicanconf.py", "publishconf.py")
    engine = {path for path in listed.decode().split("\0") if path and (ROOT / path).is_file()}
    assert {path for path in engine if not path.startswith(own)} <= files(site).keys()


def test_999_and_111_stay(site: Path) -> None:
    """The register has both, with the organisation's own contact, and no other number."""
    register = (site / "content/register/help.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^- id: (.*)", register, re.MULTILINE) == ["emergency", "nhs-111", "river-lane"]
    assert re.findall(r"^  number: (.*)", register, re.MULTILINE) == ['"999"', '"111"']
    for file in (site / "content/register").iterdir():
        assert "# To do: " in file.read_text(encoding="utf-8"), file.name


def test_engine_and_site_have_branches_of_their_own(tmp_path: Path) -> None:
    """The branch engine holds the listed files only. The site adds its own, and everything is committed."""
    folder = projects.started(tmp_path)
    repository = SiteRepository(folder)
    assert set(repository.git("ls-tree", "-r", "--name-only", ENGINE).split("\n")) == projects.ENGINE.keys()
    assert repository.git("status", "--porcelain") == ""
    assert repository.git("rev-parse", "--abbrev-ref", "HEAD") == "main"
    own = files(folder).keys() - projects.ENGINE.keys()
    assert {path.split("/")[0] for path in own} == {"content", "README.md", "pelicanconf.py", "publishconf.py"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a new site", "project"]


def test_the_same_start_gives_the_same_files(tmp_path: Path) -> None:
    """Only the permanent ids differ between two starts."""
    first, second = projects.started(tmp_path / "a"), projects.started(tmp_path / "b")
    without_ids = [
        {path: re.sub(rb"(?m)^id: .*$", b"", data) for path, data in files(folder).items()}
        for folder in (first, second)
    ]
    assert without_ids[0] == without_ids[1]


@pytest.mark.parametrize("name", ["O'Neill & Sons (Ltd.)", "Élan, Llŷn", "No. 9", "999", "Emergency"])
def test_any_name_gives_valid_files(name: str, tmp_path: Path) -> None:
    """A name with signs stands in YAML, Python and Markdown as it is."""
    if name == "999":
        with pytest.raises(UserError):
            start_site(project(tmp_path / "project"), tmp_path / "site", name=name, url=URL)
        return
    start_site(project(tmp_path / "project"), tmp_path / "site", name=name, url=f"{URL}/a/")
    settings = settings_of(tmp_path / "site")
    assert settings["SITENAME"] == name
    done = run_here(tmp_path / "site/content", tmp_path / "output", **settings)
    assert done.status == 0, done.stderr
    publishing = (tmp_path / "site/publishconf.py").read_text(encoding="utf-8")
    assert f'SITEURL = "{URL}/a"\n' in publishing


def test_an_interrupted_start_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start that fails half-way leaves no part of a site."""
    source = project(tmp_path / "project")
    before = snapshot(tmp_path)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(SiteRepository, "commit_engine", stop)
    with pytest.raises(KeyboardInterrupt):
        start_site(source, tmp_path / "site", name=NAME, url=URL)
    assert snapshot(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_a_full_disk_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git says of a full disk is the error of the system, which every command explains, and nothing is left."""
    source = project(tmp_path / "project")
    before = snapshot(tmp_path)
    said = "error: copy-fd: write returned: No space left on device\nfatal: cannot copy 'description'"
    done = subprocess.CompletedProcess(["git"], 128, "", said)
    monkeypatch.setattr(repository, "_run", lambda *_: done)
    with pytest.raises(OSError, match="No space left") as stopped:
        start_site(source, tmp_path / "site", name=NAME, url=URL)
    assert "the disk is full" in os_error_message(stopped.value)
    assert snapshot(tmp_path) == before


def inv(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run an ``inv`` command of a site in a separate process, whose tests share nothing with these."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON") and name != SHARED
    }
    return subprocess.run(
        [sys.executable, "-m", "invoke", *words], cwd=folder, env={**environment, "COLUMNS": "300"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=HANG,
    )  # fmt: skip


def test_the_links_of_its_readme_lead_to_files(site: Path) -> None:
    """Each relative link is that of a file in the started site."""
    targets = re.findall(r"\]\(([^):#\s]+)", (site / "README.md").read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (site / target).exists()] == []


@pytest.mark.real
def test_the_commands_of_a_started_site_work(site: Path, tmp_path: Path) -> None:
    """It is checked, built and released by its own commands, and takes in a later engine."""
    folder = shutil.copytree(site, tmp_path / "a site", symlinks=True)
    checked = inv(folder, "check", "--as-of", AS_OF)
    assert checked.returncode == 0, checked.stderr
    for place in notes(folder):
        assert f"({place})" in checked.stdout
    finish(folder)
    projects.commit(folder)
    released = inv(folder, "build", "--production", "--as-of", AS_OF, "--allow-expired", "nhs-111")
    assert released.returncode == 0, released.stderr
    assert URL in (folder / "output/index.html").read_text(encoding="utf-8")
    assert holding_the_name(folder / "output") == []
    later = shutil.copytree(site, tmp_path / "later", symlinks=True, ignore=shutil.ignore_patterns(".git"))
    with (later / "theme/styles/base/tokens.css").open("a", encoding="utf-8") as file:
        file.write("/* later */\n")
    kept = {path: data for path, data in files(folder).items() if path.startswith(("content/", "pelicanconf"))}
    updated = inv(folder, "update-engine", str(later))
    assert updated.returncode == 0, updated.stderr
    assert "Updated: 1 file of the engine." in updated.stdout
    assert (folder / "theme/styles/base/tokens.css").read_text(encoding="utf-8").endswith("/* later */\n")
    assert kept.items() <= files(folder).items()
    again = inv(folder, "start-site", "../of a site", "--name", "Another", "--url", "https://another.example")
    assert again.returncode == 0, again.stderr


@pytest.mark.deep
def test_a_started_site_passes_its_tests(site: Path, tmp_path: Path) -> None:
    """``inv test`` passes in a started site with the packages of this one."""
    folder = shutil.copytree(site, tmp_path / "a site", symlinks=True)
    done = inv(folder, "test")
    assert done.returncode == 0, done.stdout[-5_000:]
