"""Test that every command for authors works with only the packages of the README's first command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from msgspec import Struct

from tests.authoring.cli.test_jobs import jobs
from tests.installation import make_environment
from tests.publishing.test_git_status import git
from tests.sites.building import AS_OF, ROOT, SITES
from tests.sites.sample_project import write_sample_settings
from tests.sites.writing import write
from tests.stories.telling import site

#: Each test starts commands in separate processes.
pytestmark = pytest.mark.real

_PARTS = ("docs", "plugins", "theme", "tasks.py", "pyproject.toml", ".gitignore")
_SKIPPED = shutil.ignore_patterns("node_modules", "__pycache__")
#: Modules that only extras install.
_OTHERS = ("playwright", "boto3", "botocore", "pytest", "hypothesis", "bs4", "html5lib", "moto", "packaging")


class Author(Struct):
    """An author's copy of the project after the first command.

    Attributes:
        folder: the project.
        python: the Python of its environment.
    """

    folder: Path
    python: Path

    def inv(self, *words: str) -> str:
        """Run a command, which must succeed, and return its output."""
        done = self.run("-m", "invoke", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python."""
        bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            [self.python, *words], cwd=self.folder, env=bare, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=300,
        )  # fmt: skip

    def commit(self) -> None:
        """Commit everything."""
        git(self.folder, "add", ".")
        git(self.folder, "commit", "-qm", "Write")

    def serve(self, job: str = "serve") -> str:
        """Run ``job``, the preview or the editor, until it prints its address, and return that line."""
        words = [str(self.python), "-m", "invoke", job, "--port", "0", "--as-of", AS_OF]
        quiet = {**os.environ, "BROWSER": "true"}
        with subprocess.Popen(words, cwd=self.folder, env=quiet, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            line = next((line for line in process.stdout if "http://" in line), "")
            process.send_signal(signal.SIGINT)
        return line


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author of a small site with a story and a commitment."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in _PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=_SKIPPED)
        else:
            shutil.copy(ROOT / name, folder / name)
    write_sample_settings(folder)
    promise = "commitments/we-listen/index.md"
    site(folder, more={promise: (SITES / "full" / promise).read_bytes()})
    made = Author(folder, make_environment(tmp_path / "environment"))
    git(folder, "init", "-q")
    made.commit()
    return made


def test_every_command_for_authors_runs(author: Author, tmp_path: Path) -> None:
    """Each command that needs no extra works, from a build to a publication and a withdrawal."""
    code = f"import importlib.util; print([name for name in {_OTHERS} if importlib.util.find_spec(name)])"
    assert author.run("-c", code).stdout == "[]\n"
    to = ("--to", f"folder:{tmp_path / 'host'}")
    release = (*to, "--check", "none", "--as-of", AS_OF)
    said = {
        "build": author.inv("build", "--as-of", AS_OF),
        "serve": author.serve(),
        "write": author.serve("write"),
        "check": author.inv("check", "--as-of", AS_OF),
        "due": author.inv("due", "--as-of", AS_OF, "--calendar", str(tmp_path / "due.ics")),
        "schemas": author.inv("schemas"),
        "starter": author.inv("starter"),
    }
    author.commit()
    said |= {
        "publish": author.inv("publish", *release),
        "new": author.inv(
            "new", "article", "--title", "A walk", "--summary", "A walk in the park.", "--author", "editor",
            "--topics", "families", "--as-of", AS_OF,
        ),
        "record": author.inv(
            "record", "we-listen", "--said", "We will.", "--did", "We did.", "--role", "Community lead", "--on", AS_OF
        ),
        "approve": author.inv("approve", "told", "--yes"),
    }  # fmt: skip
    author.commit()
    author.inv("publish", *release)
    said["releases"] = author.inv("releases", *to)
    said["rollback"] = author.inv("rollback", said["releases"].splitlines()[1].split()[0], *to, "--check", "none")
    said["withdraw"] = author.inv("withdraw", "told", "--yes", "--accept-found", "--as-of", AS_OF)
    letter = write(tmp_path, {"letter.html": "<h1>A letter</h1><p>We walk every Sunday.</p>"}) / "letter.html"
    said["import"] = author.inv("import", str(letter))
    other = Author(tmp_path / "other", author.python)
    said["start-site"] = author.inv(
        "start-site", str(other.folder), "--name", "Another", "--url", "https://another.example"
    )
    said["update-engine"] = other.inv("update-engine", str(author.folder))
    assert said.keys() == {job.name for job in jobs() if not job.needs}
    assert "http://127.0.0.1:" in said["serve"]
    assert all(said.values())
