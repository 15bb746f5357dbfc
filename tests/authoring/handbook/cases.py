"""Read the examples of the handbook and build them."""

from __future__ import annotations

import difflib
import re
import shutil
from functools import cache
from pathlib import Path

import yaml
from msgspec import Struct

from plugins.authoring.handbook.chapter import Chapter, Segment, read, segments
from plugins.authoring.handbook.pages import PROBLEMS
from plugins.content_model.page import Page
from tests.sites.building import ROOT, SITES, Run, run_here
from tests.sites.writing import fields, text, write

HANDBOOK = ROOT / "docs" / "handbook"
#: The article in which the handbook shows every mistake.
ARTICLE = "content/articles/a-walk-before-work/index.md"
PICTURE = SITES / "full" / "articles" / "everything" / "cover.jpg"
#: The people and registers that the examples name.
_BASE = SITES / "cases" / "base"
_REPORT = re.compile(r"^(error|warning|advice)\[([a-z0-9-]+)\]: (.*)\n(?:.*\n)*? *= mend: (.*)$", re.MULTILINE)


class Mistake(Struct, frozen=True):
    """A mistake in the handbook with its report.

    Attributes:
        chapter: the file of the chapter.
        text: the text of the author.
        told: the report on the terminal.
    """

    chapter: str
    text: str
    told: str


def chapters() -> list[Chapter]:
    """Return the chapters of the handbook."""
    found, problems = read(HANDBOOK)
    assert problems == []
    return found


def segments_of(chapter: Chapter) -> list[Segment]:
    """Return the segments of a chapter."""
    return list(segments(chapter.source.body, chapter.source.body_line))


def whole_files() -> dict[str, str]:
    """Return the complete files in the handbook by path."""
    return {
        segment.about: segment.text + "\n"
        for chapter in chapters()
        for segment in segments_of(chapter)
        if segment.kind == "file" and segment.about.startswith("content/")
    }


def mistakes() -> list[Mistake]:
    """Return the mistakes in the handbook, each with its report."""
    found = []
    for chapter in chapters():
        shown = [segment for segment in segments_of(chapter) if segment.kind in {"mistake", "problem"}]
        for mistake, problem in zip(shown[::2], shown[1::2], strict=True):
            assert (mistake.kind, problem.kind) == ("mistake", "problem"), f"{chapter.source.path}:{mistake.line}"
            found.append(Mistake(chapter.source.path, mistake.text, problem.text))
    return found


def spoilt(article: str, mistake: str) -> str:
    """Return ``article`` with ``mistake`` in place of the matching field, or else of the whole text."""
    head, body = article.removeprefix("---\n").split("\n---\n")
    field = re.match(r"([a-z_]+):", mistake)
    if field is None:
        return f"---\n{head}\n---\n\n{mistake}\n"
    fields = re.findall(r"^[a-z_]+:.*(?:\n +.*)*", head, re.MULTILINE)
    names = [each.partition(":")[0] for each in fields]
    (meant,) = difflib.get_close_matches(field[1], names, n=1)
    fields[names.index(meant)] = mistake
    return "---\n" + "\n".join(fields) + f"\n---\n{body}"


def project(folder: Path, files: dict[str, str]) -> Path:
    """Write ``files`` and their pictures beside the people and registers that they name, and return the content."""
    content = folder / "content"
    shutil.copytree(_BASE, content)
    write(folder, {"content/pages/about/index.md": text(fields(Page, "about")), **files})
    for path, file in files.items():
        if "file: cover.jpg" in file:
            shutil.copy(PICTURE, (folder / path).parent / "cover.jpg")
    return content


def build_of(folder: Path, mistake: Mistake) -> Run:
    """Build the handbook's article with a mistake in ``folder``, which must be the working directory."""
    content = project(folder, {ARTICLE: spoilt(whole_files()[ARTICLE], mistake.text)})
    return run_here(content, folder / "output")


def reports(run: Run) -> list[tuple[str, str, str, str]]:
    """Return severity, name, message and hint of each problem with a full report."""
    return [
        # A brief report has its position at the end of the same line.
        (severity, name, re.sub(r" \(\S+:\d+\)$", "", message), hint)
        for severity, name, message, hint in _REPORT.findall(run.stderr)
    ]


@cache
def listed() -> list[dict[str, str]]:
    """Return the problems in the handbook's list."""
    found: list[dict[str, str]] = yaml.safe_load((HANDBOOK / PROBLEMS).read_text(encoding="utf-8"))
    return found


def spoilt_sites() -> list[Path]:
    """Return the folders with one mistake each."""
    return sorted(folder for kind in ("invalid", "warned") for folder in (SITES / kind).iterdir() if folder.is_dir())
