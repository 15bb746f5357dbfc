"""Test the requests of the editor's pages: begin, autosave, check and save entries, with conflicts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.authoring.editor.entries.autosave import FOLDER
from plugins.base.files import is_ignored, is_markdown
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.loader import KINDS
from plugins.content_model.placeholders import Placeholder
from tests.authoring.editor.browser import ARTICLE, TEXT, Browser, Found, files
from tests.sites.building import CONTENT, SITES


def test_every_entry_stands_on_the_start_page(page: Browser, article: Path) -> None:
    """Each entry is listed with its state, including unreadable ones and unsaved versions."""
    broken = page.content / "articles" / "torn" / "index.md"
    broken.parent.mkdir()
    broken.write_text("---\ntitle: [\n---\n\nText.\n")
    page.post(f"/write/do/autosave/{ARTICLE}", {**page.opened(ARTICLE), "body": "Begun."})
    text = page.get("/write/").text
    for path in files(page.content):
        if path.endswith(".md") and not path.startswith("register/"):
            assert f"/write/edit/{path}" in text, path
    assert text.index("To be mended") < text.index("Drafts") < text.index("Published")
    assert "Only people who work on the site".lower() in text.lower()
    assert text.count("holds changes that are not saved") == 1


def test_without_a_given_day_the_clock_is_asked(tmp_path: Path) -> None:
    """Without ``as_of``, the day is that of the clock."""
    page = Browser(tmp_path, as_of="")
    assert page.get("/write/").status == 200


def test_every_entry_opens_and_saves_unchanged(page: Browser) -> None:
    """Each entry of the site is unchanged by the values that its page sends."""
    before = files(page.content)
    number = 0
    for path in before:
        if path.endswith(".md"):
            assert page.post(f"/write/do/save/{path}", page.opened(path)).status == 200, path
            number += 1
    assert files(page.content) == before
    assert number > 10


def _sites() -> list[Path]:
    """Return every content folder of the repository that holds entries: the site, and those of the tests."""
    found = {CONTENT}
    for kind in KINDS:
        found |= {folder.parent for folder in SITES.rglob(kind) if folder.is_dir() and "output" not in folder.parts}
    return sorted(found)


@pytest.mark.deep
def test_every_entry_of_the_repository_opens_and_saves_unchanged(tmp_path: Path) -> None:
    """Those with mistakes, too; a file that is not UTF-8 is refused in words."""
    opened = refused = 0
    for number, site in enumerate(_sites()):
        page = Browser(tmp_path / str(number), site)
        before = files(page.content)
        for path in before:
            kind = KINDS.get(path.partition("/")[0])
            if kind is None or not is_markdown(path) or is_ignored(path):
                continue
            shown = page.get(f"/write/edit/{quote(path)}")
            if shown.status == 200:
                answer = page.post(f"/write/do/save/{quote(path)}", page.opened(path))
                assert answer.status == 200, (site, path, answer.text)
                opened += 1
            else:
                assert shown.status in {404, 409}, (site, path, shown.text)
                refused += 1
        assert files(page.content) == before, site
    assert opened > 300
    assert refused < opened / 20


def test_an_entry_begins_with_a_title(page: Browser) -> None:
    """A new entry gets an id and a slug, and its form is shown. An unusable title is an error."""
    people = [path for path in files(page.content) if path.startswith("people/")]
    author = people[0].split("/")[-2]
    answer = page.post("/write/do/new/article", {"title": "Café & walks", "author": author, "topics": ""})
    assert answer.data["go"] == "/write/edit/articles/cafe-and-walks/index.md"
    assert page.get(answer.data["go"]).status == 200
    assert 'title: "Café & walks"' in (page.content / "articles/cafe-and-walks/index.md").read_text()
    again = page.post("/write/do/new/article", {"title": "Café & walks", "author": author})
    assert again.status == 422
    assert "address" in again.data["error"]
    assert page.post("/write/do/new/poem", {"title": "A"}).status == 422


def test_what_is_kept_lies_outside_the_content(page: Browser, article: Path) -> None:
    """Autosaved versions survive a restart, are private, and are deleted on saving and discarding."""
    state = page.opened(ARTICLE)
    before = files(page.content)
    assert page.post(f"/write/do/autosave/{ARTICLE}", {**state, "body": "New words."}).status == 200
    assert files(page.content) == before
    (kept,) = (page.cache / FOLDER).rglob("*.json")
    assert kept.stat().st_mode & 0o077 == 0
    assert page.preview.shown[-1][ARTICLE] == TEXT.replace("The first part.\n\nThe second part.", "New words.").encode()
    page.access = page.started()
    again = page.opened(ARTICLE)
    assert again["body"] == "New words."
    assert again["base"] == state["base"]
    assert page.post(f"/write/do/save/{ARTICLE}", again).status == 200
    assert article.read_text() == TEXT.replace("The first part.\n\nThe second part.", "New words.")
    assert not list((page.cache / FOLDER).rglob("*.json"))
    page.post(f"/write/do/autosave/{ARTICLE}", {**page.opened(ARTICLE), "body": "Other words."})
    page.post(f"/write/do/discard/{ARTICLE}", {})
    assert page.opened(ARTICLE)["body"] == "New words."


def test_a_changed_field_changes_its_line_alone(page: Browser, article: Path) -> None:
    """Comments, quotation marks and order are kept. A new field is inserted in the order of the model."""
    values = {
        "title": 'Gone “quiet”: "again"',
        "summary": "In short.",
        "topics": ["wellbeing", "work"],
        "id": "other-id-0001",
    }
    page.post(f"/write/do/save/{ARTICLE}", {**page.opened(ARTICLE), "values": values})
    assert article.read_text() == TEXT.replace('"Gone quiet"', '"Gone “quiet”: \\"again\\""').replace(
        "slug: gone-quiet\n", 'slug: gone-quiet\nsummary: "In short."\n'
    ).replace("[wellbeing]", "[wellbeing, work]")


def test_somebody_elses_change_is_shown_and_not_overwritten(page: Browser, article: Path) -> None:
    """A change by somebody else is replaced only after the author has seen it, unless there is a third version."""
    state = {**page.opened(ARTICLE), "body": "Mine."}
    theirs = TEXT.replace("The first part.", "Theirs.")
    article.write_text(theirs)
    answer = page.post(f"/write/do/save/{ARTICLE}", state)
    assert answer.status == 409
    assert ["changed", "Theirs.", "Mine."] in answer.data["rows"]
    assert article.read_text() == theirs
    article.write_text(theirs + "\nMore.\n")
    over = {**state, "seen": answer.data["seen"]}
    second = page.post(f"/write/do/save/{ARTICLE}", over)
    assert second.status == 409
    assert article.read_text() == theirs + "\nMore.\n"
    assert page.post(f"/write/do/save/{ARTICLE}", {**state, "seen": second.data["seen"]}).status == 200
    assert "Mine." in article.read_text()
    assert "Theirs." not in article.read_text()


def test_an_unsaved_version_is_told_that_the_file_changed(page: Browser, article: Path) -> None:
    """The page says so if somebody else saved after the autosave."""
    page.post(f"/write/do/autosave/{ARTICLE}", {**page.opened(ARTICLE), "body": "Mine."})
    article.write_text(TEXT.replace("first", "other"))
    assert page.post(f"/write/do/presence/{ARTICLE}", {"base": page.opened(ARTICLE)["base"]}).data["isBehind"] is True
    assert page.post(f"/write/do/save/{ARTICLE}", page.opened(ARTICLE)).status == 409


def test_problems_stand_at_their_field_or_word(page: Browser, article: Path) -> None:
    """Each problem has its field in the form, or its line in the text, and no line of the file."""
    told = Severity.WARNING
    page.preview.found = Found(
        (
            Problem(ARTICLE, Position(3, 8), "long", "it is long", "cut it"),
            Problem(ARTICLE, Position(10, 10), "topic", "no such topic", "choose another"),
            Problem(ARTICLE, Position(13, 5), "slip", "a slip", "mend it", told),
            Problem(ARTICLE, Position(1, 1), "lacks", "it lacks a field", "add it"),
            Problem(
                ARTICLE, Position(1, 1), "missing-field", "the field `summary` is missing", "add a line  summary: ..."
            ),
        ),
        {ARTICLE: TEXT.replace("The first part", "The 1st part")},
    )
    answer = page.post(f"/write/do/autosave/{ARTICLE}", page.opened(ARTICLE))
    places = [(one["name"], one["way"], one["line"], one["column"], one["word"]) for one in answer.data["problems"]]
    assert places == [
        ("long", ["title"], 0, 0, ""),
        ("topic", ["topics", 0], 0, 0, ""),
        ("slip", [], 1, 5, "first"),
        ("lacks", [], 0, 0, ""),
        ("missing-field", ["summary"], 0, 0, ""),
    ]
    assert answer.data["problems"][-1]["message"] == "this cannot stay empty"
    assert [one["fixes"] for one in answer.data["problems"]] == [False, False, True, False, False]


def test_what_would_stop_a_publication_is_told_of_a_draft(page: Browser, article: Path) -> None:
    """A draft has the errors that it would have if it were published, at their places."""
    draft = TEXT.replace("The first part.", Placeholder.INTRODUCTION)
    article.write_text(draft)
    (told,) = page.post(f"/write/do/autosave/{ARTICLE}", page.opened(ARTICLE)).data["problems"]
    assert (told["name"], told["severity"], told["line"]) == ("placeholder-left", "error", 1)
    assert article.read_text() == draft


def test_a_draft_whose_status_cannot_be_changed_is_checked(page: Browser, article: Path) -> None:
    """Front matter on one line, which the form leaves as it is, stops no check."""
    article.write_text("---\n{id: gone-quiet-0001, title: A, slug: gone-quiet, status: draft}\n---\n\nText.\n")
    answer = page.post(f"/write/do/autosave/{ARTICLE}", page.opened(ARTICLE))
    assert (answer.status, answer.data["problems"]) == (200, [])


def test_a_hint_with_one_replacement_offers_it(page: Browser, article: Path) -> None:
    """A problem has a replacement only if its hint offers exactly one."""
    hints = ("write “1st”; if the word is right, add it", "write “1st”", "write “1st” or “one”", "mend “it”")
    page.preview.found = Found(
        tuple(Problem(ARTICLE, Position(13, 5), f"{n}", "a slip", h) for n, h in enumerate(hints))
    )
    answer = page.post(f"/write/do/autosave/{ARTICLE}", page.opened(ARTICLE))
    assert [one["replacement"] for one in answer.data["problems"]] == ["1st", "1st", "", ""]


def test_a_mend_changes_its_own_line_alone(page: Browser, article: Path) -> None:
    """One fix or all fixes are applied to the unsaved version. Nothing is saved."""
    mended = TEXT.replace("first", "1st").replace("second", "2nd")
    page.preview.found = Found((), {ARTICLE: mended})
    state = page.opened(ARTICLE)
    one = page.post(f"/write/do/fix/{ARTICLE}", {**state, "line": 3})
    assert one.data["body"] == "The first part.\n\nThe 2nd part."
    everything = page.post(f"/write/do/fix/{ARTICLE}", {**state, "line": 0})
    assert everything.data["body"] == "The 1st part.\n\nThe 2nd part."
    assert article.read_text() == TEXT


def test_a_text_whose_first_lines_are_torn_can_be_mended_whole(page: Browser, article: Path) -> None:
    """Without readable front matter there is no form, only the whole text."""
    article.write_text(TEXT.replace('"Gone quiet"', '"Gone quiet'))
    state = page.opened(ARTICLE)
    assert "source" in state
    page.post(f"/write/do/save/{ARTICLE}", {**state, "source": TEXT})
    assert article.read_text() == TEXT
    assert "values" in page.opened(ARTICLE)


def test_the_old_address_of_a_published_entry_leads_to_the_new_one(page: Browser, article: Path) -> None:
    """The old address becomes an alias, but not that of a draft."""
    page.post(f"/write/do/save/{ARTICLE}", {**page.opened(ARTICLE), "values": {"slug": "still-quiet"}})
    assert "aliases" not in article.read_text()
    article.write_text(TEXT.replace("status: draft", "status: published"))
    page.post(f"/write/do/save/{ARTICLE}", {**page.opened(ARTICLE), "values": {"slug": "still-quiet"}})
    assert "aliases:\n  - /articles/gone-quiet\n" in article.read_text().replace('"', "")


def test_the_reading_age_is_told_as_one_writes(page: Browser, article: Path) -> None:
    """By the measure of the checks, without headings and quotations; a short text has none."""
    easy = "## Institutional considerations\n\n" + "The cat sat on the mat. It was warm. We like it. " * 5
    hard = easy + "\n\n" + "Institutional considerations necessitate complicated administrative documentation. " * 9

    def told(body: str) -> str:
        answer = page.post(f"/write/do/autosave/{ARTICLE}", {**page.opened(ARTICLE), "body": body})
        return str(answer.data["ease"])

    assert told("The cat sat on the mat.") == ""
    assert told(easy) == "reads like: age 6"
    assert re.fullmatch(r"reads like: age [12]\d \(we write for 11\)", told(hard))
    assert told(easy + "\n\n/// quote | Somebody\n" + hard.partition("\n\nInst")[2] + "\n///") == "reads like: age 6"


def test_a_request_that_no_page_sends_is_refused(page: Browser, article: Path) -> None:
    """Malformed JSON changes nothing, and causes no traceback."""
    before = files(page.content)
    state = page.opened(ARTICLE)
    odd = [
        [],
        "x",
        1,
        {"values": []},
        {**state, "body": 1},
        {**state, "values": {"title": 3}},
        {**state, "source": []},
        {},
    ]
    for sent in odd:
        for action in ("autosave", "save", "fix", "publish"):
            assert page.post(f"/write/do/{action}/{ARTICLE}", sent).status in {400, 422}, sent
    half = json.loads('"\\ud800"')
    assert page.post(f"/write/do/autosave/{ARTICLE}", {**state, "body": f"a{half}b"}).status == 200
    assert files(page.content) == before
