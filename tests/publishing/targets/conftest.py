"""The places to publish to, each in turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.shell import Host
from plugins.publishing.targets.ssh import SshTarget
from tests.publishing.targets.places import Place, folder_place
from tests.publishing.targets.ssh_server import ssh_server


@pytest.fixture(scope="session")
def ssh_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings of an SSH client for a server that runs."""
    with ssh_server(tmp_path_factory.mktemp("ssh")) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    """A folder of this machine."""
    site = tmp_path / "a site's folder"
    return folder_place(site, lambda: FolderTarget(site), interruptions=20)


@pytest.fixture
def ssh(tmp_path: Path, ssh_client: Path) -> Place:
    """A folder of another computer."""
    host = Host("helpmestop.test", options=("-F", str(ssh_client)))
    site = tmp_path / "a site's folder"
    return folder_place(site, lambda: SshTarget(host, str(site)), interruptions=4)


@pytest.fixture(params=["folder", "ssh"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each of the places in turn, with nothing published."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Place)
    return found
