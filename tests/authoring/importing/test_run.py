"""Test ``inv import``: entries are drafts, and a second run leaves changed files alone."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from plugins.authoring.check.command import problems_in
from plugins.authoring.importing.command import FOLDER
from plugins.base.problem import Severity
from tests.authoring.importing.exports import HOME, Post, write_export
from tests.authoring.importing.world import (
    actions,
    body,
    bring,
    entry,
    front_matter,
    notes,
    report_data,
)
from tests.sites.building import AS_OF, snapshot
from tests.sites.writing import write


def test_a_post_becomes_a_draft(content: Path, file: Path) -> None:
    """A post becomes an entry in its own folder, with its dates, author, topics, summary and old addresses."""
    post = Post(
        7, "Tea & <em>talk</em>", "A cup of tea.", slug="tea-and-talk", day="2020-06-30 23:30:00",
        modified="2021-02-03 10:00:00", excerpt="Why tea helps.", categories=("Alcohol",), tags=("Family",),
        meta={"_wp_old_slug": "tea"},
    )  # fmt: skip
    bring(content, write_export(file, [post]))
    fields = front_matter(content, "articles/tea-and-talk")
    assert re.fullmatch(r"[a-z0-9]{12}", str(fields.pop("id")))
    assert {name: str(value) for name, value in fields.items()} == {
        "title": "Tea & talk",
        "slug": "tea-and-talk",
        "summary": "Why tea helps.",
        "status": "draft",
        # 23:30 UTC is the next day in London in summer.
        "published": "2020-07-01",
        "updated": "[{'on': '2021-02-03', 'what': 'Revised on our former site.'}]",
        "topics": "['alcohol']",
        "author": "editorial-team",
        "aliases": "['/2020/06/tea-and-talk/', '/2020/06/tea/', '/?p=7']",
        "kind": "guide",
        "medical": "false",
    }
    assert body(content, "articles/tea-and-talk") == "A cup of tea."
    errors = [one for one in problems_in(content, as_of=AS_OF) if one.severity is Severity.ERROR]
    assert errors == []


def test_nothing_is_written_over(content: Path, file: Path) -> None:
    """A text whose address belongs to an entry, an alias or a folder gets another one, and the report says so."""
    taken = entry(content, "people/editorial-team").replace("slug: editorial-team", "slug: a").replace(
        "editorial-team-id", "page-with-alias-id"
    ).replace("role: Writes\n", "aliases: [/articles/second]\n")  # fmt: skip
    write(content, {"pages/a/index.md": taken, "articles/first/notes.txt": "Mine."})
    before = snapshot(content)
    posts = [Post(1, slug="first"), Post(2, slug="second"), Post(3, slug="a", kind="page"), Post(4, slug="b-2")]
    report = bring(content, write_export(file, posts))
    told = "a text has another address, because another text has its own"
    details = [[note.detail for note in one.notes if note.what == told] for one in report.outcomes]
    assert details == [["first: first-2"], ["second: second-2"], ["a: a-2"], []]
    after = snapshot(content)
    assert {path: data for path, data in after.items() if path in before} == before
    assert set(after) - set(before) == {
        "articles/first-2/index.md", "articles/second-2/index.md", "pages/a-2/index.md", "articles/b-2/index.md",
    }  # fmt: skip


def test_a_second_run_changes_nothing(content: Path, file: Path) -> None:
    """A second import of the same export changes no byte of any file."""
    write_export(file, [Post(1, "One"), Post(2, "Two", f'See <a href="{HOME}/?p=1">one</a>.')])
    assert actions(bring(content, file)) == {"new": 2}
    before = snapshot(content.parent)
    assert actions(bring(content, file)) == {"unchanged": 2}
    after = snapshot(content.parent)
    reports = {f"{FOLDER}/report.html", f"{FOLDER}/report.json"}
    assert {path: data for path, data in after.items() if path not in reports} == {
        path: data for path, data in before.items() if path not in reports
    }


def test_modified_entries_are_left_alone(content: Path, file: Path) -> None:
    """A changed source updates unmodified entries, and leaves modified and deleted ones alone."""
    posts = [Post(number, f"Post {number}", "Old words.", slug=f"p{number}") for number in (1, 2, 3)]
    bring(content, write_export(file, posts))
    mine = content / "articles/p1/index.md"
    mine.write_text(mine.read_text(encoding="utf-8") + "\nMy own words.\n", encoding="utf-8")
    (content / "articles/p3/index.md").unlink()
    identifier = front_matter(content, "articles/p2")["id"]
    before = mine.read_bytes()
    report = bring(
        content, write_export(file, [Post(post.number, post.title, "New words.", slug=post.name) for post in posts])
    )
    assert [outcome.action for outcome in report.outcomes] == ["touched", "updated", "deleted"]
    assert mine.read_bytes() == before
    assert body(content, "articles/p2") == "New words."
    assert front_matter(content, "articles/p2")["id"] == identifier
    assert not (content / "articles/p3/index.md").exists()


def test_the_report(content: Path, file: Path) -> None:
    """The report counts texts, parts and words, and lists notes by urgency."""
    posts = [
        Post(1, "One <b>&</b> two", "<p>Some words.</p>[contact-form-7 id='1']"),
        Post(2, "Menu", kind="nav_menu_item"),
    ]
    bring(content, write_export(file, posts))
    data = report_data(content)
    assert data["totals"]["words"] == {"source": 2, "result": 2, "lost": 0, "added": 0}
    assert data["totals"]["actions"] == {"new": 1}
    assert data["totals"]["elements"] == {"paragraphs": 1}
    assert data["sources"][0]["left_out"] == {"nav_menu_item": 1}
    page = (content.parent / FOLDER / "report.html").read_text(encoding="utf-8")
    assert "words lost, of 2" in page
    assert "[contact-form-7 id=&#39;1&#39;]" in page
    assert "One &amp; two" in page
    assert "of the kind article: nothing says otherwise" in page
    assert not re.search(r"(?:src|href)=", page)
    assert json.loads(json.dumps(data)) == data


def test_no_commit_holds_the_report(content: Path, file: Path) -> None:
    """Git sees nothing of what an import writes beside the content, which holds words of texts that are not public."""
    subprocess.run(["git", "init", "-q", str(content.parent)], check=True)
    bring(content, write_export(file, [Post(1)]))
    listed = subprocess.run(
        ["git", "-C", str(content.parent), "status", "--porcelain", "--untracked-files=all"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "content/articles/post-1/index.md" in listed
    assert FOLDER not in {line[3:].split("/")[0] for line in listed.splitlines()}


def test_a_withdrawn_address_is_not_given_again(content: Path, file: Path) -> None:
    """An old address of something withdrawn does not become one of an imported text."""
    stone = (
        "- id: gone1234\n  kind: article\n  address: /articles/gone/\n  aliases: [/2020/06/one/]\n"
        "  published: 2026-01-01\n  withdrawn_on: 2026-02-01\n"
    )
    write(content, {"register/withdrawn.yaml": stone})
    report = bring(content, write_export(file, [Post(1, slug="one")]))
    assert "/2020/06/one/" not in entry(content, "articles/one")
    assert "an old address cannot be kept" in notes(report)
