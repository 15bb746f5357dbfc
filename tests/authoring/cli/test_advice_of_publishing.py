"""Advice of `inv publish`, `inv rollback` and `inv releases`: who follows it publishes, or takes back."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.engine.output_index import MANIFEST, beside
from plugins.link_check.built_site import BuiltSite, SiteNotFoundError
from plugins.link_check.plugin import check_links
from plugins.publishing.publication import PublicationError, publish
from plugins.publishing.release.build import ReleaseError, make_release
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.parse_target import parse_target
from plugins.publishing.targets.target import TargetError
from tests.authoring.cli.desk import Desk, Options, Row, follow, last
from tests.authoring.cli.messages import FOLLOWED, follows
from tests.publishing.releases import release
from tests.site_audit.pages import select
from tests.site_audit.rules import UnknownRuleError, chosen

ARTICLE = "stories/sample/index.md"
_SEARCH_PATH = os.environ.get("PATH", "")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A small site."""
    return Desk(tmp_path, monkeypatch)


def host(desk: Desk) -> dict[str, Any]:
    """Return the options that name the host, which nobody looks at from outside."""
    return {"to": f"folder:{desk.host}", "check": "none"}


def as_git_is_advised(desk: Desk, said: str) -> None:
    """Run each command of git that the message names."""
    commands = re.findall(r"  git (\w+(?: -\w)*)", said)
    assert "commit" in commands
    for command in commands:
        desk.git(*command.split(), *(["-m", "Write"] if command == "commit" else []))


def change(desk: Desk) -> None:
    """Commit everything, then change a file, and begin another."""
    desk.commit()
    desk.change(ARTICLE, "Nobody told this one.", "Nobody has told this one.")
    (desk.root / "note.txt").write_text("A file that git does not know.", encoding="utf-8")


def without_git(desk: Desk) -> None:
    """Take git away."""
    desk.commit()
    desk.monkeypatch.setenv("PATH", str(desk.root / "nowhere"))


def with_git(desk: Desk, _said: str) -> None:
    """Install git."""
    desk.monkeypatch.setenv("PATH", _SEARCH_PATH)


def set_target(desk: Desk, said: str) -> None:
    """Set what the message names."""
    (name,) = re.findall(r"set (\w+) in publishconf\.py", said)
    desk.settings[name] = f"folder:{desk.host}"


def quote(desk: Desk, said: str) -> None:
    """Write the value between quotation marks."""
    (name,) = re.findall(r"error: (\w+) is `", said)
    desk.settings[name] = "true"


def one(desk: Desk) -> None:
    """Publish one release by hand."""
    _by_hand(desk, "one")


def several(desk: Desk) -> None:
    """Publish as many releases by hand as are kept."""
    _by_hand(desk, *(f"{number}" for number in range(5)))


def _by_hand(desk: Desk, *pages: str) -> None:
    for words in pages:
        made = release(desk.root.parent / words, {"index.html": words.encode()})
        publish(made, parse_target(host(desk)["to"]), lambda _inventory, _changed: ())


def listed_last(_desk: Desk, said: str) -> Options:
    """Return the oldest release that a message lists."""
    return {"release": said.rsplit(": ", maxsplit=1)[-1].rsplit(", ", maxsplit=1)[-1].strip()}


def both_begin(desk: Desk) -> None:
    """Publish by hand until two releases that are not live begin with the same digit."""
    for number in range(99):
        _by_hand(desk, f"{number}")
        first = [line[0] for line in desk.inv("releases", {"to": host(desk)["to"]}).text.splitlines()[1:]]
        if shared := [digit for digit in first if first.count(digit) > 1]:
            desk.answer = shared[0]
            return


def as_listed(desk: Desk, said: str) -> Options:
    """Look at the list of releases as advised, and publish another so that there is an older one."""
    assert last(said) == "inv releases"
    listed = desk.inv("releases", {"to": host(desk)["to"]})
    assert listed.status == 0
    assert listed.text.count("\n") == 1
    _by_hand(desk, "two")
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
        lambda desk, said: host(desk) if "  --to " in said else {},
    ),
    "set one to list": Row("releases", "nobody has said where to publish", {}, set_target),
    "look nowhere": Row(
        "publish",
        "PUBLISH_CHECK is `",
        lambda desk: host(desk) | {"check": "example.org", "unclean": True},
        lambda _desk, said: {"check": last(said)},
    ),
    "quote": Row(
        "publish",
        "which is no text; write it between quotation marks",
        lambda desk: host(desk) | {"unclean": True},
        quote,
        lambda desk: desk.settings.update(PUBLISH_RELOAD=True),
    ),
    "an older release": Row("rollback", "no older release is kept; see  inv releases", host, as_listed, one),
    "a release that is kept": Row(
        "rollback",
        "is kept; these are, the newest first",
        lambda desk: host(desk) | {"release": "zz"},
        listed_last,
        several,
    ),
    "more of its id": Row(
        "rollback",
        "write more of the one you mean",
        lambda desk: host(desk) | {"release": desk.answer},
        lambda _desk, said: {"release": re.findall(r"\((\w+), ", said)[0]},
        both_begin,
    ),
}
FOLLOWED |= {row.says for row in ROWS.values()}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_who_does_what_is_advised_publishes(row: Row, desk: Desk) -> None:
    """Each message is followed, and the command succeeds."""
    follow(row, desk)


@follows("Mend the content and publish it instead")
def test_what_was_taken_off_is_not_brought_back_and_can_be_published_instead(desk: Desk) -> None:
    """A release with a story that was withdrawn is refused; the content, mended and published, is taken."""
    asked = host(desk) | {"unclean": True}
    assert desk.inv("publish", asked).status == 0
    withdrawn = desk.inv("withdraw", {"story": "told", "yes": True})
    assert withdrawn.status == 0
    # The commands of git that the list of what is left to do names.
    add, commit = re.findall(r"git add (-A content) && git (commit) -m", withdrawn.text)[0]
    desk.git("init", "-q")
    desk.git("add", *add.split())
    desk.git(commit, "-m", "Withdraw a story")
    assert desk.inv("publish", host(desk)).status == 0
    refused = desk.inv("rollback", host(desk))
    assert refused.status == 1
    # The release before is deleted, since it shows the story.
    assert "no older release is kept" in refused.text
    desk.change(ARTICLE, "Nobody told this one.", "Nobody has told this one.")
    assert desk.inv("publish", asked).status == 0


@follows("Take it back now:  inv rollback ")
def test_what_could_not_be_taken_back_is_taken_back_as_advised(desk: Desk) -> None:
    """A host that fails while a bad release is taken back leaves the command that does it."""
    one(desk)
    to = parse_target(host(desk)["to"])
    switch, bad = to.switch, UnexpectedAnswer("/", "is not the file of this release", is_fatal=True)

    def once(identifier: str) -> None:
        switch(identifier)
        desk.monkeypatch.setattr(to, "switch", fail)

    def fail(_: str) -> None:
        raise TargetError("The host does not answer.")

    desk.monkeypatch.setattr(to, "switch", once)
    made = release(desk.root.parent / "bad", {"index.html": b"bad"})
    with pytest.raises(PublicationError) as found:
        publish(made, to, lambda _inventory, _changed: [bad])
    identifier = last(str(found.value)).removeprefix("inv rollback ")
    done = desk.inv("rollback", host(desk) | {"release": identifier})
    assert done.status == 0, done.text
    assert f"Readers see release {identifier}" in done.text


@follows("holds no finished site; build it first", "was stopped before its end; build it again", "build the site again")
def test_a_release_is_made_after_a_build(desk: Desk, tmp_path: Path) -> None:
    """A site that is not there, was not finished or was changed is refused until it is built as advised."""
    to = tmp_path / "release"
    manifest = beside(desk.output) / MANIFEST
    harms: dict[str, Callable[[], object]] = {
        "holds no finished site; build it first": lambda: None,
        "was stopped before its end; build it again": lambda: manifest.write_text('{"files": {}}', encoding="utf-8"),
        "build the site again": lambda: (desk.output / "index.html").write_text("Not as built.", encoding="utf-8"),
    }
    for message, harm in harms.items():
        harm()
        with pytest.raises(ReleaseError, match=message):
            make_release(desk.output, to, url="http://localhost:8000")
        assert desk.inv("build", {}).status == 0
        assert make_release(desk.output, to, url="http://localhost:8000").inventory.items


@follows("Build it first, with  inv build", "there is no rule called")
def test_a_site_is_checked_as_advised(desk: Desk) -> None:
    """A site that is not there, a page and a rule that are none are refused with those that are taken."""
    with pytest.raises(SystemExit) as stop:
        check_links(str(desk.output))
    assert last(str(stop.value.code)) == "inv build"
    assert desk.inv("build", {}).status == 0
    check_links(str(desk.output))
    with pytest.raises(UnknownRuleError) as unknown:
        chosen(["titel"])
    assert chosen([str(unknown.value).rpartition("The rules are: ")[2].split(", ")[0]])
    site = BuiltSite(desk.output)
    with pytest.raises(SiteNotFoundError) as no_page:
        select(site, ["help"])
    assert select(site, [last(str(no_page.value))])
