"""The places to publish to, each in turn."""

from __future__ import annotations

import os
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.git import GitTarget
from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.shell import Host
from plugins.publishing.targets.ssh import SshTarget
from tests.publishing.targets.near_ssh import programs
from tests.publishing.targets.places import Place, folder_place, git_place, s3_place
from tests.publishing.targets.ssh_server import ssh_server

#: What no message may show.
SECRET = "a-secret-of-tests"  # noqa: S105 - opens nothing


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
    return folder_place(site, lambda: SshTarget(host, str(site)), interruptions=2)


@pytest.fixture
def near_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A folder of this machine, by the scripts for hosts; no server runs."""
    monkeypatch.setenv("PATH", str(programs(tmp_path / "programs")), prepend=os.pathsep)
    site = tmp_path / "a site's folder"
    return folder_place(site, lambda: SshTarget(Host("helpmestop.test"), str(site)), interruptions=2)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server that runs.

    It is moto's: small, in Python, and it knows conditional writes. Ceph's gateway (radosgw) is a real one, but needs
    a monitor, a store and keys beside it, 96 packages of Debian and half a minute to begin. The tests of the contract
    were run with version 16.2.15 of it once, by hand, and hold there too.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_client(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of the S3 server, to which the environment leads, with an empty bucket `site`."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    urllib.request.urlopen(urllib.request.Request(f"{s3_server}/moto-api/reset", method="POST")).close()
    client = boto3.Session().client("s3")
    client.create_bucket(Bucket="site")
    return client


@pytest.fixture
def s3(s3_client: Any) -> Place:
    """A bucket of S3."""
    return s3_place(s3_client, "site", "", lambda: S3Target("site"))


@pytest.fixture
def git(tmp_path: Path) -> Place:
    """A branch of a git repository."""
    repository = tmp_path / "repository.git"
    subprocess.run(["git", "init", "--quiet", "--bare", repository], check=True)
    return git_place(repository, lambda: GitTarget(f"file://{repository}", "pages"))


@pytest.fixture(
    params=["folder", "near_ssh", *(pytest.param(kind, marks=pytest.mark.real) for kind in ("ssh", "s3", "git"))]
)
def place(request: pytest.FixtureRequest) -> Place:
    """Each of the places in turn, with nothing published."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Place)
    return found
