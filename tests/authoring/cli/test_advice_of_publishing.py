"""Test that following the advice of `inv publish`, `inv rollback` and `inv releases` succeeds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.engine.output_index import MANIFEST, beside
from plugins.link_check.built_site import BuiltSite, SiteNotFoundError
from plugins.link_check.check import check_links
from plugins.publishing.publication import PublicationError, publish
from plugins.publishing.release.build import ReleaseError, make_release
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.parse_target import parse_target
from plugins.publishing.targets.target import TargetError
from tests.authoring.cli.messages import FOLLOWED, follows
from tests.authoring.cli.project import Options, Project, Row, follow, last
from tests.publishing.releases import release
from tests.site_audit.pages import select
from tests.site_audit.rules import UnknownRuleError, chosen

ARTICLE = "stories/sample/index.md"
_SEARCH_PATH = os.environ.get("PATH", "")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a small site."""
    return Project(tmp_path, monkeypatch)


def host(project: Project) -> dict[str, Any]:
    """Return the options of a host without a public address to check."""
    return {"to": f"folder:{project.host}", "check": "none"}


def as_git_is_advised(project: Project, said: str) -> None:
    """Run each git command in the message."""
    commands = re.findall(r"  git (\w+(?: -\w)*)", said)
    assert "commit" in commands
    for command in commands:
        project.git(*command.split(), *(["-m", "Write"] if command == "commit" else []))


def change(project: Project) -> None:
    """Commit everything, change one file, and create another."""
    project.commit()
    project.change(ARTICLE, "Nobody told this one.", "Nobody has told this one.")
    (project.root / "note.txt").write_text("A file that git does not know.", encoding="utf-8")


def without_git(project: Project) -> None:
    """Remove git."""
    project.commit()
    project.monkeypatch.setenv("PATH", str(project.root / "nowhere"))


def with_git(project: Project, _said: str) -> None:
    """Install git."""
    project.monkeypatch.setenv("PATH", _SEARCH_PATH)


def set_target(project: Project, said: str) -> None:
    """Set the variable in the message."""
    (name,) = re.findall(r"set (\w+) in publishconf\.py", said)
    project.settings[name] = f"folder:{project.host}"


def quote(project: Project, said: str) -> None:
    """Write the value in quotation marks."""
    (name,) = re.findall(r"error: (\w+) is `", said)
    project.settings[name] = "true"


def one(project: Project) -> None:
    """Publish one release by hand."""
    _by_hand(project, "one")


def several(project: Project) -> None:
    """Publish as many releases by hand as the host keeps."""
    _by_hand(project, *(f"{number}" for number in range(5)))


def _by_hand(project: Project, *pages: str) -> None:
    for words in pages:
        made = release(project.root.parent / words, {"index.html": words.encode()})
        publish(made, parse_target(host(project)["to"]), lambda _inventory, _changed: ())


def listed_last(_project: Project, said: str) -> Options:
    """Return the oldest release in a message."""
    return {"release": said.rsplit(": ", maxsplit=1)[-1].rsplit(", ", maxsplit=1)[-1].strip()}


def both_begin(project: Project) -> None:
    """Publish by hand until two releases that are not live begin with the same digit."""
    for number in range(99):
        _by_hand(project, f"{number}")
        first = [line[0] for line in project.inv("releases", {"to": host(project)["to"]}).text.splitlines()[1:]]
        if shared := [digit for digit in first if first.count(digit) > 1]:
            project.answer = shared[0]
            return


def as_listed(project: Project, said: str) -> Options:
    """List the releases as advised, and publish another so that there is an older one."""
    assert last(said) == "inv releases"
    listed = project.inv("releases", {"to": host(project)["to"]})
    assert listed.status == 0
    assert listed.text.count("\n") == 1
    _by_hand(project, "two")
    return {}


ROWS = {
    "commit": Row("publish", "not everything is committed", host, as_git_is_advised, change),
    "unclean": Row("publish", "publish all the same with  --unclean", host, lambda *_: {"unclean": True}, change),
    "put it under git": Row("publish", "is not under git", host, as_git_is_advised),
    "install git": Row("publish", "git cannot be run", host, with_git, without_git),
    "set a target": Row("publish", "nobody has said where to publish", {"check": "none", "unclean": True}, set_target),
    "name a target": Row(
        "publish",
        "nobody has said where to publish",
        {"check": "none", "unclean": True},
        lambda project, said: host(project) if "  --to " in said else {},
    ),
    "set one to list": Row("releases", "nobody has said where to publish", {}, set_target),
    "look nowhere": Row(
        "publish",
        "PUBLISH_CHECK is `",
        lambda project: host(project) | {"check": "example.org", "unclean": True},
        lambda _project, said: {"check": last(said)},
    ),
    "quote": Row(
        "publish",
        "which is no text; write it between quotation marks",
        lambda project: host(project) | {"unclean": True},
        quote,
        lambda project: project.settings.update(PUBLISH_RELOAD=True),
    ),
    "a number": Row(
        "publish",
        "PUBLISH_CHECK_SECONDS is `",
        lambda project: host(project) | {"unclean": True},
        lambda project, said: project.settings.update(PUBLISH_CHECK_SECONDS=int(last(said))),
        lambda project: project.settings.update(PUBLISH_CHECK_SECONDS="soon"),
    ),
    "an older release": Row("rollback", "no older release is kept; see  inv releases", host, as_listed, one),
    "a release that is kept": Row(
        "rollback",
        "is kept; these are, the newest first",
        lambda project: host(project) | {"release": "zz"},
        listed_last,
        several,
    ),
    "more of its id": Row(
        "rollback",
        "write more of the one you mean",
        lambda project: host(project) | {"release": project.answer},
        lambda _project, said: {"release": re.findall(r"\((\w+), ", said)[0]},
        both_begin,
    ),
}
FOLLOWED |= {row.says for row in ROWS.values()}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_following_the_advice_publishes(row: Row, project: Project) -> None:
    """After the advice of each message, the command succeeds."""
    follow(row, project)


@follows("Mend the content and publish it instead")
def test_a_release_with_a_withdrawn_story_is_refused(project: Project) -> None:
    """A release with a withdrawn story is refused, and the corrected content can be published."""
    asked = host(project) | {"unclean": True}
    assert project.inv("publish", asked).status == 0
    withdrawn = project.inv("withdraw", {"story": "told", "yes": True})
    assert withdrawn.status == 0
    # The git commands in the list of remaining steps.
    add, commit = re.findall(r"git add (-A content) && git (commit) -m", withdrawn.text)[0]
    project.git("init", "-q")
    project.git("add", *add.split())
    project.git(commit, "-m", "Withdraw a story")
    assert project.inv("publish", host(project)).status == 0
    refused = project.inv("rollback", host(project))
    assert refused.status == 1
    # The release before is deleted, because it contains the story.
    assert "no older release is kept" in refused.text
    project.change(ARTICLE, "Nobody told this one.", "Nobody has told this one.")
    assert project.inv("publish", asked).status == 0


@follows("Take it back now:  inv rollback ")
def test_a_failed_rollback_names_the_command(project: Project) -> None:
    """A host that fails during a rollback gives the command that does the rollback later."""
    one(project)
    to = parse_target(host(project)["to"])
    switch, bad = to.switch, UnexpectedAnswer("/", "is not the file of this release", is_fatal=True)

    def once(identifier: str) -> None:
        switch(identifier)
        project.monkeypatch.setattr(to, "switch", fail)

    def fail(_: str) -> None:
        raise TargetError("The host does not answer.")

    project.monkeypatch.setattr(to, "switch", once)
    made = release(project.root.parent / "bad", {"index.html": b"bad"})
    with pytest.raises(PublicationError) as found:
        publish(made, to, lambda _inventory, _changed: [bad])
    identifier = last(str(found.value)).removeprefix("inv rollback ")
    done = project.inv("rollback", host(project) | {"release": identifier})
    assert done.status == 0, done.text
    assert f"Readers see release {identifier}" in done.text


@follows("holds no finished site; build it first", "was stopped before its end; build it again", "build the site again")
def test_a_release_needs_a_finished_build(project: Project, tmp_path: Path) -> None:
    """A site that is missing, incomplete or changed is refused until it is built as advised."""
    to = tmp_path / "release"
    manifest = beside(project.output) / MANIFEST
    harms: dict[str, Callable[[], object]] = {
        "holds no finished site; build it first": lambda: None,
        "was stopped before its end; build it again": lambda: manifest.write_text('{"files": {}}', encoding="utf-8"),
        "build the site again": lambda: (project.output / "index.html").write_text("Not as built.", encoding="utf-8"),
    }
    for message, harm in harms.items():
        harm()
        with pytest.raises(ReleaseError, match=message):
            make_release(project.output, to, url="http://localhost:8000")
        assert project.inv("build", {}).status == 0
        assert make_release(project.output, to, url="http://localhost:8000").inventory.items


@follows("Build it first, with  inv build", "there is no rule called")
def test_a_site_is_checked_as_advised(project: Project) -> None:
    """A missing site, an unknown page and an unknown rule are refused with the valid ones."""
    with pytest.raises(SystemExit) as stop:
        check_links(str(project.output))
    assert last(str(stop.value.code)) == "inv build"
    assert project.inv("build", {}).status == 0
    check_links(str(project.output))
    with pytest.raises(UnknownRuleError) as unknown:
        chosen(["titel"])
    assert chosen([str(unknown.value).rpartition("The rules are: ")[2].split(", ")[0]])
    site = BuiltSite(project.output)
    with pytest.raises(SiteNotFoundError) as no_page:
        select(site, ["help"])
    assert select(site, [last(str(no_page.value))])
