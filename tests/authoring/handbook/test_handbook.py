"""Test the handbook: its examples are valid, its reports are those of builds, and no release contains it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plugins.authoring.handbook.chapter import SEGMENT_KINDS, Chapter, segments
from plugins.authoring.handbook.screenshots import FOLDER as SCREENSHOTS
from plugins.authoring.handbook.tables import MODELS, field_rows
from plugins.content_model.field_docs import notes
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS
from plugins.markdown_blocks.block_scanner import outline
from plugins.stories.command import approve_story
from tests.authoring.cli.commands import commands, options
from tests.authoring.handbook.cases import (
    Mistake,
    build_of,
    chapters,
    listed,
    mistakes,
    project,
    segments_of,
    whole_files,
)
from tests.sites.building import AS_OF, CONTENT, ROOT, Built, run_here
from tests.sites.test_invalid import INVALID, WARNED, expected
from tests.sites.writing import write

CHAPTERS = chapters()
MISTAKES = mistakes()
_LONGEST_SENTENCE = 20


def prose(chapter: Chapter) -> str:
    """Return the sentences of a chapter, without tables, code and headings."""
    text = "\n".join(segment.text for segment in segments_of(chapter) if segment.kind == "prose")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^(#|\|).*$", "", text, flags=re.MULTILINE)
    return re.sub(r"\]\([^)]*\)|[\[*]|^ *(-|\d+\.) ", " ", text, flags=re.MULTILINE)


def page(site: Built, chapter: Chapter) -> BeautifulSoup:
    """Return the page of a chapter."""
    return BeautifulSoup((site.output / chapter.permalink.strip("/") / "index.html").read_text("utf-8"), "html5lib")


def test_the_handbook_has_no_problem(real: Built) -> None:
    """The build of the site reports no problem in the handbook."""
    assert "handbook" not in real.run.stderr


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_chapters_are_noindex_pages(chapter: Chapter, real: Built) -> None:
    """Each chapter has a noindex page with its title."""
    soup = page(real, chapter)
    assert soup.h1 is not None
    assert soup.h1.get_text() == chapter.title
    assert soup.find("meta", attrs={"name": "robots", "content": "noindex"})


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_examples_have_source_and_result(chapter: Chapter, real: Built) -> None:
    """Each example of what the site has is beside its rendered result, which has no Markdown left and is not empty."""
    examples = [segment.text for segment in segments_of(chapter) if segment.kind == "example"]
    shown = page(real, chapter).select(".handbook-example")
    sources = [example.select_one("code").get_text() for example in shown]  # type: ignore[union-attr]
    assert [source for source in examples if source in sources] == sources
    for example in shown:
        result = example.select_one(".handbook-example__result .prose")
        assert result is not None
        assert result.find(["h2", "p", "ul", "figure", "section", "div"])
        assert not re.search(r"///|\*\*|\]\(|^#", result.get_text())


def test_every_block_has_an_example() -> None:
    """The chapter on blocks shows every kind of block."""
    (blocks,) = [chapter for chapter in CHAPTERS if chapter.slug == "blocks"]
    shown = "\n".join(segment.text for segment in segments_of(blocks) if segment.kind == "example")
    assert set(re.findall(r"^/{3,} ([a-z-]+)", shown, re.MULTILINE)) == set(BLOCK_KINDS)


def test_every_kind_has_a_whole_file_and_a_table_of_its_fields() -> None:
    """Each kind of entry has a complete file and a table of fields, and each register a table of fields."""
    asked = {segment.about for chapter in CHAPTERS for segment in segments_of(chapter) if segment.kind == "fields"}
    assert asked == set(MODELS)
    assert {path.split("/")[1] for path in whole_files()} == {"articles", "stories", "commitments", "pages", "people"}


def test_the_whole_files_build(tmp_path: Path) -> None:
    """The complete files of the handbook build together, with the entries they refer to and without problems."""
    files = whole_files()
    content = project(tmp_path, files)
    done = run_here(content, tmp_path / "output")
    assert done.status == 0, done.stderr
    told = {f"content/{problem.path}" for problem in done.problems(content)}
    assert not told & files.keys()
    assert (tmp_path / "output" / "articles" / "a-walk-before-work" / "index.html").is_file()


def test_the_steps_of_a_story_publish_it(tmp_path: Path) -> None:
    """The handbook's story, approved and published as described, is built and not in the search."""
    (path,) = [path for path in whole_files() if "/stories/" in path]
    content = project(tmp_path, whole_files())
    # The example is in the handbook of the site too, and is not private.
    assert run_here(content, tmp_path / "with-handbook", HANDBOOK_OF=str(content)).status == 0
    approve_story("a-bench-by-the-canal", outline=outline, yes=True, content=str(content), as_of=AS_OF)
    story = tmp_path / path
    story.write_text(story.read_text("utf-8").replace("status: draft", "status: published"), encoding="utf-8")
    done = run_here(content, tmp_path / "output")
    assert done.status == 0, done.stderr
    built = (tmp_path / "output" / "stories" / "a-bench-by-the-canal" / "index.html").read_text("utf-8")
    assert "form-2026-031" not in built


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.told.partition("]")[0].partition("[")[2])
def test_reports_are_current(mistake: Mistake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pelican reports exactly the text below the mistake, and stops."""
    monkeypatch.chdir(tmp_path)
    done = build_of(tmp_path, mistake)
    assert done.status == 1
    # If this fails, run `python -m tests.authoring.handbook`.
    assert f"{mistake.told}\n" in done.stderr
    assert done.stderr.count("error[") == 1


def test_every_problem_is_listed() -> None:
    """The list has each problem that content can cause. tests/sites/test_invalid.py compares the messages."""
    shown = {problem.name for folder in (*INVALID, *WARNED) for problem in expected(folder)}
    # Every site with unverified numbers reports this one in brief, so no folder has it.
    assert [item["name"] for item in listed()] == sorted({*shown, "contact-not-verified"})


def test_the_lists_show_every_problem_once(real: Built) -> None:
    """The chapters of problems share them out by the first letters of their names."""
    shown = [term.get_text() for chapter in CHAPTERS for term in page(real, chapter).select("dl.problem-list dt")]
    assert shown == [item["name"] for item in listed()]


@pytest.mark.parametrize("name", MODELS)
def test_a_table_has_every_field(name: str) -> None:
    """The table has the fields of the model, required ones first."""
    rows = field_rows(name)
    top = [row for row in rows if " / " not in row.name]
    assert {row.name for row in top} == {field.name for field in notes(MODELS[name])}
    assert [row.needed for row in top] == sorted((row.needed for row in top), reverse=True)


def test_table_examples_come_from_the_file(real: Built) -> None:
    """The table of an article's fields has the values of the article above it."""
    (articles,) = [chapter for chapter in CHAPTERS if chapter.slug == "articles"]
    table = page(real, articles).select_one("dl.field-table")
    assert table is not None
    assert "Example: A walk before work" in table.get_text()
    assert "Example: https://www.nhs.uk/live-well/exercise/walking-for-health/" in table.get_text()


def test_named_commands_exist() -> None:
    """Each command in the handbook is a task with these options."""
    named = set()
    for chapter in CHAPTERS:
        for line in re.findall(r"\.venv/bin/inv ([a-z].*)|`inv ([a-z-]+)`", chapter.source.body):
            name, *words = "".join(line).split()
            named.add(name)
            if name in commands():
                asked = {word[2:] for word in words if word.startswith("--") and len(word) > 2}
                assert asked <= options(name), f"{chapter.source.path}: {line}"
    assert named <= commands().keys()
    assert {"approve", "check", "due", "new", "publish", "record", "rollback", "serve", "withdraw"} <= named


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_sentences_are_short(chapter: Chapter) -> None:
    """No sentence of the handbook has more than 20 words."""
    for sentence in re.split(r"(?<=[.!?:])\s+|\n\n|\n(?= )", prose(chapter)):
        words = sentence.split()
        assert len(words) <= _LONGEST_SENTENCE, " ".join(words)


def test_a_site_of_another_content_has_no_handbook(full: Built) -> None:
    """A site with other content has neither the handbook nor a link to it."""
    assert not (full.output / "handbook").exists()
    assert "handbook" not in (full.output / "index.html").read_text("utf-8").lower()


def test_an_example_of_what_the_site_lacks_has_no_result(tmp_path: Path) -> None:
    """It is shown as written, without a warning that no author could follow. Prose with the same link has one."""
    head = "---\nid: handbook-start\ntitle: Handbook\nslug: handbook\nstatus: published\n---\n\n"
    link = "[Nobody](help:nobody)"
    write(tmp_path, {"handbook/01-start.md": f"{head}```example\n{link}\n```\n\nCall {link}.\n"})
    done = run_here(CONTENT, tmp_path / "output", HANDBOOK_PATH=str(tmp_path / "handbook"))
    assert done.status == 0, done.stderr
    found = re.findall(r"warning\[unknown-contact\].*`nobody`\n.*handbook/01-start.md:(\d+):", done.stderr)
    assert found == ["12"]
    page = BeautifulSoup((tmp_path / "output" / "handbook" / "index.html").read_text("utf-8"), "html5lib")
    assert link in page.get_text()
    assert not page.select(".handbook-example")


def test_segments_have_line_numbers() -> None:
    """A chapter is split at its own fences, and each segment has its line. Other fences are ignored."""
    text = "One.\n\n```example\n*a*\n```\n\n````md\n```example\nb\n```\n````\n\n```fields article\n```\n"
    found = [(segment.kind, segment.about, segment.line) for segment in segments(text, 10)]
    assert found == [("prose", "", 10), ("example", "", 13), ("prose", "", 15), ("fields", "article", 23)]
    assert {kind for kind, _, _ in found} - {"prose"} <= set(SEGMENT_KINDS)


def test_an_unclosed_fence() -> None:
    """Text after an unclosed fence is kept."""
    assert [segment.text for segment in segments("```example\na\nb")] == ["a\nb"]


def test_each_screenshot_is_shown(real: Built) -> None:
    """It is part of the site, with its size, and small; no chapter shows one that is missing."""
    folder = ROOT / "docs" / "handbook" / SCREENSHOTS
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    shown = [image for chapter in CHAPTERS for image in page(real, chapter).select(f"img[src*='/{SCREENSHOTS}/']")]
    assert {str(image["src"]).rpartition("/")[2] for image in shown} == files.keys()
    for image in shown:
        assert image["alt"]
        assert int(str(image["width"])) > int(str(image["height"])) > 0
        data = (real.output / str(image["src"]).strip("/")).read_bytes()
        assert data == files[str(image["src"]).rpartition("/")[2]]
        assert len(data) <= 100_000
