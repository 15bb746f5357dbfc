"""Test the output of the incremental build command: summary, explanation and errors."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites.building import AS_OF, ROOT, SITES, snapshot
from tests.sites.sample_project import COMPILED, write_sample_settings
from tests.sites.writing import write

#: Each test starts commands in new processes.
pytestmark = pytest.mark.real


def built(folder: Path, content: str) -> Path:
    """Write a project and the content of ``sites/<content>`` to ``folder``, build the site, and return ``folder``."""
    shutil.copytree(SITES / content, folder / "content")
    # A copy, so that tests that run at the same time do not change it.
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, folder / "project" / name, ignore=COMPILED)
    write_sample_settings(folder / "project")
    assert run(folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a project and a site that was built once."""
    return built(tmp_path_factory.mktemp("full"), "full")


@pytest.fixture
def site(full_site: Path) -> Iterator[Path]:
    """Yield the same folder, and undo what a test changes in the content."""
    before = snapshot(full_site / "content")
    yield full_site
    if snapshot(full_site / "content") != before:
        write(full_site / "content", before)
        assert run(full_site).returncode == 0


@pytest.fixture
def own_site(tmp_path: Path) -> Path:
    """Return a folder with a project whose code a test may change, and a small site that was built once."""
    return built(tmp_path, "minimal")


def run(site: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the site in a new process."""
    folders = [f"--{name}={site / name}" for name in ("content", "output", "cache")]
    command = [sys.executable, "-m", "plugins.engine.incremental", *folders, f"--as-of={AS_OF}", *options]
    environment = {**os.environ, **environment}
    return subprocess.run(command, cwd=site / "project", env=environment, capture_output=True, text=True, check=False)


def edit(site: Path, path: str, old: str, new: str) -> None:
    """Replace a part of a text."""
    file = site / "content" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_a_sentence(site: Path) -> None:
    """Append to an article. Only its own text changes."""
    with (site / "content/articles/plain/index.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more sentence.\n")


def test_an_edit_imports_no_pelican(site: Path) -> None:
    """The import of Pelican would take longer than an edit. Only settings that are not ours need it."""
    imports = {"PYTHONPROFILEIMPORTTIME": "1"}
    assert re.search(r"\| +pelican\b", run(site, '--set=DEFAULT_LANG="en"', **imports).stderr)
    assert run(site).returncode == 0
    add_a_sentence(site)
    done = run(site, **imports)
    assert done.returncode == 0
    assert "plugins.engine.site_builder" in done.stderr
    assert not re.search(r"\| +(pelican|docutils|rich)\b", done.stderr)


def test_a_plugin_of_another_project_gets_signals_of_pelican(own_site: Path) -> None:
    """Each build sends Pelican's signals if a plugin is not one of ours, also after an edit."""
    plugin = "from pelican import signals\ndef register():\n    signals.finalized.connect(told)\n"
    plugin += "def told(site):\n    print('told of', site.settings['DEFAULT_LANG'])\n"
    (own_site / "project/foreign.py").write_text(plugin, encoding="utf-8")
    with (own_site / "project/pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("PLUGINS = [*PLUGINS, 'foreign']\n")
    assert "told of en" in run(own_site).stdout
    with (own_site / "content/articles/hello/index.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more sentence.\n")
    assert "told of en" in run(own_site).stdout


def test_settings_that_pelican_refuses_stop_a_build(own_site: Path) -> None:
    """A setting that is not one of ours is checked by Pelican. Nothing is written then."""
    before = snapshot(own_site / "output")
    with (own_site / "project/pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("EXTRA_TEMPLATES_PATHS, THEME_TEMPLATES_OVERRIDES = ['a'], ['b']\nSITENAME = 'Another name'\n")
    done = run(own_site)
    assert done.returncode == 1
    assert "error: pelicanconf.py cannot be read as settings (ValueError: Setting both" in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(own_site / "output") == before


def summary(done: subprocess.CompletedProcess[str]) -> str:
    """Return the summary of a build without the time."""
    return re.sub(r" in [\d.]+ s", "", done.stdout.strip())


def test_a_build_says_what_it_did(site: Path) -> None:
    """The summary counts written pages by reason. A build without changes says so, and repeats warnings."""
    first = run(site)
    assert re.fullmatch(r"0 of \d+ pages written: nothing changed", summary(first))
    assert re.search(r"^warning: \d+ help contacts unverified: `inv due`$", first.stderr, re.MULTILINE)
    add_a_sentence(site)
    # The receipt describes all pages. The search page and the 404 page contain the digest of the index.
    assert re.match(r"4 of \d+ pages written: 1 edited, 2 renewed, 1 list, and \d+ other files$", summary(run(site)))


def test_a_restored_output_is_not_made_again(own_site: Path) -> None:
    """The output and the cache, put back without the folder beside them, need no build; a foreign folder is refused."""
    for name in ("output", "cache"):
        shutil.copytree(own_site / name, own_site / "kept" / name)
        shutil.rmtree(own_site / name)
        shutil.copytree(own_site / "kept" / name, own_site / name)
    shutil.rmtree(own_site / ".output.build")
    assert re.fullmatch(r"0 of \d+ pages written: nothing changed", summary(run(own_site)))
    shutil.rmtree(own_site / ".output.build")
    shutil.rmtree(own_site / "output")
    (own_site / "output").mkdir()
    (own_site / "output" / "letter.txt").write_text("mine", encoding="utf-8")
    assert "holds files that this tool did not make" in run(own_site).stderr


def test_a_page_is_explained(site: Path) -> None:
    """A page can be named by address, output file or source file. Its changed inputs are listed."""
    add_a_sentence(site)
    explanation = run(site, "--explain=/articles/plain/").stdout
    assert "articles/plain/index.html was made anew: its text and front matter changed." in explanation
    explanation = run(site, "--explain=articles/plain/index.md").stdout
    assert "articles/plain/index.html was not made anew: nothing of what it is made of changed" in explanation
    (site / "output/articles/plain/index.html").unlink()
    explanation = run(site, "--explain=articles/plain/index.html").stdout
    assert "was made anew: its file was not there, or was not as it had been written." in explanation


def test_what_concerns_every_page_is_explained(own_site: Path) -> None:
    """A changed environment, changed options and changed code are named as the reason to render every page."""
    page = "--explain=/articles/hello/"
    assert "was made anew, as every file: the environment changed." in run(own_site, page, TZ="Asia/Tokyo").stdout
    explanation = run(own_site, page, '--set=SITENAME="Ours"', TZ="Asia/Tokyo").stdout
    assert "was made anew, as every file: what was asked for changed." in explanation
    assert "as every file: what was asked for and the environment changed." in run(own_site, page).stdout
    with (own_site / "project/plugins/feeds/limits.py").open("a", encoding="utf-8") as file:
        file.write("# More.\n")
    assert "as every file: the code changed." in run(own_site, page).stdout


def test_variables_that_cannot_matter_leave_no_trace(own_site: Path) -> None:
    """Only a variable that the settings use causes a build. Values of variables are not stored."""
    assert "nothing changed" in run(own_site, A_WORD="hunter2-token").stdout
    with (own_site / "project/pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("import os\nSITENAME = os.environ.get('A_NAME', SITENAME)\n")
    assert run(own_site).returncode == 0
    assert run(own_site, A_NAME="hunter2-name", A_WORD="hunter2-token").returncode == 0
    assert "hunter2-name" in (own_site / "output/index.html").read_text(encoding="utf-8")
    state, *others = (own_site / "cache").rglob("state")
    assert not others
    assert b"hunter2" not in state.read_bytes()


def test_what_is_remembered_is_for_its_owner(own_site: Path) -> None:
    """Files and folders of the cache are readable only by their owner, even if an earlier version was less strict."""
    cache = own_site / "cache"
    for place in (cache, *cache.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    with (own_site / "project/plugins/feeds/limits.py").open("a", encoding="utf-8") as file:
        file.write("# More.\n")
    assert run(own_site).returncode == 0
    modes = {place: place.stat().st_mode & 0o777 for place in (cache, *cache.rglob("*"))}
    pictures = {place for place in modes if "images" in place.parts}
    assert {modes[place] for place in modes.keys() - pictures if place.is_file()} == {0o600}
    assert {modes[place] for place in modes if place.is_dir() and place not in pictures} == {0o700}


def test_a_page_that_is_not_there_is_told(site: Path) -> None:
    """An unknown page is an error before the build."""
    done = run(site, "--explain=/articles/plian/")
    assert done.returncode == 1
    assert "no page /articles/plian/" in done.stderr
    assert "did you mean /articles/plain/" in done.stderr


def test_settings_may_change_what_surrounds_them(own_site: Path) -> None:
    """Changes of the environment and of ``sys.path`` by the settings do not cause a full build."""
    (own_site / "Some-1.0.dist-info").mkdir()
    with (own_site / "project/pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(f"import os\nos.environ['ADDED'] = '1'\nsys.path.append({str(own_site)!r})\n")
    assert run(own_site).returncode == 0
    script = (
        "from plugins.engine.incremental.options import BuildOptions; "
        "from plugins.engine.incremental.change_detection import nothing_to_do; "
        f"folders = [r'{own_site}/' + name for name in ('content', 'output', 'cache')]; "
        f"print(nothing_to_do(BuildOptions(*folders, '{AS_OF}'))[1])"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=own_site / "project", capture_output=True, text=True, check=True)
    assert "nothing changed" in done.stdout


def test_a_setting_that_cannot_be_read_is_told(site: Path) -> None:
    """An override that is not JSON is an error with its value and an example."""
    done = run(site, "--set=SITENAME=Our site")
    assert done.returncode == 1
    assert "error: the value of SITENAME is `Our site`, which is not JSON" in done.stderr


def test_a_mistake_in_the_code_shows_where_when_asked(own_site: Path) -> None:
    """The traceback of an internal error is shown only with ``--debug``."""
    code = own_site / "project/plugins/pages/page_renderer.py"
    code.write_text(
        code.read_text(encoding="utf-8").replace("shown, meta, site = ", "assert not page; shown, meta, site = ", 1),
        "utf-8",
    )
    for options, shows in (((), False), (("--debug",), True)):
        done = run(own_site, *options)
        assert done.returncode == 1
        assert ("Traceback" in done.stderr) == shows


def test_from_scratch_is_the_same(site: Path) -> None:
    """A build with ``--from-scratch`` writes nothing if every file is unchanged."""
    assert re.match(r"0 of \d+ pages written: nothing changed$", summary(run(site, "--from-scratch")))


def test_a_mistake_leaves_the_site_as_it_was(site: Path) -> None:
    """A failed build writes nothing and keeps the cache. After the repair, there is nothing to do."""
    before = (site / "output/articles/plain/index.html").read_bytes()
    edit(site, "articles/plain/index.md", "title:", "titel:")
    assert run(site).returncode == 1
    assert (site / "output/articles/plain/index.html").read_bytes() == before
    edit(site, "articles/plain/index.md", "titel:", "title:")
    assert re.match(r"0 of \d+ pages written: nothing changed$", summary(run(site)))
