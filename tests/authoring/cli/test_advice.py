"""Test that following the advice of a command's error succeeds."""

from __future__ import annotations

import ast
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.authoring.check.command import check
from plugins.authoring.due.command import print_due
from plugins.authoring.new.command import create_entry
from plugins.authoring.new.create import NewEntryOptions
from plugins.authoring.preview.ports import PortError, listen
from plugins.commitments.command import record
from plugins.commitments.recording import LogEntryInput
from plugins.engine.incremental.command import run_build
from plugins.engine.incremental.options import BuildOptions
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import project_settings
from plugins.markdown_blocks.block_scanner import outline
from plugins.publishing.targets.parse_target import parse_target
from plugins.publishing.targets.target import TargetError
from plugins.stories.command import approve_story
from tests.authoring.cli.messages import follows
from tests.sites.building import AS_OF, ROOT, SITES, cached_in
from tests.sites.sample_settings import replace_settings
from tests.sites.test_cases import BASE
from tests.sites.writing import write


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the caches of commands in the test's folder."""
    replace_settings(monkeypatch, cached_in(tmp_path / "cache"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of ``sites/full``."""
    return Path(shutil.copytree(SITES / "full", tmp_path / "content"))


def refused(command: Callable[..., object], *arguments: object, **options: object) -> str:
    """Run a command that must be refused, and return its message."""
    with pytest.raises(SystemExit) as stop:
        command(*arguments, **options)
    told = str(stop.value.code)
    assert told.startswith("error: ")
    return told


def value_in(advice: str) -> Any:
    """Return the value after the last two spaces of a message, as a setting."""
    text = advice.rpartition("  ")[2]
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


@follows(" cannot be read as settings (")
@pytest.mark.parametrize("mistake", ["SITENAME = ", "SITENAME = nobody", "SITENAME = 1 // 0"])
def test_a_settings_file_with_an_error(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the settings file is reported with its line, not as a bug; corrected, the file is read."""
    file = ROOT / "pelicanconf.py"
    text = file.read_text(encoding="utf-8")
    wrong = re.sub(r"^SITENAME = .*$", mistake, text, flags=re.MULTILINE)
    assert wrong != text

    def read(*_: object, **__: object) -> None:
        exec(compile(wrong, file, "exec"), {"__file__": str(file)})  # noqa: S102 - as Pelican reads settings

    replace_settings(monkeypatch, read)
    with pytest.raises(SettingsError) as found:
        project_settings()
    line = 1 + text[: text.index("\nSITENAME = ") + 1].count("\n")
    assert "pelicanconf.py cannot be read as settings (" in str(found.value)
    assert str(found.value).endswith(f"; mend line {line} of pelicanconf.py")


@follows("--content must name the one that holds articles/ and so on")
def test_the_advised_content_folder(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing folder is refused by each command, and a folder that contains articles/ is accepted."""
    nowhere = str(tmp_path / "nowhere")
    for said in (
        refused(check, content=nowhere, as_of=AS_OF),
        refused(print_due, days=1, content=nowhere, as_of=AS_OF),
        refused(run_build, BuildOptions(content=nowhere, output=str(tmp_path / "output"))),
        refused(approve_story, "told", outline=outline, content=nowhere),
    ):
        assert said.endswith(
            f"there is no folder {nowhere}; --content must name the one that holds articles/ and so on"
        )
    assert (content / "articles").is_dir()
    print_due(days=1, content=str(content), as_of=AS_OF)
    assert "due by" in capsys.readouterr().out


def test_the_advised_day(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An invalid day is refused with an example, which is accepted."""
    said = refused(print_due, days=1, content=str(content), as_of="soon")
    print_due(days=1, content=str(content), as_of=value_in(said))
    assert "due by 2026-11-23." in capsys.readouterr().out


@follows("empty it, or choose another with  -o FOLDER")
def test_the_advised_output_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with other files can be emptied, or replaced with the option in the message."""
    write(tmp_path, {"mine/thesis.txt": "years of work"})

    def build(output: Path) -> None:
        run_build(BuildOptions(content=str(BASE), output=str(output), cache=str(tmp_path / "cache"), as_of=AS_OF))

    with pytest.raises(SystemExit):
        build(tmp_path / "mine")
    said = capsys.readouterr().err
    assert "empty it, or choose another with  -o FOLDER" in said
    build(tmp_path / "other")
    assert (tmp_path / "other" / "index.html").is_file()
    (tmp_path / "mine" / "thesis.txt").unlink()
    build(tmp_path / "mine")
    assert (tmp_path / "mine" / "index.html").is_file()
    with pytest.raises(SystemExit):
        build(BASE / "register" / "site")
    assert "lies inside the content folder; choose another with  -o FOLDER" in capsys.readouterr().err


def test_the_advised_port() -> None:
    """An invalid port is refused with the valid range, and a port in use is replaced by a free one."""
    with pytest.raises(PortError, match="choose one from 1024 to 65535, or 0 for any that is free"):
        listen(70_000)
    with listen(0) as taken, listen(taken.getsockname()[1]) as other:
        assert other.getsockname()[1] not in {0, taken.getsockname()[1]}


@pytest.mark.parametrize(
    "wrong",
    [
        "folder:site", "ssh://deploy:secret@a.example/srv/site", "ssh:///srv/site", "ssh://a.example", "s3://key@bucket/x",
        "git:origin", "ftp://a.example", "site",
    ],
)  # fmt: skip
def test_the_advised_target(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each address in the message for an invalid target is a valid target."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    with pytest.raises(TargetError) as found:
        parse_target(wrong)
    said = str(found.value).replace(wrong, "", 1)
    advised = re.findall(r"(?:folder:/|ssh://|s3://|git:)[^\s,]+", said.replace("git:REMOTE#BRANCH, such as", ""))
    assert advised
    for address in advised:
        assert parse_target(address.rstrip(".")).name


@follows("there is no format `", "name one that is there, or none")
def test_the_advised_format_and_files(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each format in the message is accepted, and so is an existing file."""
    said = refused(check, form="xml", content=str(content), as_of=AS_OF)
    for form in said.rpartition(": ")[2].split(", "):
        check([str(content / "pages")], form=form, content=str(content), as_of=AS_OF)
    said = refused(check, ["nowhere"], content=str(content), as_of=AS_OF)
    assert said.endswith("name one that is there, or none")
    check([], content=str(content), as_of=AS_OF)
    assert "0 errors" in capsys.readouterr().out


def test_the_advised_options_of_a_draft(content: Path) -> None:
    """Missing values of a new entry are named by their options, and with them the entry is created."""
    at: dict[str, Any] = {"content": str(content), "as_of": AS_OF}
    assert "did you mean `article`?" in refused(create_entry, NewEntryOptions("artcle"), **at)
    assert refused(create_entry, NewEntryOptions("article"), **at).endswith(
        "these options are needed: --title, --author"
    )
    said = refused(create_entry, NewEntryOptions("article", "A walk", author="editr"), **at)
    author = re.search(r"--author: there is no `editr`; did you mean `(\w+)`\?", said)
    assert author
    said = refused(create_entry, NewEntryOptions("article", "A walk", "A Walk!", author=author[1]), **at)
    slug = said.rpartition("write --slug ")[2]
    file = create_entry(NewEntryOptions("article", "A walk", slug, author=author[1]), **at)
    assert file.is_file()
    assert "give it another --slug" in refused(
        create_entry, NewEntryOptions("article", "A walk", slug, author=author[1]), **at
    )
    assert create_entry(NewEntryOptions("article", "A walk", f"{slug}-2", author=author[1]), **at).is_file()


def test_the_advised_name(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names of a commitment and a page with a typing mistake are suggested, and accepted when corrected."""
    fields = LogEntryInput("We said.", "We did.", "Editor", "")
    said = refused(record, "we-chnge", fields, content=str(content))
    name = re.search(r"perhaps you mean `([\w-]+)`", said)
    assert name
    record(name[1], fields, content=str(content))
    assert "Added to" in capsys.readouterr().out
    asked = BuildOptions(content=str(BASE), output=str(tmp_path / "output"), cache=str(tmp_path / "cache"), as_of=AS_OF)
    page = re.search(r"did you mean (\S+) \?", refused(run_build, asked._replace(explain="/article/")))
    assert page
    run_build(asked._replace(explain=page[1]))
    assert "articles/index.html was" in capsys.readouterr().out


@follows(" is a folder; name a file in it", "so give it a place of its own")
def test_the_advised_calendar(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A calendar in a public folder is refused with a place outside, and a folder with a file name in it."""
    monkeypatch.chdir(content)
    at: dict[str, Any] = {"days": 1, "content": str(content), "as_of": AS_OF}
    place = re.search(r"--calendar (\S+)$", refused(print_due, **at, calendar="due.ics"))
    assert place
    print_due(**at, calendar=place[1])
    assert (tmp_path / "due.ics").is_file()
    (tmp_path / "staff").mkdir()
    inside = refused(print_due, **at, calendar=os.fspath(tmp_path / "staff")).rpartition("such as  ")[2]
    print_due(**at, calendar=inside)
    assert Path(inside).is_file()
    assert "for staff only" in capsys.readouterr().out
