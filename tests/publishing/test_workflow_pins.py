"""Test that workflows name third-party code by hash, and that updates of all of it are proposed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.publishing.workflows import GITLAB, check_schema, read
from tests.sites.building import ROOT

_WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
_RENOVATE = ROOT / ".github" / "renovate.json"


def test_actions_are_pinned() -> None:
    """Each action is GitHub's own and is pinned by a commit hash, with its version in a comment."""
    for file in _WORKFLOWS:
        used = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
        assert used
        assert [
            name for name in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", name)
        ] == []


def images(found: Any, named: bool = False) -> Iterator[str]:
    """Yield each container image that a workflow names, at any depth. A variable that holds one is left out."""
    if isinstance(found, list):
        for item in found:
            yield from images(item, named)
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from images(value, named or key in ("image", "IMAGE", "container", "services"))
    elif (named and "$" not in found) or found.startswith("docker:"):
        yield found


def test_images_are_pinned() -> None:
    """Each container image has a tag and a digest that Renovate can update, and one digest everywhere."""
    (manager,) = json.loads(_RENOVATE.read_text(encoding="utf-8"))["customManagers"]
    (pattern,) = (re.compile(text.replace("(?<", "(?P<")) for text in manager["matchStrings"])
    files = [re.compile(text.strip("/")) for text in manager["managerFilePatterns"]]
    digests: dict[str, set[str]] = {}
    for file in [GITLAB, *_WORKFLOWS]:
        for image in images(read(file)):
            match = pattern.fullmatch(image)
            assert match, f"{file.name}: {image} has no digest"
            assert any(one.search(file.relative_to(ROOT).as_posix()) for one in files), file.name
            digests.setdefault(f"{match['depName']}:{match['currentValue']}", set()).add(match["currentDigest"])
    assert digests.keys() == {"debian:12", "debian:13", "ubuntu:24.04", "python:3.11"}
    assert all(len(one) == 1 for one in digests.values()), digests


@pytest.mark.parametrize("text", [
    "jobs: {a: {container: 'debian:12'}}",
    "jobs: {a: {container: {image: 'debian:12'}}}",
    "jobs: {a: {strategy: {matrix: {image: ['debian:12']}}}}",
    "jobs: {a: {services: {db: {image: 'debian:12'}}}}",
    "jobs: {a: {steps: [{uses: 'docker://debian:12'}]}}",
    "default: {image: {name: 'debian:12'}}",
    "a: {services: ['debian:12']}",
    "a: {parallel: {matrix: [{IMAGE: ['debian:12']}]}}",
])  # fmt: skip
def test_an_image_is_found_wherever_a_workflow_can_name_it(text: str) -> None:
    """Images of jobs, services, matrices and steps are all found."""
    assert [image.removeprefix("docker://") for image in images(yaml.safe_load(text))] == ["debian:12"]


def test_updates_are_proposed_for_images() -> None:
    """Renovate's file is valid, and proposes digests once a week and no other tag."""
    done = check_schema("renovate", _RENOVATE)
    assert done.returncode == 0, done.stdout
    made = json.loads(_RENOVATE.read_text(encoding="utf-8"))
    assert made["enabledManagers"] == ["custom.regex"]
    assert made["schedule"] == ["before 6am on monday"]
    disabled = [rule["matchUpdateTypes"] for rule in made["packageRules"] if rule.get("enabled") is False]
    assert disabled == [["major", "minor", "patch"]]


def test_updates_are_proposed_for_actions_and_packages() -> None:
    """Dependabot's file is valid, and covers actions and every folder with Python or JavaScript packages."""
    file = ROOT / ".github" / "dependabot.yml"
    done = check_schema("dependabot", file)
    assert done.returncode == 0, done.stdout
    updates = {one["package-ecosystem"]: one for one in read(file)["updates"]}
    locks = {
        f"/{lock.parent.relative_to(ROOT)}"
        for lock in ROOT.rglob("package-lock.json")
        if "node_modules" not in lock.parts
    }
    assert set(updates["npm"]["directories"]) == locks
    assert updates["pip"]["directories"] == ["/", "/.ci/requirements"]
    assert updates.keys() == {"pip", "npm", "github-actions"}
    assert all(one["schedule"] == {"interval": "weekly"} for one in updates.values())
