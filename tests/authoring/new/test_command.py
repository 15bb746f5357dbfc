"""Test that `inv new` writes a draft that builds and passes the check, and overwrites no file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.authoring.check.command import problems_in
from plugins.authoring.new.command import create_entry
from plugins.authoring.new.create import NewEntryOptions
from plugins.authoring.new.templates import FOLDERS
from plugins.content_model.loader import KINDS, parse_entry
from plugins.content_model.page import Page
from plugins.content_model.placeholders import Placeholder
from tests.authoring.cli.commands import inv_here
from tests.sites.building import AS_OF, SITES, run_here, snapshot
from tests.sites.writing import fields, text, write
from tests.terminal import Terminal


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a small site with a page."""
    copy = shutil.copytree(SITES / "cases" / "base", tmp_path / "content")
    return write(copy, {"pages/about/index.md": text(fields(Page, "about"))})


@pytest.fixture
def created(content: Path) -> dict[str, Path]:
    """Create an entry of each kind in ``content``, and return their files."""
    return {
        kind: create_entry(
            NewEntryOptions(kind, f"Tea: £5 & a {kind}", author="editorial-team", topics="work"),
            content=str(content),
            as_of=AS_OF,
        )
        for kind in FOLDERS
    }  # fmt: skip


def published(text: str) -> str:
    """Return the file ``text`` with the entry published."""
    return text.replace("status: draft", "status: published")


def uncommented(text: str) -> str:
    """Return the file ``text`` with its commented fields active. A note has a space after its ``#``."""
    return re.sub(r"^#(?=\w|  )", "", text, flags=re.MULTILINE)


def test_every_kind_of_draft_builds_and_passes(content: Path, tmp_path: Path) -> None:
    """A draft of each kind writes only its own file, builds and passes the check."""
    before = snapshot(content)
    for kind in FOLDERS:
        done = inv_here("new", kind, "--title", f"Tea: £5 & a {kind}", "--author", "editorial-team", "--topics", "work",
                   "--as-of", AS_OF, "--content", str(content))  # fmt: skip
        assert done.status == 0, done.stderr
    assert {path: data for path, data in snapshot(content).items() if path in before} == before
    new = {path for path in snapshot(content) if path not in before}
    assert len(new) == len(FOLDERS)
    assert {problem.path for problem in problems_in(content, as_of=AS_OF)}.isdisjoint(new)
    done_build = run_here(content, tmp_path / "output")
    assert done_build.status == 0, done_build.stderr


def test_published_placeholders_are_reported(content: Path, created: dict[str, Path], tmp_path: Path) -> None:
    """Each placeholder in a published entry of any kind stops a build and a check at its position."""
    places: dict[tuple[str, int], str] = {}
    for file in created.values():
        file.write_text(published(file.read_text(encoding="utf-8")), encoding="utf-8")
        path = file.relative_to(content).as_posix()
        places |= {(path, number): line for number, line in _placeholder_lines(file.read_text(encoding="utf-8"))}
    done = run_here(content, tmp_path / "output")
    assert done.status == 1
    assert {(one.path, one.line) for one in done.problems(content) if one.name == "placeholder-left"} == set(places)
    told = [one for one in problems_in(content, as_of=AS_OF) if one.name == "placeholder-left"]
    assert {(one.path, one.position.line) for one in told} == set(places)
    for one in told:
        line = places[one.path, one.position.line]
        assert one.message.partition("“")[2].partition("”")[0] in line[one.position.column - 1 :]


def _placeholder_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a skeleton with placeholders."""
    chosen = "id|title|slug|status|published|topics|author|kind|medical|display|narrator_role|pathway|progress|log"
    passed = re.compile(rf" *({chosen}|review_due|redress|layout): .*|\w+:( *#.*)?|#(?!#).*|///.*|---|")
    in_text = text.partition("<!--")[0]
    for number, line in enumerate(in_text.split("\n"), start=1):
        if not passed.fullmatch(line):
            yield number, line


def test_placeholders_of_commented_fields_are_reported(created: dict[str, Path]) -> None:
    """With all fields uncommented, each placeholder text and day is reported."""
    for kind, file in created.items():
        text = published(uncommented(file.read_text(encoding="utf-8")))
        _, problems = parse_entry(text, "a.md", KINDS[FOLDERS[kind]])
        days = [problem for problem in problems if problem.name == "ambiguous-date"]
        assert len(days) == text.count(": year-month-day")
        text = text.replace(": year-month-day", f": {AS_OF}")
        entry, problems = parse_entry(text, "a.md", KINDS[FOLDERS[kind]])
        assert entry is not None, problems
        left = {problem.position.line for problem in problems if problem.name == "placeholder-left"}
        for number, line in enumerate(text.partition("<!--")[0].split("\n"), start=1):
            assert (number in left) == any(placeholder in line for placeholder in Placeholder), line


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<!-- {} -->", []),
        ("<!--\n{}\n--!> `-->`", []),
        ("<!--> {} -->", [1]),
        ("<!--->\n{} -->", [2]),
        ("Write `<!--` before it.\n\n{}\n\nWrite `-->` behind it.", [3]),
    ],
)
def test_placeholders_in_comments_pass(created: dict[str, Path], body: str, lines: list[int]) -> None:
    """A placeholder that readers do not see passes; a comment ends where it ends for browsers."""
    head, fence, _ = published(created["person"].read_text(encoding="utf-8")).rpartition("---\n")
    _, problems = parse_entry(head + fence + body.format(Placeholder.PERSON), "a.md", KINDS[FOLDERS["person"]])
    above = (head + fence).count("\n")
    found = [problem.position.line - above for problem in problems if problem.name == "placeholder-left"]
    assert [line for line in found if line > 0] == lines


def test_every_placeholder_is_used(created: dict[str, Path]) -> None:
    """Every placeholder in the list occurs in a skeleton, but the one that an import leaves for a lost picture."""
    texts = [file.read_text(encoding="utf-8") for file in created.values()]
    assert [one for one in Placeholder if not any(one in text for text in texts)] == [Placeholder.LOST_PICTURE]


def test_a_completed_draft_is_built(content: Path, created: dict[str, Path], tmp_path: Path) -> None:
    """With all placeholders replaced, an entry that needs no consent is built."""
    for kind in ("article", "page", "person"):
        text = created[kind].read_text(encoding="utf-8")
        for number, placeholder in enumerate(Placeholder):
            text = text.replace(placeholder, f"Words of our own, number {number}.")
        created[kind].write_text(published(text), encoding="utf-8")
    done = run_here(content, tmp_path / "output")
    assert done.status == 0, done.stderr


@pytest.mark.parametrize("mark", ["#", "# "], ids=["by hand", "by an editor that takes the space, too"])
def test_the_commented_picture_fields_work(content: Path, mark: str) -> None:
    """With the picture fields uncommented and the file in place, the picture of the front matter is valid."""
    assert inv_here("new", "page", "--title", "Tea", "--content", str(content)).status == 0
    file = content / "pages/tea/index.md"
    lines = file.read_text(encoding="utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("#image:"))
    for number in range(first, first + 3):
        lines[number] = lines[number].removeprefix(mark).removeprefix("#")
    file.write_text("\n".join(lines), encoding="utf-8")
    shutil.copy(SITES / "full/articles/everything/cover.jpg", file.parent)
    assert "pages/tea/index.md" not in {problem.path for problem in problems_in(content, as_of=AS_OF)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("article",), "--title, --author"),
        (("artikel", "--title", "Tea"), "did you mean `article`?"),
        (("page", "--title", "About"), "/about/ is that of pages/about/index.md"),
        (("page", "--title", "Tea", "--content", "nowhere"), "no folder nowhere"),
        (("page", "--title", "Tea", "--as-of", "soon"), "AS_OF is `soon`"),
    ],
)
def test_invalid_arguments_are_explained(arguments: tuple[str, ...], message: str, content: Path) -> None:
    """A missing or duplicate value is named in a sentence, with status 1, and nothing is written."""
    before = snapshot(content)
    done = inv_here("new", *arguments, *([] if "--content" in arguments else ["--content", str(content)]))
    assert done.status == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(content) == before


def test_a_folder_with_files_is_not_changed(content: Path) -> None:
    """A folder of that name with a picture in it is not changed."""
    (content / "pages/tea").mkdir()
    (content / "pages/tea/cover.jpg").write_bytes(b"x")
    done = inv_here("new", "page", "--title", "Tea", "--content", str(content))
    assert done.status == 1
    assert "already" in done.stderr
    assert [file.name for file in (content / "pages/tea").iterdir()] == ["cover.jpg"]


@pytest.mark.parametrize("kind", ["", "artcle", "9"])
def test_a_terminal_asks_for_the_kind(
    kind: str, content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At a terminal, the question for the kind repeats until the answer is valid."""
    monkeypatch.setattr("sys.stdin", Terminal("poem\nPage\nTea at noon\n\n\n"))
    file = create_entry(NewEntryOptions(kind), content=str(content), as_of=AS_OF)
    assert file == content / "pages" / "tea-at-noon" / "index.md"
    assert "there is no `poem`" in capsys.readouterr().out


def test_without_a_terminal_a_kind_is_required(content: Path) -> None:
    """Without a terminal, the message lists the kinds."""
    done = inv_here("new", "--content", str(content))
    assert done.status == 1
    assert "error: nothing says what to begin; choose one of: article, story," in done.stderr
