"""`inv import`: always drafts, never over anything, and a second run changes only what nobody has touched."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from plugins.authoring.importing import conversion
from plugins.authoring.importing import run as running
from plugins.authoring.importing.command import FOLDER
from plugins.authoring.importing.import_log import ImportLog
from plugins.authoring.lint.command import problems_in
from plugins.base.problem import Severity
from plugins.content_model.loader import load
from plugins.content_model.placeholders import Placeholder
from plugins.content_model.story import Story
from tests.authoring.importing.exports import HOME, Post, write_export
from tests.authoring.importing.world import (
    actions,
    body,
    bring,
    entry,
    everything,
    new_content,
    notes,
    picture,
    told,
)
from tests.sites.building import AS_OF, ROOT, snapshot
from tests.sites.writing import TODAY, write

_I = "I was tired. I had lost my job. I felt alone and I knew it. I drank at home. I stopped, and I slept. "


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder to import into."""
    return new_content(tmp_path / "site" / "content")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the export is written."""
    return tmp_path / "export.xml"


def front_matter(content: Path, path: str) -> dict[str, object]:
    """Return the fields of an entry."""
    # As texts, as the site reads them: `on` and `2020-06-01` are words.
    read: dict[str, object] = yaml.load(entry(content, path).split("---\n")[1], yaml.BaseLoader)  # noqa: S506
    return read


def test_a_post_becomes_a_draft(content: Path, file: Path) -> None:
    """A post becomes an entry in a folder of its own, with its days, author, topics, summary and old addresses."""
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
        # Half past eleven by Greenwich is the next day in the summer of London.
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
    """A text whose address is taken, by an entry, an old address or any folder, gets another."""
    taken = entry(content, "people/editorial-team").replace("slug: editorial-team", "slug: a").replace(
        "editorial-team-id", "page-with-alias-id"
    ).replace("role: Writes\n", "aliases: [/articles/second]\n")  # fmt: skip
    write(content, {"pages/a/index.md": taken, "articles/first/notes.txt": "Mine."})
    before = snapshot(content)
    bring(content, write_export(file, [Post(1, slug="first"), Post(2, slug="second"), Post(3, slug="a", kind="page")]))
    after = snapshot(content)
    assert {path: data for path, data in after.items() if path in before} == before
    assert set(after) - set(before) == {
        "articles/first-2/index.md", "articles/second-2/index.md", "pages/a-2/index.md",
    }  # fmt: skip


def test_a_second_run_changes_nothing(content: Path, file: Path) -> None:
    """The same export again leaves every file as it is, down to the byte."""
    write_export(file, [Post(1, "One"), Post(2, "Two", f'See <a href="{HOME}/?p=1">one</a>.')])
    assert actions(bring(content, file)) == {"new": 2}
    before = snapshot(content.parent)
    assert actions(bring(content, file)) == {"unchanged": 2}
    after = snapshot(content.parent)
    reports = {f"{FOLDER}/report.html", f"{FOLDER}/report.json"}
    assert {path: data for path, data in after.items() if path not in reports} == {
        path: data for path, data in before.items() if path not in reports
    }


def test_what_somebody_has_touched_is_left_alone(content: Path, file: Path) -> None:
    """A changed source updates the entry that nobody touched, and leaves those that somebody changed or deleted."""
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


def test_the_mapping_is_proposed_kept_and_honoured(content: Path, file: Path) -> None:
    """The first run proposes a mapping; what somebody writes in it moves what nobody touched; new names are added."""
    posts = [
        Post(1, "One", slug="one", author="sam", categories=("Press",), tags=("Alcohol",)),
        Post(2, "Two", slug="two", author="sam", categories=("Diary",)),
    ]
    authors = {"sam": "Sam Example", "jo": "Editorial team"}
    report = bring(content, write_export(file, posts, authors=authors))
    mapping = content.parent / FOLDER / "import.yaml"
    proposed = yaml.safe_load(mapping.read_text(encoding="utf-8"))
    assert (
        proposed
        == {
            "authors": {"Sam Example": ""},
            "topics": {"Press": [], "Alcohol": ["alcohol"], "Diary": []},
            "kinds": {"Press": "news", "Diary": ""},
            "entries": None,
        }
        or proposed["entries"] == {}
    )
    assert "an author is to be chosen in import.yaml" in notes(report)
    assert front_matter(content, "articles/one")["author"] == "to-be-chosen"
    assert front_matter(content, "articles/one")["kind"] == "news"
    text = mapping.read_text(encoding="utf-8")
    text = text.replace('"Sam Example": ""', '"Sam Example": editorial-team  # she agreed').replace(
        '"Diary": ""', '"Diary": story'
    )
    mapping.write_text(text, encoding="utf-8")
    third = Post(3, "Three", slug="three", categories=("Events",))
    report = bring(content, write_export(file, [*posts, third], authors=authors))
    assert [outcome.action for outcome in report.outcomes] == ["updated", "updated", "new"]
    assert front_matter(content, "articles/one")["author"] == "editorial-team"
    assert not (content / "articles/two").exists()
    assert front_matter(content, "stories/two")["narrator_role"] == "person"
    kept = mapping.read_text(encoding="utf-8")
    assert '"Sam Example": editorial-team  # she agreed' in kept
    assert yaml.safe_load(kept)["kinds"] == {"Press": "news", "Diary": "story", "Events": "news"}
    assert actions(bring(content, file)) == {"unchanged": 3}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("authors:\n  - x\n", "`authors` needs lines"),
        ("people: {}\n", "there is no section `people`"),
        ("authors:\n  Sam: nobody\n", "there is no `nobody`; write a folder of content/people/"),
        ("topics:\n  Sam: [x]\n", "there is no `x`; write a key of register/topics.yaml"),
        ("kinds:\n  Sam: tale\n", "there is no `tale`; write one of guide, opinion, news, story, page, skip"),
        ("authors: [\n", "import.yaml:2:1: the mapping cannot be read"),
        ("- x\n", "it holds no sections"),
    ],
)
def test_a_slip_in_the_mapping_stops_before_anything_is_written(
    content: Path, file: Path, text: str, message: str
) -> None:
    """A mapping that cannot be used is told with its place and a mend; no entry is written."""
    before = snapshot(content)
    write(content.parent, {f"{FOLDER}/import.yaml": text})
    with pytest.raises(SystemExit) as stop:
        bring(content, write_export(file, [Post(1)]))
    assert message in str(stop.value)
    assert snapshot(content) == before


@pytest.mark.parametrize(
    ("post", "why"),
    [
        (Post(1, "A day", "Words.", categories=("Recovery stories",)), "the category “Recovery stories”"),
        (Post(1, "A day", _I * 3), "it is told in the first person"),
        (Post(1, "A day", "Words.", tags=("testimonial",)), "the category or tag “testimonial”"),
        (Post(1, "Sam’s recovery story", "Words."), "its title"),
        (Post(1, "A day", _I * 3, kind="page"), "it is told in the first person"),
    ],
)
def test_a_story_arrives_without_consent(content: Path, file: Path, post: Post, why: str) -> None:
    """A story is recognised and cannot be published before its narrator's consent, review and approval are there."""
    report = bring(content, write_export(file, [post]))
    (outcome,) = report.outcomes
    assert outcome.kind == "story"
    assert any(note.what.startswith("a story: it needs") and note.detail == why for note in outcome.notes)
    path = content / outcome.path
    library, problems = load(content, as_of=TODAY)
    (story,) = [one for one in library.entries if isinstance(one, Story)]
    assert (story.consent, story.approved_text, story.safeguarding, story.status) == (None, None, None, "draft")
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]
    assert "Editorial team" not in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: published"), encoding="utf-8")
    _, problems = load(content, as_of=TODAY)
    assert {"story-without-consent", "story-without-approval", "story-without-safeguarding", "placeholder-left"} <= {
        problem.name for problem in problems
    }


def test_what_readers_could_not_see_stays_out(content: Path, file: Path) -> None:
    """Drafts, private, planned and protected posts come only with --drafts; comments and rubbish never."""
    posts = [
        Post(1, "Shown", comments=2),
        *(
            Post(number, status, status=status)
            for number, status in enumerate(("draft", "private", "future", "trash"), 2)
        ),
        Post(9, "Protected", password="open-sesame"),
    ]
    report = bring(content, write_export(file, posts))
    assert actions(report) == {"new": 1, "skipped": 4}
    assert "comments were left out" in notes(report)
    report = bring(content, file, drafts=True)
    assert actions(report) == {"unchanged": 1, "new": 4}
    assert "A comment." not in everything(content)


def test_no_secret_lands_in_a_file(content: Path, file: Path) -> None:
    """Passwords, e-mail addresses of authors and of visitors, and IP addresses are in no file that is written."""
    posts = [
        Post(1, "One", "Write to jo@example.org or JO@example.org.", comments=1, password="open-sesame"),
        Post(2, "Two for jo@example.org", "Words.", excerpt="Ask jo@example.org."),
    ]
    report = bring(content, write_export(file, posts), drafts=True)
    assert actions(report) == {"new": 2}
    written = everything(content).lower()
    for secret in ("open-sesame", "jo@example.org", "visitor@example.net", "203.0.113.7"):
        assert secret not in written
    assert "the e-mail address of an author was taken out" in notes(report)


def test_links_lead_to_what_was_imported(content: Path, file: Path) -> None:
    """Links to the old site lead to the entry, in any form of its address; others are kept and listed."""
    posts = [
        Post(1, "Target", slug="target"),
        Post(2, "Hidden", slug="hidden", status="private"),
        Post(
            3, "Links", slug="links",
            body=f'<a href="{HOME}/2020/06/target/">a</a> <a href="http://www.old.example.org/2020/06/target">b</a> '
            '<a href="/2020/06/target/#part">c</a> <a href="/?p=1">d</a> <a href="/2020/06/hidden/">e</a> '
            '<a href="https://example.net/x?a=1&amp;b=2">f</a> <a href="tel:02081919191">g</a> '
            '<a href="mailto:help@example.net">h</a> Ring 020 8191 9191 or 020 7946 0000.',
        ),
    ]  # fmt: skip
    report = bring(content, write_export(file, posts))
    target = "{filename}/articles/target/index.md"
    assert body(content, "articles/links") == (
        f"[a]({target}) [b]({target}) [c]({target}) [d]({target}) [e]({HOME}/2020/06/hidden/) "
        "[f](https://example.net/x?a=1&b=2) [g](help:help-me-stop) h Ring [Help Me Stop](help:help-me-stop) or "
        "020 7946 0000."
    )
    errors = [one for one in problems_in(content, as_of=AS_OF) if one.severity is Severity.ERROR]
    assert [(one.name, "020 7946 0000" in one.message) for one in errors] == [("raw-phone-number", True)]
    assert report.outcomes[2].words["lost"] == report.outcomes[2].words["added"] == ()
    details = {(note.what, note.detail) for note in report.outcomes[2].notes}
    assert ("a link still leads to the old site", f"{HOME}/2020/06/hidden/") in details
    assert ("a number or an e-mail address is not in the help register", "020 7946 0000") in details
    assert ("a number or an e-mail address is not in the help register", "help@example.net") in details


def test_pictures_come_from_the_uploads(content: Path, file: Path, tmp_path: Path) -> None:
    """The largest version of each picture stands beside the text; a missing one is told, and found by a later run."""
    uploads = tmp_path / "wp-content" / "uploads"
    address = f"{HOME}/wp-content/uploads/2020/06"
    posts = [
        Post(1, "Pictures", slug="pictures", meta={"_thumbnail_id": "5"},
             body=f'<img src="{address}/lake-300x200.png" alt="A lake"> <img src="{address}/gate.png">'
                  f'<a href="{address}/leaflet.pdf">leaflet</a>'),
        Post(5, "Cover", kind="attachment", file=f"{address}/cover.png", meta={"_wp_attachment_image_alt": "A path"}),
    ]  # fmt: skip
    large = picture(size=(900, 600))
    write(
        uploads, {"2020/06/lake.png": large, "2020/06/lake-300x200.png": picture(), "2020/06/cover.png": picture("red")}
    )
    report = bring(content, write_export(file, posts), uploads=str(tmp_path))
    folder = content / "articles/pictures"
    assert (folder / "lake.png").read_bytes() == large
    assert front_matter(content, "articles/pictures")["image"] == {"file": "cover.png", "alt": "A path"}
    assert body(content, "articles/pictures").startswith("![A lake](lake.png)")
    assert f"<!-- A picture was here: without words ({address}/gate.png) -->" in body(content, "articles/pictures")
    assert {"a picture was not found", "a document was not found"} <= notes(report)
    write(uploads, {"2020/06/gate.png": picture("green"), "2020/06/leaflet.pdf": b"%PDF-1.7\nx"})
    assert actions(bring(content, file, uploads=str(tmp_path))) == {"updated": 1}
    text = body(content, "articles/pictures")
    assert "![What the picture shows, in a sentence, for people who do not see it.](gate.png)" in text
    assert "[leaflet](leaflet.pdf)" in text
    assert actions(bring(content, file, uploads=str(tmp_path))) == {"unchanged": 1}


def test_a_lost_picture_stops_publishing(content: Path, file: Path) -> None:
    """Where a picture is missing, words stand in its place that no published text may hold."""
    address = f"{HOME}/wp-content/uploads"
    posts = [
        Post(1, slug="within", body=f'<p>One. <img src="{address}/gate.png" alt="A gate"></p>'),
        Post(2, slug="top", body="Two.", meta={"_thumbnail_id": "5"}),
        Post(5, "Cover", kind="attachment", file=f"{address}/cover.png"),
    ]
    report = bring(content, write_export(file, posts))
    assert [outcome.words["lost"] or outcome.words["added"] for outcome in report.outcomes] == [(), ()]
    assert [one for one in problems_in(content, as_of=AS_OF) if one.severity is Severity.ERROR] == []
    for slug in ("within", "top"):
        path = content / "articles" / slug / "index.md"
        text = path.read_text(encoding="utf-8")
        assert Placeholder.LOST_PICTURE in text
        path.write_text(text.replace("status: draft", "status: published"), encoding="utf-8")
    problems = [one for one in problems_in(content, as_of=AS_OF) if one.severity is Severity.ERROR]
    assert [(one.path, one.name) for one in problems] == [
        ("articles/top/index.md", "placeholder-left"), ("articles/within/index.md", "placeholder-left"),
    ]  # fmt: skip


def test_feeds_keep_old_ids(content: Path, file: Path) -> None:
    """With --keep-guids a public post keeps its id in feeds, once; a page and a draft have none."""
    posts = [
        Post(1, slug="one"), Post(2, slug="two", kind="page"), Post(3, slug="three", status="draft"),
        Post(4, slug="four", categories=("Stories",)),
    ]  # fmt: skip
    bring(content, write_export(file, posts))
    assert "feed_id" not in entry(content, "articles/one")
    bring(content, file, keep_guids=True, drafts=True)
    assert front_matter(content, "articles/one")["feed_id"] == f"{HOME}/?p=1"
    assert front_matter(content, "stories/four")["feed_id"] == f"{HOME}/?p=4"
    assert "feed_id" not in entry(content, "pages/two") + entry(content, "articles/three")
    assert actions(bring(content, file, keep_guids=True, drafts=True)) == {"unchanged": 4}


@pytest.mark.parametrize(
    ("guid", "categories", "why"),
    [
        (f"{HOME}/jane-doe/", ("Stories",), "may tell who somebody is"),
        ("post 5 at old.example.org", (), "cannot be an id in feeds"),
        (f"{HOME}/?p=1", (), "it is that of articles/one/index.md"),
    ],
)
def test_an_id_that_cannot_be_kept_is_told(
    content: Path, file: Path, guid: str, categories: tuple[str, ...], why: str
) -> None:
    """An id that names somebody, that Atom does not allow, or that another text has, is left out and reported."""
    posts = [Post(1, slug="one"), Post(5, slug="five", guid=guid, categories=categories)]
    report = bring(content, write_export(file, posts), keep_guids=True)
    assert "feed_id" not in (content / report.outcomes[1].path).read_text(encoding="utf-8")
    assert any(why in note.detail for note in report.outcomes[1].notes if note.what.startswith("an id in feeds"))


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


def test_a_story_gets_no_telling_file_names_and_no_documents(content: Path, file: Path, tmp_path: Path) -> None:
    """The name of a file may tell who somebody is, so those of a story say nothing; and it has no documents."""
    address = f"{HOME}/wp-content/uploads"
    write(tmp_path / "uploads", {"jane-doe.png": picture(), "letter.pdf": b"%PDF-1.7\nx"})
    text = f'<img src="{address}/jane-doe.png" alt="A hand"> <a href="{address}/letter.pdf">letter</a>'
    post = Post(1, "A day", text,
                slug="a-day", categories=("Stories",))  # fmt: skip
    bring(content, write_export(file, [post]), uploads=str(tmp_path / "uploads"))
    assert sorted(path.name for path in (content / "stories/a-day").iterdir()) == ["index.md", "picture.png"]
    assert "jane-doe" not in entry(content, "stories/a-day")


def test_a_run_that_is_killed_goes_on(content: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ends in its midst, between any two writes, is finished by the next one, as if it had not been."""
    posts = [Post(number, f"Post {number}", f"Words {number}.", slug=f"p{number}") for number in range(1, 6)]
    write_export(file, posts)
    for stop_at in range(1, 11, 3):
        calls = iter(range(1, 100))
        plain = ImportLog.write

        def write_or_die(
            log: ImportLog, record: object, plain: object = plain, calls: object = calls, stop_at: int = stop_at
        ) -> None:
            if next(calls) == stop_at:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            plain(log, record)  # type: ignore[operator]

        with monkeypatch.context() as patched:
            patched.setattr(ImportLog, "write", write_or_die)
            with pytest.raises(KeyboardInterrupt):
                bring(content, file)
        log = content.parent / FOLDER / "import-log.jsonl"
        with log.open("ab") as stream:
            stream.write(b'{"key":"cut o')
        report = bring(content, file)
        assert sum(actions(report).values()) == 5
        assert set(actions(report)) <= {"new", "updated", "unchanged"}
        for number in range(1, 6):
            assert body(content, f"articles/p{number}") == f"Words {number}."
        assert len(list((content / "articles").iterdir())) == 5
        assert actions(bring(content, file)) == {"unchanged": 5}
        for folder in (content / "articles").iterdir():
            (folder / "index.md").unlink()
            folder.rmdir()
        log.unlink()


def test_one_text_that_cannot_be_converted_keeps_none_out(
    content: Path, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text that our code cannot bear is named, and the others are imported; the status is that of a failure."""
    plain = conversion.convert

    def convert(html: str, **options: object) -> object:
        if "hard" in html:
            raise TypeError
        return plain(html, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "convert", convert)
    with pytest.raises(SystemExit) as stop:
        bring(content, write_export(file, [Post(1, "One", "hard"), Post(2), Post(3, body="<div>" * 999)]))
    assert stop.value.code == 1
    told_of = capsys.readouterr().err
    assert "error: export.xml, item 1 “One”: it could not be imported, because our code cannot bear it" in told_of
    assert "because its HTML is nested more than 100 elements deep" in told_of
    assert body(content, "articles/post-2") == "Some words."


def test_what_is_done_is_not_done_again(content: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that goes on converts no text again that it has written."""
    write_export(file, [Post(1), Post(2)])
    bring(content, file)

    def fail(*_: object, **__: object) -> None:
        pytest.fail("a text was converted again")

    monkeypatch.setattr(running, "convert", fail)
    assert actions(bring(content, file)) == {"unchanged": 2}


def test_the_report_tells_everything(content: Path, file: Path) -> None:
    """The report counts texts, parts and words, and names what a person must decide first."""
    posts = [
        Post(1, "One <b>&</b> two", "<p>Some words.</p>[contact-form-7 id='1']"),
        Post(2, "Menu", kind="nav_menu_item"),
    ]
    bring(content, write_export(file, posts))
    data = told(content)
    assert data["totals"]["words"] == {"source": 2, "result": 2, "lost": 0, "added": 0}
    assert data["totals"]["actions"] == {"new": 1}
    assert data["totals"]["elements"] == {"paragraphs": 1}
    assert data["sources"][0]["left_out"] == {"nav_menu_item": 1}
    page = (content.parent / FOLDER / "report.html").read_text(encoding="utf-8")
    assert "No word was lost, and none was added." in page
    assert "[contact-form-7 id=&#39;1&#39;]" in page
    assert "One &amp; two" in page
    assert "article: nothing says otherwise" in page
    assert not re.search(r"(?:src|href)=", page)
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.doc", b"x", "open it in Word or LibreOffice and save it as .docx"),
        ("x.docx", b"x", "is not a Word document"),
        ("x.odt", b"x", "is not an OpenDocument text"),
        ("x.xml", b"<a/>", "is no WordPress export"),
        ("x.xml", b"<rss><channel><title>x</title></channel></rss>", "there is no post and no page in it"),
        ("x.bin", b"x", "cannot be read; name a .docx"),
        ("", b"", "nothing says what to import"),
    ],
)
def test_a_file_that_is_none_of_ours_is_explained(
    content: Path, tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    """What cannot be read is told with what to do, and nothing is written."""
    if name:
        (tmp_path / name).write_bytes(data)
    before = snapshot(content.parent)
    with pytest.raises(SystemExit) as stop:
        bring(content, *([tmp_path / name] if name else []))
    assert str(stop.value).startswith("error: ")
    assert message in str(stop.value)
    assert snapshot(content.parent) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"uploads": "/nowhere"}, "there is no folder /nowhere"),
        ({"old_site": "old.example.org"}, "write the whole address"),
    ],
)
def test_a_slip_in_an_option_is_explained(content: Path, file: Path, options: dict[str, str], message: str) -> None:
    """An option that cannot be used is told with what to write."""
    with pytest.raises(SystemExit, match=message):
        bring(content, write_export(file, [Post(1)]), **options)


@pytest.mark.deep
def test_a_process_that_is_killed_goes_on(content: Path, file: Path) -> None:
    """A process that is killed again and again ends with what one that nobody disturbs has."""
    posts = [Post(number, f"Post {number}", f"Words {number}.", slug=f"p{number}") for number in range(1, 61)]
    write_export(file, posts)
    code = (
        "import sys; from plugins.authoring.importing.command import import_files;"
        "import_files([sys.argv[1]], content=sys.argv[2], as_of='2026-11-23')"
    )
    for reached in (10, 25, 40):
        with subprocess.Popen([sys.executable, "-c", code, str(file), str(content)], cwd=ROOT) as process:
            while process.poll() is None and len(list(content.glob("articles/*"))) < reached:
                time.sleep(0.01)
            process.kill()
    assert sum(actions(bring(content, file)).values()) == len(posts)
    assert actions(bring(content, file)) == {"unchanged": len(posts)}
    assert {body(content, f"articles/p{number}") for number in range(1, 61)} == {f"Words {n}." for n in range(1, 61)}
    assert not list(content.rglob(".*.new"))
