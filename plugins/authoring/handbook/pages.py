"""Render the chapters of the handbook, and add a page for each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from plugins.authoring.handbook import screenshots
from plugins.authoring.handbook.chapter import Chapter, Segment, as_entry, path_of, read, segments
from plugins.authoring.handbook.tables import MODELS, field_rows, problem_rows
from plugins.authoring.handbook.views import LABELS, ChapterLink, ChapterPart, ChapterView
from plugins.base.files import digest_of
from plugins.base.problem import Problem, ProblemLog, Severity
from plugins.content_model.commitment import Commitment
from plugins.content_model.library import Library
from plugins.content_model.page import Page, Person
from plugins.engine.build import Build, render_bodies
from plugins.engine.build_parts import MorePage
from plugins.engine.outputs import Claim, Outputs, Owner
from plugins.markdown_blocks.plugin import block_views
from plugins.views.body import Body
from plugins.views.views import Link, Picture

PROBLEMS = "problems.yaml"
#: Pieces whose text is Markdown.
_RENDERED = ("prose", "example")


def add_pages(build: Build, folder: Path) -> None:
    """Add a page for each chapter in ``folder``."""
    chapters, problems = read(folder)
    shown = screenshots.read(folder, Chapter.section)
    for one in shown:
        build.outputs.add(one.picture.src.lstrip("/"), Owner(one.path, claim=Claim.SITE), one.file.read_bytes)
    bodies, found = _bodies(build, chapters, screenshots.pictures(shown))
    build.problems.extend(_moved(problem, folder, build.content) for problem in (*problems, *found))
    home = Link(chapters[0].title, chapters[0].permalink) if chapters else None
    for at, chapter in enumerate(chapters):
        view = _view(build, folder, chapters, at, bodies)
        ancestors = (home,) if home and at else ()
        build.listings.more_pages.append(
            MorePage(
                chapter.permalink, "handbook.html", view.title, view.summary, ancestors, {"chapter": view}, staff=True
            )
        )


def _bodies(
    build: Build, chapters: list[Chapter], shown: Mapping[str, Picture]
) -> tuple[dict[str, Body], list[Problem]]:
    """Return what the Markdown of the chapters becomes, by the path of each segment, and what is wrong with the prose.

    An example may name a contact, a promise or a picture that this site does not have. It becomes nothing then.

    A chapter may show pictures of the content, and those of ``shown``.

    Sends ``render_bodies`` again with a library of its own, so that no text of the handbook is in the library of the
    site.
    """
    library = build.library
    texts = [
        as_entry(chapter, segment, number)
        for chapter in chapters
        for number, segment in enumerate(_segments(chapter))
        if segment.kind in _RENDERED
    ]
    # Entries that the chapters may link to and show.
    others = [entry for entry in library.entries if isinstance(entry, Commitment | Page | Person)]
    own = replace(
        build,
        library=Library((*texts, *others), library.registers, library.as_of, library.unread),
        problems=ProblemLog(),
        outputs=Outputs(),
        media=replace(build.media, pictures={**build.media.pictures, **shown}),
        texts=replace(build.texts, bodies={}),
    )
    render_bodies.send(own)
    prose, examples = (
        {
            path_of(chapter, number): chapter.source.path
            for chapter in chapters
            for number, segment in enumerate(_segments(chapter))
            if segment.kind == kind
        }
        for kind in _RENDERED
    )
    # An example is below the headings of its chapter, so warnings about its headings do not count.
    failed = {problem.path for problem in own.problems if problem.severity is Severity.ERROR} & examples.keys()
    bodies = {path: body for path, body in own.texts.bodies.items() if path not in failed}
    return bodies, [replace(problem, path=prose[problem.path]) for problem in own.problems if problem.path in prose]


def _segments(chapter: Chapter) -> Iterator[Segment]:
    return segments(chapter.source.body, chapter.source.body_line)


def _view(build: Build, folder: Path, chapters: list[Chapter], at: int, bodies: dict[str, Body]) -> ChapterView:
    chapter = chapters[at]
    found = list(_segments(chapter))
    example = next((segment.text for segment in found if segment.kind == "file"), "")
    part = partial(_part, build=build, folder=folder, example=_front_matter(example))
    parts = tuple(part(segment, bodies.get(path_of(chapter, number))) for number, segment in enumerate(found))
    links = tuple(ChapterLink(each.title, each.summary or "", each.permalink) for each in chapters[1:])
    return ChapterView(
        title=chapter.title,
        summary=chapter.summary or "",
        parts=parts,
        headings=tuple(heading for one in parts if one.kind == "prose" for heading in one.body.headings),
        chapters=links if at == 0 else (),
        previous=_link(chapters[at - 1]) if at else None,
        next=_link(chapters[at + 1]) if at + 1 < len(chapters) else None,
    )


def _part(segment: Segment, body: Body | None, *, build: Build, folder: Path, example: str) -> ChapterPart:
    if body is not None:
        return ChapterPart(segment.kind, body, segment.text)
    if segment.kind == "fields":
        # A test finds a chapter that names an unknown model; the page then has no table.
        rows = partial(field_rows, segment.about, example)
        known = segment.about in MODELS
        fields = build.cache.get_or_compute("handbook-fields", (segment.about, example), rows) if known else ()
        return ChapterPart("fields", fields=fields)
    if segment.kind == "blocks":
        return ChapterPart("blocks", blocks=block_views())
    if segment.kind == "problems":
        file = folder / PROBLEMS
        key = digest_of(file.read_bytes())
        problems = build.cache.get_or_compute("handbook-problems", key, partial(problem_rows, file))
        first, _, last = segment.about.partition("-")
        return ChapterPart("problems", problems=tuple(row for row in problems if first <= row.name[:1] <= last))
    return ChapterPart("listing", text=segment.text, label=LABELS.get(segment.kind, segment.about))


def _front_matter(file: str) -> str:
    return file.partition("\n---\n")[0].removeprefix("---\n") if file.startswith("---\n") else ""


def _link(chapter: Chapter) -> Link:
    return Link(chapter.title, chapter.permalink)


def _moved(problem: Problem, folder: Path, content: Path) -> Problem:
    """Return the problem as a warning, with a path relative to the content folder."""
    path = Path(os.path.relpath(folder, content)) / problem.path
    return replace(problem, path=path.as_posix(), severity=Severity.WARNING)
