"""Test that an update takes in a later engine, and leaves everything of the site as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.authoring.new_site.command import update_engine as update_and_print
from plugins.authoring.new_site.repository import ENGINE, FILES, SiteRepository
from plugins.authoring.new_site.update import update_engine
from plugins.base.errors import UserError
from tests.authoring.new_site import projects
from tests.authoring.new_site.projects import commit, files, project
from tests.publishing.test_git_status import git
from tests.sites.writing import write

_ARTICLE = "content/articles/ours/index.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a started site with a text, a colour and a setting of its own, all committed."""
    folder = projects.started(tmp_path)
    write(folder, {_ARTICLE: "Ours."})
    replace(folder / "theme/tokens.css", "a: 1", "a: ours")
    replace(folder / "pelicanconf.py", 'SITESUBTITLE = ""', 'SITESUBTITLE = "Ours"')
    commit(folder)
    return folder


def replace(file: Path, old: str, new: str) -> None:
    """Replace ``old`` in ``file``."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def later(root: Path) -> Path:
    """Return a project with a later engine: files changed, added and deleted, and content and settings of its own."""
    folder = project(root / "later project")
    replace(folder / "theme/tokens.css", "g: 7", "g: later")
    (folder / "theme/old.html").unlink()
    others: dict[str, str | bytes] = {"pelicanconf.py": "later", "content/register/help.yaml": "later"}
    return write(folder, {"plugins/new.py": "new\n", **others})


def test_a_later_engine_is_merged(site: Path, tmp_path: Path) -> None:
    """Changed, new and deleted files arrive. The site's own lines, content and settings stay."""
    before = files(site)
    done = update_engine(site, str(later(tmp_path)))
    after = files(site)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed == set(done.files) == {"theme/tokens.css", "theme/old.html", "plugins/new.py"}
    assert after["theme/tokens.css"] == b"a: ours\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: later\n"
    assert "theme/old.html" not in after
    repository = SiteRepository(site)
    assert repository.git("status", "--porcelain") == ""
    assert repository.git("rev-parse", f"{ENGINE}~1")
    assert not done.installs


def test_an_update_can_be_taken_back_and_made_again(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printed command takes it back. The same engine changes nothing the second time, and again after that."""
    monkeypatch.setattr("plugins.authoring.new_site.command._ROOT", site)
    before, source = files(site), later(tmp_path)
    update_and_print(str(source), prefer="")
    said = capsys.readouterr().out
    assert "Updated: 3 files of the engine. Content and settings are as they were.\n" in said
    update_and_print(str(source), prefer="")
    assert capsys.readouterr().out == "This site has that engine already.\n"
    updated = files(site)
    git(site, *said.rstrip().rpartition("  git ")[2].split())
    assert files(site) == before
    update_and_print(str(source), prefer="")
    assert files(site) == updated


def test_a_git_address_is_fetched(site: Path, tmp_path: Path) -> None:
    """A source may be a repository elsewhere; what it has committed counts."""
    source = later(tmp_path)
    git(source, "init", "-q")
    commit(source)
    replace(source / "theme/tokens.css", "g: later", "g: not committed")
    update_engine(site, source.as_uri())
    assert b"g: later" in files(site)["theme/tokens.css"]


def test_new_packages_are_told(site: Path, tmp_path: Path) -> None:
    """When the list of packages changes, the person has to install them."""
    source = write(later(tmp_path), {FILES: "plugins\npyproject.toml\ntasks.py\ntheme\n", "pyproject.toml": "new"})
    assert update_engine(site, str(source)).installs


def test_an_engine_that_claims_content_gets_none(site: Path, tmp_path: Path) -> None:
    """Content and settings are never part of an engine, whatever its list says."""
    source = write(later(tmp_path), {FILES: "plugins\ntasks.py\ntheme\ncontent\npelicanconf.py\n"})
    before = files(site)
    update_engine(site, str(source))
    after = files(site)
    assert after["pelicanconf.py"] == before["pelicanconf.py"]
    assert {path for path in after if path.startswith("content/")} == {p for p in before if p.startswith("content/")}


def _same_line(site: Path, source: Path) -> None:
    replace(site / "theme/tokens.css", "d: 4", "d: ours")
    replace(source / "theme/tokens.css", "d: 4", "d: theirs")


def _picture(site: Path, source: Path) -> None:
    (site / "theme/icon.png").write_bytes(b"\x89PNG\0ours")
    (source / "theme/icon.png").write_bytes(b"\x89PNG\0theirs")


def _deleted_there(site: Path, source: Path) -> None:
    (site / "theme/old.html").write_text("ours\n", encoding="utf-8")
    assert not (source / "theme/old.html").exists()


def _deleted_here(site: Path, source: Path) -> None:
    (site / "tasks.py").unlink()
    replace(source / "tasks.py", "four", "theirs")


def _added_by_both(site: Path, source: Path) -> None:
    write(site, {"plugins/new.py": "ours\n"})
    write(source, {"plugins/new.py": "theirs\n"})


@pytest.mark.parametrize(
    ("clash", "path", "ours", "theirs"),
    [
        (_same_line, "theme/tokens.css", b"d: ours", b"d: theirs"),
        (_picture, "theme/icon.png", b"ours", b"theirs"),
        (_deleted_there, "theme/old.html", b"ours", None),
        (_deleted_here, "tasks.py", None, b"theirs"),
        (_added_by_both, "plugins/new.py", b"ours", b"theirs"),
    ],
)
def test_a_clash_stops_the_update_and_loses_nothing(
    clash: Callable[[Path, Path], None], path: str, ours: bytes | None, theirs: bytes | None, site: Path, tmp_path: Path
) -> None:
    """The message names the file. Nothing changes until a person says whose lines count, and then everything merges."""
    source = later(tmp_path)
    clash(site, source)
    commit(site)
    before = files(site)
    with pytest.raises(UserError, match=path) as stopped:
        update_engine(site, str(source))
    assert "--prefer site" in str(stopped.value)
    assert files(site) == before
    assert SiteRepository(site).git("status", "--porcelain") == ""
    copy = shutil.copytree(site, tmp_path / "copy")
    for folder, prefer, wanted in ((site, "site", ours), (copy, "engine", theirs)):
        update_engine(folder, str(source), prefer=prefer)
        after = files(folder)
        assert (path in after) == (wanted is not None)
        assert wanted is None or wanted in after[path]
        assert b"g: later" in after["theme/tokens.css"]
        assert after[_ARTICLE] == b"Ours."
        assert SiteRepository(folder).git("status", "--porcelain") == ""
