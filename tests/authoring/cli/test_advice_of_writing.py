"""Test that following the advice of commands that write, list and check, and of developers' commands, succeeds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from plugins.commitments import command as commitments
from plugins.commitments.recording import LogEntryInput
from tests import benchmarks
from tests.authoring.cli.messages import FOLLOWED, follows
from tests.authoring.cli.project import Options, Project, Row, follow, last
from tests.benchmarks.build import BenchmarkOptions
from tests.commitments.test_recording import HEAD, SHAPES
from tests.commitments.world import recorded
from tests.provisioning import screenshots
from tests.sites.writing import text
from tests.terminal import Terminal

COMMITMENT = "commitments/a/index.md"
PAGE = "pages/door/index.md"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a small site with a commitment and an article that a check would fix."""
    project = Project(tmp_path, monkeypatch)
    project.write(COMMITMENT, text(recorded()))
    return project


def article(**changes: str) -> Options:
    """Return the options of a new article, with ``changes``."""
    return {"kind": "article", "title": "A walk", "author": "editor", **changes}


def retyped(_project: Project, said: str) -> Options:
    """Return the title again."""
    assert "write it in a few words" in said or "type it again by hand" in said
    return {"title": "A walk"}


def shortened(_project: Project, said: str) -> Options:
    """Remove as many characters as the message says."""
    return {"summary": "a" * (200 - int(re.findall(r"take out (\d+)", said)[0]))}


def offered(option: str) -> Any:
    """Return a function that sets ``option`` to the first value in the message."""
    return lambda _project, said: {option: re.findall(r"(?:did you mean `|choose one of: |slug )([\w-]+)", said)[0]}


def another_slug(_project: Project, said: str) -> Options:
    """Set another slug."""
    assert "--slug" in said
    return {"slug": "another"}


def withdrawn(project: Project) -> None:
    """Withdraw the story."""
    assert project.inv("withdraw", {"story": "told", "yes": True}).status == 0


def nobody(project: Project) -> None:
    """Remove all people from the content."""
    shutil.rmtree(project.content / "people")


def somebody(project: Project, said: str) -> None:
    """Run the command in the message to add a person."""
    assert last(said) == "inv new person"
    assert project.inv("new", {"kind": "person", "title": "Editor"}).status == 0


def filled(project: Project) -> None:
    """Write a file at the path of the new article."""
    project.write("articles/a-walk/notes.txt", "Mine.")


def on(_project: Project, said: str) -> Options:
    """Set the date in the message."""
    return {"on": re.findall(r"--on (\d{4}-\d\d-\d\d)|example (\d{4}-\d\d-\d\d)", said)[0][0]}


def lacking(_project: Project, said: str) -> Options:
    """Set the options in the message."""
    return dict.fromkeys(re.findall(r"--(\w+)", said), "Some words")


def commitment(front: str) -> Any:
    """Return a function that writes the commitment in another layout."""
    return lambda project: project.content.joinpath(COMMITMENT).write_bytes((HEAD + front).encode())


def by_hand(project: Project, said: str) -> None:
    """Write the log as a list with dashes."""
    assert COMMITMENT in said
    project.content.joinpath(COMMITMENT).write_bytes((HEAD + SHAPES["indented"]).encode())


def american(project: Project) -> None:
    """Write a page with a word that a check fixes."""
    project.change("stories/sample/index.md", "Nobody told this one.", "The color of the door.")


def saved_meanwhile(project: Project) -> None:
    """Save the file while its changes are shown."""
    american(project)
    project.monkeypatch.setattr("sys.stdin", Terminal())
    project.answer = "yes"
    project.before_answer = lambda: project.change("stories/sample/index.md", "of the door", "of a door")


def not_again(project: Project, _said: str) -> None:
    """Run the command again without another change."""
    project.before_answer = lambda: None


def answer_yes(project: Project, said: str) -> None:
    """Answer yes at a terminal."""
    assert "answer yes" in said
    project.monkeypatch.setattr("sys.stdin", Terminal())
    project.answer = "yes"


DEED = {"commitment": "a", "said": "We said.", "did": "We did.", "role": "Editor"}
ROWS = {
    "kind": Row("new", "there is no kind `", article(kind="artcle"), offered("kind")),
    "no kind": Row("new", "nothing says what to begin", article(kind=""), offered("kind")),
    "options": Row("new", "nobody can be asked here, so these options are needed", {"kind": "page"}, lacking),
    "title": Row("new", "a title is needed; write it in a few words", article(title="  "), retyped),
    "invisible": Row("new", "the title holds a character that cannot be seen", article(title="A\x07walk"), retyped),
    "summary": Row("new", "; take out ", article(summary="a" * 200), shortened),
    "slug": Row("new", "cannot stand in an address", article(slug="A Walk!"), offered("slug")),
    "a slug": Row("new", "give it a --slug of lower-case letters", article(title="!!!"), another_slug),
    "taken": Row("new", "; give it another --slug", {**article(), "kind": "story", "slug": "sample"}, another_slug),
    "withdrawn": Row(
        "new",
        "was that of something withdrawn",
        {**article(), "kind": "story", "slug": "told"},
        another_slug,
        withdrawn,
    ),
    "filled": Row("new", "there is something in ", article(), another_slug, filled),
    "nobody": Row("new", "there is nobody in content/people/ yet", article(), somebody, nobody),
    "author": Row("new", ": there is no `", article(author="editr"), offered("author")),
    "topic": Row("new", ": there is no `", article(topics="zz"), offered("topics")),
    "commitment": Row(
        "record",
        "there is no commitment `",
        DEED | {"commitment": "b"},
        lambda _project, said: {"commitment": re.findall(r"there are: (\w+)", said)[0]},
    ),
    "lacking": Row("record", "nobody can be asked here, so these options are needed", {"commitment": "a"}, lacking),
    "no words": Row("record", "says nothing; write it in a few words", DEED | {"said": " "}, lacking),
    "contact": Row(
        "record",
        "numbers and addresses belong in the help register only",
        DEED | {"did": "Ring 020 8191 9191."},
        lambda *_: {"did": "We rang them."},
    ),
    "tomorrow": Row("record", "has not come yet", DEED | {"on": "2026-11-24"}, on),
    "too early": Row("record", "the record already reaches ", DEED | {"on": "2026-05-31"}, on),
    "no day": Row(
        "record",
        "--on: ",
        DEED | {"on": "1.6.2026"},
        lambda _project, said: {"on": "2026-06-02"} if "-" in said else {},
    ),
    "line ends": Row(
        "record",
        "mixes two kinds of line ends; save it with one kind",
        DEED,
        by_hand,
        commitment(SHAPES["indented"].replace("    said: a\n", "    said: a\r\n")),
    ),
    "dashes": Row(
        "record",
        "is not written as a list with one entry after each dash",
        DEED,
        by_hand,
        commitment("log: [{on: 2026-06-01, said: a, did: b, by_role: c}]\nredress: elm-tree-hub\n---\n"),
    ),
    "calendar": Row(
        "due",
        "cannot be written (",
        {"calendar": "/dev/null/due.ics"},
        lambda project, said: {"calendar": str(project.root / "due.ics")} if "choose another place" in said else {},
    ),
    "write": Row("check", "or add  --yes", {"fix": True}, lambda *_: {"yes": True}, american),
    "answer": Row("check", "to write these changes, answer yes", {"fix": True}, answer_yes, american),
    "saved": Row(
        "check", "changed while you read this, so it was left as it is", {"fix": True}, not_again, saved_meanwhile
    ),
}
FOLLOWED |= {row.says for row in ROWS.values()}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_following_the_advice_succeeds(row: Row, project: Project) -> None:
    """After the advice of each message, the command succeeds."""
    follow(row, project)


@follows("there is no commitment yet; begin with  inv new commitment")
def test_the_first_commitment(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """At a terminal, a record without a commitment is refused with the command that creates one."""

    def record() -> None:
        project.monkeypatch.setattr("sys.stdin", Terminal("listen\nWe said.\nWe did.\nEditor\n\n"))
        commitments.record("", LogEntryInput("", "", ""), content=str(project.content))

    shutil.rmtree(project.content / "commitments")
    with pytest.raises(SystemExit, match="begin with  inv new commitment"):
        record()
    project.monkeypatch.setattr("sys.stdin", Terminal("Listen\nlisten\n\n\n"))
    begun = project.inv("new", {"kind": "commitment"})
    assert begun.status == 0, begun.text
    record()
    assert "Added to" in capsys.readouterr().out


@follows("there is no benchmark `", "write it as  --sizes 100,1000", "belong to  inv bench build", "choose among: ",
         "write it as  --runs 5")  # fmt: skip
def test_benchmark_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invalid names, sizes and options are refused with the valid ones."""
    taken: list[tuple[str, list[int]]] = []
    monkeypatch.setitem(benchmarks.BENCHMARKS, "feeds", lambda sizes: taken.append(("feeds", list(sizes))))
    monkeypatch.setattr(benchmarks, "_build", lambda sizes, _wish: taken.append(("build", list(sizes))))

    def refused(what: str, sizes: str, wish: BenchmarkOptions | None = None) -> str:
        with pytest.raises(SystemExit) as stop:
            benchmarks.run(what, sizes, wish)
        return str(stop.value.code)

    wish = BenchmarkOptions(runs=3)
    for what in refused("fees", "10").rpartition(": ")[2].split(", "):
        if what in {"build", "feeds"}:
            benchmarks.run(what, last(refused(what, "ten")).removeprefix("--sizes "))
    benchmarks.run(last(refused("feeds", "3", wish)).removeprefix("inv bench "), "3", wish)
    assert taken == [("build", [100, 1000]), ("feeds", [100, 1000]), ("build", [3])]
    with pytest.raises(SystemExit) as stop:
        BenchmarkOptions.of_words("huge", "5", "", "")
    assert BenchmarkOptions.of_words(str(stop.value.code).rpartition(": ")[2].replace(" ", ""), "5", "", "").peers
    with pytest.raises(SystemExit) as stop:
        BenchmarkOptions.of_words("", "many", "", "")
    assert BenchmarkOptions.of_words("", last(str(stop.value.code)).removeprefix("--runs "), "", "").runs == 5


@follows("Build the site first, with  inv build")
def test_screenshots_need_a_built_site(project: Project) -> None:
    """A folder without pages is refused with the command that builds them."""
    with pytest.raises(SystemExit) as stop:
        screenshots.take(str(project.output), str(project.root / "pictures"))
    assert last(str(stop.value.code)) == "inv build"
    assert project.inv("build", {}).status == 0
    assert list(screenshots.addresses(project.output))
