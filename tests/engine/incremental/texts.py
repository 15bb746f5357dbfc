"""Edits of the texts and the front matter of entries."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

from tests.engine.incremental.editing import (
    FREE,
    TEXTS,
    Edit,
    Project,
    add,
    back,
    day,
    field_of,
    lapse,
    release,
    touch,
)
from tests.sites.building import AS_OF


def body(project: Project, rng: Random) -> None:
    """Add to a text."""
    file = rng.choice(project.files(*TEXTS))
    project.append(file, f"\nMore words, {project.fresh()}, and [help](help:emergency).\n")


def headings(project: Project, rng: Random) -> None:
    """Add headings to an article, so that it gets a table of contents."""
    project.append(project.free(rng), "".join(f"\n## Part {project.fresh()}\n\nText.\n" for _ in range(4)))


def unnoticed(project: Project, rng: Random) -> None:
    """Change a text without changing its length or modification time."""
    file = project.free(rng)
    before = file.stat()
    project.replace(file, r"counts \d{4}", f"counts {2000 + project.fresh()}")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def same_bytes(project: Project, rng: Random) -> None:
    """Write a file again with the same bytes."""
    file = rng.choice(project.files(*TEXTS))
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data)


def title(project: Project, rng: Random) -> None:
    """Change a title."""
    file = rng.choice(project.files("articles/*/index.md", "stories/sample/index.md", "pages/*/index.md"))
    project.replace(file, r"^title: .*$", f"title: Another title {project.fresh()}")


def newest_title(project: Project, rng: Random) -> None:
    """Change the title of the newest article, which most pages show."""
    shown = [file for file in project.files("articles/*/index.md") if _is_shown(file, project.setup.day)]
    newest = max(shown, key=lambda file: field_of(file, "published"))
    project.replace(newest, r"^title: .*$", f"title: The newest {project.fresh()}")


def date(project: Project, rng: Random) -> None:
    """Change the day of publication. It may be in the future."""
    file = project.free(rng)
    project.isolate(file)
    expires = field_of(file, "expires") or "2026-12-31"
    days = ("2025-03-01", "2026-10-01", "2026-11-22", AS_OF, "2026-12-01")
    published = rng.choice([day for day in days if day < expires])
    project.replace(file, r"^published: .*$", f"published: {published}")


def expiry(project: Project, rng: Random) -> None:
    """Let an article expire, in the future or today."""
    file = project.free(rng)
    project.isolate(file)
    day = rng.choice([day for day in ("2026-11-23", "2026-12-02") if day > field_of(file, "published")])
    project.replace(file, r"^(expires: .*\n)?kind: ", f"expires: {day}\nkind: ")


def topics(project: Project, rng: Random) -> None:
    """Change the topics of an article."""
    new = rng.choice(("[families]", "[sleep]", "[alcohol]", "[sleep, families]", "[]"))
    project.replace(project.free(rng), r"^topics: .*$", f"topics: {new}")


def author(project: Project, rng: Random) -> None:
    """Change the author of an article."""
    file = rng.choice(project.files(FREE, "articles/plain/index.md"))
    project.replace(file, r"^author: .*$", f"author: {'guest' if field_of(file, 'author') == 'editor' else 'editor'}")


def summary(project: Project, rng: Random) -> None:
    """Change a summary."""
    file = rng.choice(project.files(FREE, "stories/sample/index.md", "pages/about/index.md"))
    project.replace(file, r"^summary: .*$", f"summary: Another summary {project.fresh()}.")


def remove(project: Project, rng: Random) -> None:
    """Remove an article and the links to it."""
    file = project.free(rng)
    project.isolate(file)
    shutil.rmtree(file.parent)


def move(project: Project, rng: Random) -> None:
    """Rename the folder of an article. Its address stays."""
    file = project.free(rng)
    file.parent.rename(file.parent.parent / f"free-moved-{project.fresh()}")


def address(project: Project, rng: Random) -> None:
    """Change the address of an article. The old one may become an alias."""
    file = project.free(rng)
    project.isolate(file)
    old = field_of(file, "slug")
    project.replace(file, r"^slug: .*$", f"slug: free-again-{project.fresh()}")
    if rng.random() < 0.5 and not field_of(file, "aliases"):
        project.add_line(file, f"aliases: [/articles/{old}/]")


def status(project: Project, rng: Random) -> None:
    """Change an article to a draft, or publish it."""
    file = project.free(rng)
    project.isolate(file)
    is_draft = field_of(file, "status") == "draft"
    project.replace(file, r"^status: .*$", f"status: {'published' if is_draft else 'draft'}")


def alias(project: Project, rng: Random) -> None:
    """Add or remove an old address."""
    file = project.free(rng)
    if field_of(file, "aliases"):
        project.replace(file, r"^aliases: .*\n", "")
    else:
        project.add_line(file, f"aliases: [/blog/free-{project.fresh()}]")


def link(project: Project, rng: Random) -> None:
    """Add a link to an article that is never removed."""
    target = rng.choice(("plain", "everything"))
    file = rng.choice(project.files(FREE, "articles/plain/index.md", "pages/about/index.md"))
    project.append(file, f"\nSee [this]({rng.choice((f'/articles/{target}/', f'/articles/{target}/#a-part'))}).\n"
                  if target == "plain" else "\nSee [all](/articles/everything/).\n")  # fmt: skip


def link_to_free(project: Project, rng: Random) -> None:
    """Add a link to an article that a later edit may remove."""
    ready = [file for file in project.files(FREE) if _is_always_shown(file)]
    for file in ready and [rng.choice(ready)]:
        other = rng.choice(project.files(FREE, "articles/everything/index.md", "pages/about/index.md"))
        project.append(other, f"\nSee [another](/articles/{field_of(file, 'slug')}/).\n")


def link_out(project: Project, rng: Random) -> None:
    """Link an article to another site, which the privacy receipt counts."""
    project.append(project.free(rng), f"\nSee [another site](https://other.example/{project.fresh()}).\n")


def unlink(project: Project, rng: Random) -> None:
    """Remove the links to an article."""
    project.isolate(project.free(rng))


def _is_shown(file: Path, day: str) -> bool:
    is_current = field_of(file, "published") <= day < (field_of(file, "expires") or "9999")
    return field_of(file, "status") == "published" and is_current


def _is_always_shown(file: Path) -> bool:
    is_early = field_of(file, "published") < "2026-11-01"
    return field_of(file, "status") == "published" and is_early and not field_of(file, "expires")


TEXT_EDITS: tuple[Edit, ...] = (
    add, address, alias, author, back, body, date, day, expiry, headings, lapse, link, link_out, link_to_free, move,
    newest_title, release, remove, same_bytes, status, summary, title, topics, touch, unlink, unnoticed,
)  # fmt: skip
