"""Test the workflows of GitHub and GitLab that check and publish the site."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.authoring.cli.commands import commands, options
from tests.publishing.workflows import GITLAB, check_schema, read, workflow
from tests.sites.building import ROOT

NAMES = ("check", "publish", "daily")
_WITH_KEY = ROOT / ".ci" / "with-key"
#: Stand-ins for ssh-agent and ssh-add that print what they were given.
_FAKES = {
    "ssh-agent": '#!/bin/sh\necho "an agent"\nexec "$@"\n',
    "ssh-add": '#!/bin/sh\nread first\necho "a key: $first"\n[ "$first" = "the key" ]\n',
}


def steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of the only job of the GitHub workflow ``name``."""
    (job,) = read(workflow(name))["jobs"].values()
    return list(job["steps"])


def job_commands(name: str, *, gitlab: bool) -> list[str]:
    """Return the ``inv`` commands of the job ``name`` in order."""
    lines = read(GITLAB)[name]["script"] if gitlab else [step.get("run", "") for step in steps(name)]
    return [line for line in lines if re.search(r"\binv ", line)]


def tasks_of(line: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the tasks in ``line``, each with its options."""
    for name, rest in re.findall(r"\binv ([a-z-]+)([^&|;]*)", line):
        yield name, set(re.findall(r"--([a-z-]+)", rest))


def test_githubs_files_are_valid() -> None:
    """Each GitHub workflow is valid."""
    done = check_schema("github-workflows", *sorted((ROOT / ".github" / "workflows").glob("*.yml")))
    assert done.returncode == 0, done.stdout


def test_gitlabs_file_is_valid() -> None:
    """The GitLab file is valid."""
    done = check_schema("gitlab-ci", GITLAB, more=("--data-transform", "gitlab-ci"))
    assert done.returncode == 0, done.stdout


def test_a_slip_in_a_workflow_is_noticed(tmp_path: Path) -> None:
    """A key that GitHub does not know is an error."""
    torn = tmp_path / "check.yml"
    torn.write_text(workflow("check").read_text(encoding="utf-8").replace("runs-on:", "run-on:"), encoding="utf-8")
    assert check_schema("github-workflows", torn).returncode == 1


def test_every_command_is_a_task() -> None:
    """Each `inv NAME` in a workflow is a task, and has only options of that task."""
    lines = [line for name in NAMES for gitlab in (False, True) for line in job_commands(name, gitlab=gitlab)]
    found = [task for line in lines for task in tasks_of(line)]
    assert len(found) >= len(lines) > 0
    for name, given in found:
        assert name in commands(), f"`inv {name}` is no task"
        assert given <= options(name), f"inv {name}: {given}"


@pytest.mark.parametrize("name", NAMES)
def test_gitlab_does_what_github_does(name: str) -> None:
    """Each job runs the same commands on GitHub and GitLab, apart from the format of problems."""
    ours = [line.replace(" --format github", "") for line in job_commands(name, gitlab=False)]
    assert ours == job_commands(name, gitlab=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_read_the_repository_and_no_more(name: str) -> None:
    """Workflows have read access only and do not persist credentials."""
    made = read(workflow(name))
    assert made["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in made["jobs"].values())
    (checkout,) = (step for step in steps(name) if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("name", NAMES)
def test_secrets_reach_the_publishing_step_alone(name: str) -> None:
    """Only the publishing step gets a secret. A check of a change gets none."""
    text = workflow(name).read_text(encoding="utf-8")
    publishing = [step for step in steps(name) if "inv publish" in step.get("run", "")]
    given = [value for step in publishing for value in step["env"].values() if "secrets." in value]
    assert text.count("secrets.") == len(given)
    assert bool(given) == (name != "check")
    for step in steps(name):
        assert "${{" not in step.get("run", ""), "a value that is put into a script can be run, and is shown"
        assert not re.search(r"\becho\b|\bprintenv\b|set -x|\benv\b", step.get("run", ""))


def test_no_two_publishes_overlap() -> None:
    """At most one publication runs at a time, none is cancelled, and every job has a timeout."""
    groups = [read(workflow(name))["concurrency"] for name in ("publish", "daily")]
    assert groups == [{"group": "publish", "cancel-in-progress": "false"}] * 2
    made = read(GITLAB)
    assert [made[name]["extends"] for name in ("publish", "daily")] == [".publishing"] * 2
    assert made[".publishing"]["resource_group"] == "publish"
    assert "interruptible" not in made[".publishing"]
    assert made["default"]["interruptible"] == "false"
    assert all("timeout-minutes" in job for name in NAMES for job in read(workflow(name))["jobs"].values())


def test_no_job_keeps_anything_for_the_next() -> None:
    """No job stores a cache, which could hold drafts, stories or unverified packages."""
    for file in (ROOT / ".github" / "workflows").glob("*.yml"):
        for job in read(file)["jobs"].values():
            assert not [step for step in job["steps"] if "actions/cache" in step.get("uses", "")], file
            assert not [step for step in job["steps"] if "cache" in step.get("with", {})], file
    made = read(GITLAB)
    assert not [name for name, job in made.items() if isinstance(job, dict) and "cache" in job]
    assert "cache" not in made


@pytest.mark.parametrize("name", NAMES)
def test_packages_are_installed_by_hash(name: str) -> None:
    """Packages are installed by `.ci/install` only."""
    installing = [step["run"] for step in steps(name) if "install" in step.get("run", "")]
    assert installing == [".ci/install site"]
    made = read(GITLAB)
    before = made[made[name].get("extends", name)]["before_script"]
    assert [line for line in before if "apt-get" not in line] == [".ci/install site"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a home directory and stand-ins for the programs of SSH."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "home").mkdir()
    for name, text in _FAKES.items():
        (tmp_path / "bin" / name).write_text(text, encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def with_key(place: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a command that prints whether it has the key, and exits with 7."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PUBLISH_")}
    env = {**bare, "HOME": str(place / "home"), "PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}", **given}
    told = 'echo "published to $1, key: ${PUBLISH_SSH_KEY-none}"; exit 7'
    return subprocess.run(
        [str(_WITH_KEY), "sh", "-c", told, "sh", "a host"], env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("form", ["text", "file"])
def test_a_key_is_handed_to_an_agent(form: str, place: Path) -> None:
    """The agent gets the key, also from a file. The command gets the agent but not the key, and its status is kept."""
    (place / "key").write_text("the key\r\n", encoding="utf-8")
    key = "the key" if form == "text" else str(place / "key")
    done = with_key(place, PUBLISH_SSH_KEY=key, PUBLISH_KNOWN_HOSTS="host ssh-ed25519 AAAA")
    assert done.stdout.splitlines() == ["an agent", "a key: the key", "published to a host, key: none"]
    assert done.returncode == 7
    assert (place / "home/.ssh/known_hosts").read_text(encoding="utf-8") == "host ssh-ed25519 AAAA\n"


def test_without_a_key_there_is_no_agent(place: Path) -> None:
    """Without a key, the command runs without an agent."""
    assert with_key(place, PUBLISH_SSH_KEY="").stdout == "published to a host, key: \n"
    assert with_key(place).returncode == 7


def test_a_key_without_a_known_host_is_refused(place: Path) -> None:
    """A key without a known host is refused."""
    done = with_key(place, PUBLISH_SSH_KEY="the key")
    assert (done.returncode, done.stdout) == (1, "")
    assert "PUBLISH_KNOWN_HOSTS is empty" in done.stderr


def test_a_key_that_is_none_is_refused_and_not_shown(place: Path) -> None:
    """An invalid key fails the job, and its text is not printed."""
    done = with_key(place, PUBLISH_SSH_KEY="a slip", PUBLISH_KNOWN_HOSTS="host ssh-ed25519 AAAA")
    assert done.returncode == 1
    assert "PUBLISH_SSH_KEY is no private key" in done.stderr
    assert "published" not in done.stdout
    assert "a slip" not in done.stderr


def _of_tests(job: str, *, gitlab: bool) -> dict[str, Any]:
    """Return the test job ``job``."""
    found = read(GITLAB)[job] if gitlab else read(workflow("tests"))["jobs"][job]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("gitlab", [False, True], ids=["github", "gitlab"])
@pytest.mark.parametrize("job", ["first", "real", "deep"])
def test_each_tier_has_a_job(job: str, gitlab: bool) -> None:
    """The first two tiers run on every change and the deep one every night, without secrets."""
    found = _of_tests(job, gitlab=gitlab)
    lines = found["script"] if gitlab else [step.get("run", "") for step in found["steps"]]
    option = "" if job == "first" else f" --{job}"
    assert next(line for line in lines if "inv test" in line).endswith(f".venv/bin/inv test{option}")
    when = str(found["rules"]) if gitlab else found.get("if", "")
    assert ("== 'schedule'" in when or '== "schedule"' in when) == (job == "deep")
    assert "secrets." not in str(found)


def test_the_first_tier_runs_on_each_python_that_the_readme_names() -> None:
    """Debian 12 has 3.11.2, Ubuntu 24.04 has 3.12.3, Debian 13 has 3.13. The command is the one in the README."""
    github, gitlab = _of_tests("first", gitlab=False), _of_tests("first", gitlab=True)
    tags = [image.partition("@")[0] for image in github["strategy"]["matrix"]["image"]]
    assert tags == ["debian:12", "ubuntu:24.04", "debian:13"]
    assert gitlab["parallel"]["matrix"] == [{"IMAGE": github["strategy"]["matrix"]["image"]}]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert github["steps"][-1]["run"] in readme
    assert gitlab["script"][-1] in readme
