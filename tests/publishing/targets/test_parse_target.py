"""Test parsing the addresses of targets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from plugins.base import optional_dependencies
from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.git import GitTarget
from plugins.publishing.targets.parse_target import parse_target
from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.ssh import SshTarget
from plugins.publishing.targets.target import TargetError
from tests.sites.building import ROOT


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("folder:/srv/site", FolderTarget, "folder /srv/site"),
        ("  folder:/srv/a site/\n", FolderTarget, "folder /srv/a site"),
        ("folder:~/site", FolderTarget, f"folder {Path.home()}/site"),
        ("ssh://host/srv/site", SshTarget, "host:/srv/site"),
        ("ssh://anna@host.example:2222/srv/site/", SshTarget, "anna@host.example:/srv/site"),
        ("ssh://Alias/~/site", SshTarget, "Alias:site"),
        ("ssh://[::1]/srv/site", SshTarget, "::1:/srv/site"),
        ("s3://bucket", S3Target, "s3://bucket"),
        ("s3://bucket/a/b/", S3Target, "s3://bucket/a/b"),
        ("git:git@example.org:us/site.git#pages", GitTarget, "git@example.org:us/site.git#pages"),
        ("git:https://token@example.org/us/site#gh-pages", GitTarget, "https://example.org/us/site#gh-pages"),
        ("git:origin#pages", GitTarget, "origin#pages"),
    ],
)
def test_an_address_names_a_target(address: str, kind: type, name: str) -> None:
    """Each kind of address gives its kind of target. The name of the target has no secret."""
    found = parse_target(address)
    assert type(found) is kind
    assert found.name == name


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "It is one of:"),
        ("/srv/site", "It is one of:"),
        ("folder:", "It is one of:"),
        ("ftp://user:hidden@host/x", "'ftp://host/x' is no address"),
        ("folder:site", "Write the whole path: folder:/"),
        ("ssh://host", "names no folder"),
        ("ssh://host/", "names no folder"),
        ("ssh://host/~/", "names no folder"),
        ("ssh:///srv/site", "names no host"),
        ("ssh://host/srv/a#b", "names no folder"),
        ("ssh://-oProxyCommand=x/srv", "names no host"),
        ("ssh://host:port/srv", "is no address"),
        ("ssh://anna:hidden@host/srv", "must hold no password"),
        ("s3://", "names no bucket"),
        ("s3://key:hidden@bucket/x", "names no bucket"),
        ("s3://B/x", "names no bucket"),
        ("git:origin", "names no branch"),
        ("git:#pages", "names no branch"),
        ("git:origin#", "names no branch"),
        ("git:--upload-pack=x#pages", "names no branch"),
        ("git:origin#-f", "names no branch"),
    ],
)
def test_a_wrong_address(address: str, told: str) -> None:
    """The message for an invalid address shows a valid one, and no password."""
    with pytest.raises(TargetError) as error:
        parse_target(address)
    assert told in str(error.value)
    assert "hidden" not in str(error.value)


def test_boto3_is_loaded_for_s3_alone() -> None:
    """boto3 is imported for S3 only."""
    code = (
        "import sys; from plugins.publishing.targets.parse_target import parse_target\n"
        "parse_target('ssh://a/b'); print('boto3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_s3_without_boto3_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without boto3, the error gives the command that installs it. An invalid address is reported first."""
    monkeypatch.setattr(optional_dependencies, "find_spec", {}.get)
    with pytest.raises(
        TargetError, match=r"Install them: {2}\.venv/bin/pip install -c constraints\.txt -e '\.\[s3\]'$"
    ):
        parse_target("s3://bucket")
    with pytest.raises(TargetError, match="names no bucket"):
        parse_target("s3://B")
