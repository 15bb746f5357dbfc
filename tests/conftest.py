"""What all tests share: the built sites, each built once by real Pelican in a process of its own, and the browser."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.examples import load_profile
from tests.provisioning import LAUNCH_FLAGS, chromium
from tests.sites.building import CONTENT, SITES, Built, build
from tests.sites.serving import served
from tests.sites.writing import write

load_profile()

# Whoever starts the tests in the background hands on that Ctrl-C is ignored; the commands under test must hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin the tests that take minutes first, so that no processor waits for one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)


def _site(factory: pytest.TempPathFactory, content: Path, url: str = "http://localhost:8000") -> Built:
    return build(content, factory.mktemp("site") / "output", url=url)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site itself."""
    return _site(tmp_path_factory, CONTENT)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of ``sites/full``: every field, block and kind."""
    return _site(tmp_path_factory, SITES / "full")


@pytest.fixture(scope="session")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of ``sites/minimal``: one article and its author."""
    return _site(tmp_path_factory, SITES / "minimal")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of a folder with nothing in it."""
    return _site(tmp_path_factory, tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def registers_only(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of a folder with the registers of ``sites/full`` and nothing else."""
    names = ("topics.yaml", "help.yaml", "glossary.yaml", "withdrawn.yaml")
    files = {f"register/{name}": (SITES / "full" / "register" / name).read_bytes() for name in names}
    return _site(tmp_path_factory, write(tmp_path_factory.mktemp("registers"), files))


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of ``sites/full`` below a path of its host."""
    return _site(tmp_path_factory, SITES / "full", "https://example.org/a/community")


@pytest.fixture(params=["real", "full", "minimal", "empty", "registers_only", "below"], scope="session")
def built(request: pytest.FixtureRequest) -> Built:
    """Each of the built sites in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Built)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(LAUNCH_FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(real: Built) -> Iterator[str]:
    """The address, without its last slash, at which the site itself is served."""
    with served(real.output) as address:
        yield address


@pytest.fixture(scope="session")
def full_address(full: Built) -> Iterator[str]:
    """The address, without its last slash, at which the site of ``sites/full`` is served."""
    with served(full.output) as address:
        yield address
