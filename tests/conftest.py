"""Provide shared fixtures: built sites, each built once for all processes of a run, and the browser."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from plugins.assets import stylesheet
from plugins.base.code_version import code_digest
from plugins.engine.cache import persistent
from plugins.pages.environment import ThemeEnvironment
from plugins.publishing.release import build as release_build
from plugins.publishing.release.compression import compressed
from tests.examples import load_profile
from tests.provisioning import LAUNCH_FLAGS, Missing, chromium
from tests.sites.building import CONTENT, SITES, Built, build_once, shared
from tests.sites.sample_settings import read_as_sample, replace_settings
from tests.sites.serving import served
from tests.sites.writing import write

load_profile()

# A background shell makes its children ignore Ctrl-C, but the commands under test must handle it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


#: Fixtures that start the live preview or a program not from pip. A test that uses one is in the tier ``real``.
_PROGRAMS = frozenset({"browser", "tools", "ssh_client", "s3_server", "live"})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need programs, and start the deep ones first, so that none runs alone at the end."""
    for item in items:
        if isinstance(item, pytest.Function) and not _PROGRAMS.isdisjoint(_fixtures_of(item)):
            item.add_marker(pytest.mark.real)
    items.sort(key=lambda item: item.get_closest_marker("deep") is None)


def _fixtures_of(item: pytest.Function) -> set[str]:
    """Return the names of the fixtures that a test uses, without its own parameters."""
    own = item.callspec.params if hasattr(item, "callspec") else {}
    return {*item.fixturenames} - own.keys()


def pytest_configure() -> None:
    """Give each worker a processor, and all processes of a run a folder with a home for the programs of tests.

    Caddy, Chromium, git, ssh and others read and write the home folder. A test must not depend on the real one or
    change it.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and hasattr(os, "sched_setaffinity"):
        # Each worker keeps one processor busy, so builds that divide their work among all processors only lose time.
        processors = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {processors[int(worker.removeprefix("gw")) % len(processors)]})
    # Programs of tests read the modules that this process has compiled. They write none, because a full disk, which
    # some of them meet, would leave half a file that Python reads as it is.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    home = shared() / "home"
    if not home.exists():
        caches = Path("Library/Caches") if sys.platform == "darwin" else Path(".cache")
        os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path.home() / caches / "ms-playwright"))
        home.mkdir()
        os.environ["HOME"] = str(home)


@pytest.fixture(autouse=True, scope="session")
def _settings_of_the_sample() -> Iterator[None]:
    """Let commands in this process read the sample organisation's settings for the sites below ``tests``."""
    with pytest.MonkeyPatch.context() as patch:
        replace_settings(patch, read_as_sample)
        yield


def _site(content: Path, name: str, url: str = "http://localhost:8000") -> Built:
    return build_once(content, shared() / name, url=url)


@pytest.fixture(scope="session", autouse=True)
def computed_once() -> Iterator[None]:
    """Compile each template and style file, digest the code and compress a file once a process.

    Builds with a new cache and releases of the same site then repeat none of it.
    """
    compile_anew = ThemeEnvironment.compile
    codes: dict[tuple[object, ...], Any] = {}

    def compile_once(self: ThemeEnvironment, *arguments: Any) -> Any:
        # Jinja computes constants such as `"/help/" | url` at once, so the code depends on the address of the site.
        key = (self.filters["absolute"]("/"), *arguments)
        if key not in codes:
            codes[key] = compile_anew(self, *arguments)
        return codes[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(persistent, "code_digest", cache(code_digest))
        patch.setattr(stylesheet, "read", cache(stylesheet.read))
        patch.setattr(ThemeEnvironment, "compile", compile_once)
        patch.setattr(release_build, "compressed", cache(compressed))
        yield


@pytest.fixture(scope="session")
def real() -> Built:
    """Return the site itself."""
    return _site(CONTENT, "real")


@pytest.fixture(scope="session")
def full() -> Built:
    """Return the site of ``sites/full`` with every field, block and kind."""
    return _site(SITES / "full", "full")


@pytest.fixture(scope="session")
def minimal() -> Built:
    """Return the site of ``sites/minimal`` with one article and its author."""
    return _site(SITES / "minimal", "minimal")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site of an empty folder."""
    return _site(tmp_path_factory.mktemp("empty"), "empty")


@pytest.fixture(scope="session")
def registers_only(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site of a folder with only the registers of ``sites/full``."""
    names = ("topics.yaml", "help.yaml", "glossary.yaml", "withdrawn.yaml")
    files = {f"register/{name}": (SITES / "full" / "register" / name).read_bytes() for name in names}
    return _site(write(tmp_path_factory.mktemp("registers"), files), "registers")


@pytest.fixture(scope="session")
def below() -> Built:
    """Return the site of ``sites/full`` below a path of its host."""
    return _site(SITES / "full", "below", "https://example.org/a/community")


@pytest.fixture(params=["real", "full", "minimal", "empty", "registers_only", "below"], scope="session")
def built(request: pytest.FixtureRequest) -> Built:
    """Return each of the built sites in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Built)
    return found


@pytest.fixture(scope="session")
def browser_if_any() -> Iterator[Browser | None]:
    """Yield Chromium, or None where it is not installed."""
    try:
        program = chromium()
    except Missing:
        yield None
        return
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(LAUNCH_FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def browser(browser_if_any: Browser | None) -> Browser:
    """Return Chromium, which the real tier requires."""
    return browser_if_any or pytest.fail("this test needs Chromium, which  inv test --real  installs where it may")


@pytest.fixture(scope="session")
def address(real: Built) -> Iterator[str]:
    """Yield the address, without its last slash, of the site itself."""
    with served(real.output) as address:
        yield address


@pytest.fixture(scope="session")
def full_address(full: Built) -> Iterator[str]:
    """Yield the address, without its last slash, of the site of ``sites/full``."""
    with served(full.output) as address:
        yield address
