"""Fixtures for every kind of target."""

from __future__ import annotations

import os
import subprocess
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import botocore.loaders
import botocore.session
import pytest
from moto.server import ThreadedMotoServer

from plugins.publishing.release.release import Release
from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.git import GitTarget
from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.shell import Host
from plugins.publishing.targets.ssh import SshTarget
from tests.publishing.releases import release
from tests.publishing.targets.contract import NEW, OLD
from tests.publishing.targets.near_ssh import programs
from tests.publishing.targets.places import Place, folder_place, git_place, s3_place
from tests.publishing.targets.ssh_server import ssh_server

#: A secret that no message may contain.
SECRET = "a-secret-of-tests"  # noqa: S105 - opens nothing


@pytest.fixture(scope="session")
def ssh_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the client configuration of a running SSH server."""
    with ssh_server(tmp_path_factory.mktemp("ssh")) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    """Return a folder of this machine."""
    site = tmp_path / "a site's folder"
    return folder_place(site, lambda: FolderTarget(site), interruptions=20)


@pytest.fixture
def ssh(tmp_path: Path, ssh_client: Path) -> Place:
    """Return a folder of another computer."""
    host = Host("elmtreehub.test", options=("-F", str(ssh_client)))
    site = tmp_path / "a site's folder"
    return folder_place(site, lambda: SshTarget(host, str(site)), interruptions=2)


@pytest.fixture
def near_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return a folder of this machine that is used through the scripts for hosts, without a server."""
    monkeypatch.setenv("PATH", str(programs(tmp_path / "programs")), prepend=os.pathsep)
    site = tmp_path / "a site's folder"
    return folder_place(site, lambda: SshTarget(Host("elmtreehub.test"), str(site)), interruptions=2)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Yield the address of a running S3 server.

    It is moto's, which is small, written in Python, and supports conditional writes. Ceph's gateway (radosgw) needs a
    monitor, a store and keys, 96 Debian packages, and half a minute to start. The contract tests passed with its
    version 16.2.15 in a manual run.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def s3_model() -> Iterator[None]:
    """Load boto3's description of S3 once. Each target has a client of its own, which takes 0.2 s to load it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(botocore.session, "create_loader", cache(botocore.loaders.create_loader))
        yield


@pytest.fixture
def s3_client(s3_server: str, s3_model: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a client of the S3 server with an empty bucket `site`. The environment leads to the server."""
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
    """Return a bucket of S3."""
    return s3_place(s3_client, "site", "", lambda: S3Target("site"))


@pytest.fixture
def git(tmp_path: Path) -> Place:
    """Return a branch of a git repository."""
    repository = tmp_path / "repository.git"
    subprocess.run(["git", "init", "--quiet", "--bare", repository], check=True)
    return git_place(repository, lambda: GitTarget(f"file://{repository}", "pages"))


@pytest.fixture(
    params=["folder", "near_ssh", *(pytest.param(kind, marks=pytest.mark.real) for kind in ("ssh", "s3", "git"))]
)
def place(request: pytest.FixtureRequest) -> Place:
    """Return each kind of place without a release."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Place)
    return found


@pytest.fixture
def old(tmp_path: Path) -> Release:
    """Return a release."""
    return release(tmp_path, OLD)


@pytest.fixture
def new(tmp_path: Path) -> Release:
    """Return the next release, with added, changed and removed files."""
    return release(tmp_path, NEW)
