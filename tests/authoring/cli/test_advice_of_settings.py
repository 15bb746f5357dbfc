"""Test that following the advice about settings and folders gives a site that builds."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.engine import default_settings
from plugins.engine.incremental.command import run_build
from plugins.engine.incremental.options import BuildOptions
from plugins.engine.settings import SettingsError, SiteSettings
from plugins.images import jobs
from plugins.images import plugin as images
from tests.authoring.cli.messages import FOLLOWED, follows
from tests.authoring.cli.project import Project, Row, follow, last
from tests.sites.building import AS_OF, ROOT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a small site."""
    return Project(tmp_path, monkeypatch)


def shown(said: str) -> Any:
    """Return the value at the end of a message, as a setting."""
    try:
        return ast.literal_eval(last(said))
    except (SyntaxError, ValueError):
        return last(said)


def pairs(said: str) -> Any:
    """Return a list of the pair in the message."""
    return [shown(said)]


def least(said: str) -> Any:
    """Return the least number in the message."""
    return int(re.findall(r"at least (\d+)", said)[0])


def as_entry(said: str) -> Any:
    """Return a mapping with the entry in the message."""
    return ast.literal_eval("{" + last(said) + "}")


def meant(said: str) -> Any:
    """Return a list of the suggested id."""
    return re.findall(r"did you mean `([\w-]+)`", said)


def nothing(said: str) -> Any:
    """Return an empty setting, where the message allows one."""
    assert "leave it empty" in said
    return ""


def emptied(said: str) -> Any:
    """Delete the entry, where the message says so."""
    assert said.rstrip().endswith("delete it")
    return {}


#: The setting, a wrong value, part of the message as in the code, and a function for the right value.
SETTINGS: list[tuple[str, object, str, Callable[[str], Any]]] = [
    ("SITEURL", "example.org", "SITEURL is `", shown),
    ("AS_OF", "23/11/2026", "AS_OF is `", shown),
    ("TIMEZONE", "London", "TIMEZONE is `", shown),
    ("RELEASE", "no", "`; write  True  ", lambda said: shown(said) is True),
    ("OUTPUT_RETENTION", 3, "it must be a list of names, for example  ", shown),
    ("PAGE_SIZE", 0, "it must be a whole number of at least ", least),
    ("DOCUMENT_TYPES", [".pdf"], "DOCUMENT_TYPES is `", shown),
    ("DOCUMENT_TYPES", {"pdf": "PDF"}, "DOCUMENT_TYPES has `", as_entry),
    ("DOCUMENT_TYPES", {".svg": "Drawing"}, "which is no document: a browser may run it; delete it", emptied),
    ("NAVIGATION", ["/a/"], " must be a list of pairs such as  ", pairs),
    ("HOME_DOORS", ["/a/"], " must be a list of four parts each, such as  ", pairs),
    ("FOOTER", 3, " must be a list of pairs such as  ", pairs),
    (
        "EXIT_URL",
        "example.org",
        "it must be a whole address that begins with  https://",
        lambda said: f"{last(said)}example.org/",
    ),
    ("ICON_LABEL", " ", "ICON_LABEL is `", lambda said: "Two words" if "a word or two" in said else ""),
    ("FEED_HUB", "hub.example.org", "FEED_HUB is `", shown),
    ("FEED_HUB", "hub.example.org", "leave it empty, or write it with its scheme", nothing),
    ("FEED_ALIASES", "/feed/", "FEED_ALIASES is `", lambda _: ["/feed/"]),
    ("FEED_ALIASES", ["/feed.pdf"], "which hosts do not send as a feed", lambda _: []),
    ("FEED_ALIASES", ["feed.xml"], "FEED_ALIASES: ", lambda _: ["/feed.xml"]),
    ("FEED_ID_AUTHORITY", "nobody", "FEED_ID_AUTHORITY is `", shown),
    ("FEED_RIGHTS", " ", "FEED_RIGHTS is empty", shown),
    ("FEED_HELP_CONTACTS", "samaritans", "FEED_HELP_CONTACTS is `", shown),
    ("GONE_SINCE", [], "GONE_SINCE is `", shown),
    ("HELP_EXPIRED_ALLOWED", "samaritans", "it must be a list of ids such as  ", shown),
    ("HELP_EXPIRED_ALLOWED", ["samaritan"], "and there is no such contact in content/register/help.yaml", meant),
    (
        "THEME",
        str(ROOT / "docs"),
        "THEME must name a folder with templates/ and components/",
        lambda _: str(ROOT / "theme"),
    ),
]


@pytest.mark.parametrize(
    ("name", "wrong", "says", "right"), SETTINGS, ids=[f"{row[0]}-{row[2][:20]}" for row in SETTINGS]
)
def test_the_advised_setting_builds(
    name: str, wrong: object, says: str, right: Callable[[str], Any], project: Project
) -> None:
    """The value in the message is valid, and the site builds."""

    def set_right(project: Project, said: str) -> None:
        assert name in said
        project.settings[name] = right(said)

    row = Row(
        "build",
        says,
        {} if name != "AS_OF" else {"as_of": ""},
        set_right,
        lambda project: project.settings.update({name: wrong}),
    )
    assert "written in" in follow(row, project).text


FOLLOWED |= {row[2] for row in SETTINGS}


@follows("and there is no such folder; name the one that holds articles/ and so on")
def test_the_advised_folder_builds(project: Project) -> None:
    """A folder of content that is gone is refused, because a build would remove the site. The right one builds."""
    read = {name: value for name, value in vars(default_settings).items() if name.isupper()}
    with pytest.raises(SettingsError) as refused:
        SiteSettings.from_pelican({**read, "PATH": str(project.content / "gone")})
    assert "name the one that holds articles/ and so on" in str(refused.value)
    project.settings["PATH"] = str(project.content)
    assert "written in" in project.inv("build", {"content": ""}).text


@follows("DRAFTS is `True` in a release, which readers would see; delete it")
def test_a_release_refuses_drafts(project: Project) -> None:
    """A release with drafts is refused until the setting is removed."""

    def deleted(project: Project, said: str) -> None:
        assert "delete it" in said
        del project.settings["DRAFTS"]

    wrong = {"DRAFTS": True}
    row = Row(
        "build", "DRAFTS is `True`", {"production": True}, deleted, lambda project: project.settings.update(wrong)
    )
    follow(row, project)


@follows("changed while the site was being built; build it again")
def test_a_changed_picture_stops_one_build(project: Project) -> None:
    """A picture saved during a build stops it, and the next build uses it."""
    picture, make = project.content / "stories/told/told.gif", jobs.make_missing
    before = picture.read_bytes()

    def saved(*arguments: Any) -> Any:
        picture.write_bytes(before + b"\0")
        return make(*arguments)

    def wrong(project: Project) -> None:
        project.monkeypatch.setattr(images, "make_missing", saved)

    def again(project: Project, _said: str) -> None:
        project.monkeypatch.setattr(images, "make_missing", make)

    follow(Row("build", "changed while the site was being built; build it again", {}, again, wrong), project)


@follows("which is not JSON")
def test_the_advised_command_line_value(project: Project) -> None:
    """A value that is not JSON is refused with the valid form."""

    def build(value: str) -> None:
        run_build(
            BuildOptions(
                str(project.content), str(project.output), str(project.cache), AS_OF, changed=(("SITENAME", value),)
            )
        )

    with pytest.raises(SystemExit) as stop:
        build("Elm Tree Hub")
    build(str(stop.value.code).rpartition("SITENAME='")[2].rstrip("'"))
    assert "<title>" in (project.output / "index.html").read_text(encoding="utf-8")


@follows(
    "is a file; choose a folder with  -o FOLDER",
    "holds the content folder; choose another",
    "choose a folder in it:  -o ",
    "lies inside the content folder; choose another",
)
def test_the_advised_output_folder(project: Project) -> None:
    """A file, a parent of the content and a mount point are refused. Another folder is accepted."""
    disk = project.root.parent / "disk"
    disk.mkdir()
    project.monkeypatch.setattr(Path, "is_mount", lambda path: path == disk)
    for wrong, says in (
        (project.content / "register/help.yaml", "lies inside the content folder; choose another with  -o FOLDER"),
        (project.root, "holds the content folder; choose another with  -o FOLDER"),
        (_file(project), "is a file; choose a folder with  -o FOLDER"),
        (disk, f"choose a folder in it:  -o {disk / 'site'}"),
    ):
        refused = project.inv("build", {"output": str(wrong)})
        assert refused.status == 1
        assert says in refused.text
        other = last(refused.text).removeprefix("-o ").replace("FOLDER", str(project.output))
        assert project.inv("build", {"output": other}).status == 0


def _file(project: Project) -> Path:
    file = project.root.parent / "a file"
    file.write_text("Mine.", encoding="utf-8")
    return file
