"""Run Pelican on a content folder, in a new process or in this one, and read the result."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from filelock import FileLock
from msgspec import Struct, field
from msgspec.structs import asdict
from pelican.settings import read_settings

from plugins.engine.incremental.command import run_build
from plugins.engine.incremental.options import BuildOptions
from plugins.engine.output_index import beside
from plugins.engine.site import AtomicPelican
from plugins.publishing import redirect_map
from tests.sites.sample_settings import read_as_sample, settings_for
from tests.sites.theme_cache import ThemeCache

ROOT = Path(__file__).resolve().parents[2]
SITES = ROOT / "tests" / "sites"
CONTENT = ROOT / "content"
#: The day of every build in the tests by default.
AS_OF = "2026-11-23"

#: Environment variable with the folder that all processes of a test run share.
SHARED = "COMMUNITY_TESTS_SHARED"

#: Timeout of a program in seconds. A busy machine may take minutes for a build.
HANG = 900

#: A line of progress, which only a slow machine prints.
_PROGRESS = re.compile(r"^\w[\w ]+: \d+ of \d+\n", re.MULTILINE)
#: A problem on several lines, or on one, which has no column.
_PROBLEM = re.compile(
    r"^(error|warning|advice)\[([a-z0-9-]+)\]: (.*?)(?:\n +--> (.*):(\d+):(\d+)| \((.*):(\d+)\))$", re.MULTILINE
)


class Reported(Struct, frozen=True, order=True):
    """A problem as a report shows it."""

    path: str
    line: int
    column: int
    name: str
    message: str
    severity: str = "error"


class Run(Struct, frozen=True):
    """One run of Pelican: its exit status and what it printed."""

    status: int
    stdout: str
    stderr: str

    def problems(self, content: Path) -> list[Reported]:
        """Return the reported problems, with paths relative to ``content``, in the order of the report.

        The column of a problem on one line is 1. Contacts that nobody has verified are left out.
        """
        shown = [str(content), os.path.relpath(content, ROOT), os.path.relpath(content)]
        found = []
        for severity, name, message, *place in _PROBLEM.findall(self.stderr):
            path, line, column = place[0] or place[3], place[1] or place[4], place[2] or 1
            if name == "contact-not-verified":
                continue
            prefix = next((start for start in shown if path.startswith(f"{start}/")), "")
            assert prefix, f"{path} is not shown in a form that an editor can open"
            found.append(Reported(path.removeprefix(f"{prefix}/"), int(line), int(column), name, message, severity))
        return found


class Built(Struct):
    """A built site.

    Attributes:
        output: its folder.
        url: its ``SITEURL``.
        run: the run that built it.
    """

    output: Path
    url: str
    run: Run
    _soups: dict[str, BeautifulSoup] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The path prefix of the site."""
        return urlsplit(self.url).path

    def files(self) -> list[str]:
        """Return the paths of all files in order."""
        return sorted(file.relative_to(self.output).as_posix() for file in self.output.rglob("*") if file.is_file())

    def html_files(self) -> list[str]:
        """Return the paths of all HTML files except redirect and tombstone pages."""
        gone = self.gone_files()
        return [
            path for path in self.files() if path.endswith(".html") and path not in gone and not self.is_redirect(path)
        ]

    def gone_files(self) -> list[str]:
        """Return the paths of the tombstone pages of withdrawn entries."""
        return sorted({page.removeprefix(f"{self.root}/".lstrip("/")) for page in self.addresses().gone.values()})

    def addresses(self) -> redirect_map.RedirectMap:
        """Return the redirects and withdrawn addresses for hosts."""
        return redirect_map.read((beside(self.output) / redirect_map.FILE).read_bytes())

    def is_redirect(self, path: str) -> bool:
        """Tell whether ``path`` is a redirect page at an old address."""
        return 'http-equiv="refresh"' in self.text(path)

    def text(self, path: str) -> str:
        """Return the text of the file ``path``."""
        return (self.output / path).read_text(encoding="utf-8")

    def page(self, permalink: str) -> BeautifulSoup:
        """Return the parsed page at ``permalink`` (without the site's prefix), or of a file with a name."""
        path = permalink.lstrip("/")
        if path == "" or path.endswith("/"):
            path += "index.html"
        if path not in self._soups:
            self._soups[path] = BeautifulSoup(self.text(path), "html5lib")
        return self._soups[path]

    def has(self, permalink: str) -> bool:
        """Tell whether the site has a page at ``permalink``."""
        path = permalink.lstrip("/")
        return (self.output / (f"{path}index.html" if path == "" or path.endswith("/") else path)).is_file()


_THEME = ThemeCache()


def shared() -> Path:
    """Return the folder that this process shares with its child processes. It is deleted when this process ends."""
    if SHARED not in os.environ:
        folder = tempfile.mkdtemp(prefix="community-tests-")
        os.environ[SHARED] = folder
        owner = os.getpid()
        atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    return Path(os.environ[SHARED])


def own_cache() -> Path:
    """Return a cache folder of the theme for checks in this process only."""
    return shared() / f"checks-{os.getpid()}"


def _defaults(content: Path) -> dict[str, Any]:
    """Return the settings of a test build. Pictures are encoded once a run, outside the project."""
    return {**settings_for(content), "AS_OF": AS_OF, "CACHE_PATH": str(shared() / "cache")}


def command(content: Path, output: Path, **settings: Any) -> list[str]:
    """Return the command line that builds ``content`` into ``output``; ``settings`` override those of the site."""
    overrides = {**_defaults(content), **settings}
    pairs = [f"{name}={json.dumps(value)}" for name, value in overrides.items()]
    return [
        sys.executable,
        "-m",
        "pelican",
        str(content),
        "-s",
        str(ROOT / "pelicanconf.py"),
        "-o",
        str(output),
        "-e",
        *pairs,
    ]


def run(content: Path, output: Path, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None, **settings: Any) -> Run:
    """Build ``content`` into ``output`` in a separate process."""
    done = subprocess.run(
        command(content, output, **settings),
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=HANG,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def run_here(content: Path, output: Path, **settings: Any) -> Run:
    """Build ``content`` into ``output`` in this process, which is faster, and let exceptions propagate."""
    overrides = {**_defaults(content), "PATH": str(content), "OUTPUT_PATH": str(output), **settings}
    read = read_settings(str(ROOT / "pelicanconf.py"), override=overrides)
    stdout, stderr = io.StringIO(), io.StringIO()
    status = 0
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            site = AtomicPelican(read)
            site.cache = _THEME
            site.run()
        except SystemExit as stop:
            # Python prints an exit reason that is not a number, and exits with 1.
            status = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
            stderr.write("" if isinstance(stop.code, int) else f"{stop.code or ''}\n")
    return Run(status, stdout.getvalue(), _PROGRESS.sub("", stderr.getvalue()))


def cached_in(folder: Path) -> Callable[..., dict[str, Any]]:
    """Return a reader of settings that keeps a command in this process out of the project's cache.

    A command that names another cache folder uses that.
    """

    def read(path: str, override: Mapping[str, object]) -> dict[str, Any]:
        return read_as_sample(path, {"CACHE_PATH": str(folder), **override})

    return read


def build_with_state(content: Path, output: Path) -> None:
    """Build a site as ``inv build`` does, in this process, with its state beside the output."""
    try:
        run_build(BuildOptions(content=str(content), output=str(output), cache=str(state_folder(output)), as_of=AS_OF))
    finally:
        # The command disables garbage collection, because its process ends at once. This process continues.
        gc.unfreeze()
        gc.enable()


def state_folder(output: Path) -> Path:
    """Return the folder of the state of ``build_with_state``."""
    return output.parent.with_name(f"made-for-{output.parent.name}")


def build(content: Path, output: Path, *, url: str = "http://localhost:8000", **settings: Any) -> Built:
    """Build a valid site in a separate process."""
    done = run(content, output, SITEURL=url, **settings)
    assert done.status == 0, done.stdout + done.stderr
    return Built(output, url, done)


def build_here(content: Path, output: Path, *, url: str = "http://localhost:8000", **settings: Any) -> Built:
    """Build a valid site in this process."""
    done = run_here(content, output, SITEURL=url, **settings)
    assert done.status == 0, done.stdout + done.stderr
    return Built(output, url, done)


def build_once(content: Path, folder: Path, *, url: str, **settings: Any) -> Built:
    """Build a valid site below ``folder``, unless another process of this run has built it."""
    output, record = folder / "output", folder / "run.json"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not record.exists():
            built = build_here(content, output, url=url, **settings)
            record.write_text(json.dumps(asdict(built.run)), encoding="utf-8")
    return Built(output, url, Run(**json.loads(record.read_text(encoding="utf-8"))))


def copied(output: Path, folder: Path) -> Path:
    """Copy the site in ``output``, with its state, to ``folder``, and return that."""
    shutil.copytree(output, folder, symlinks=True)
    if beside(output).is_dir():
        shutil.copytree(beside(output), beside(folder), dirs_exist_ok=True)
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its bytes."""
    return {path: (folder / path).read_bytes() for path in _files(folder)}


def _files(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix()
