"""Test the page of the import report: its order, its advice and its looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from plugins.authoring.importing.command import FOLDER
from plugins.authoring.importing.to_dos import ToDo
from tests.authoring.importing.exports import Post, write_export
from tests.authoring.importing.screenshots import report_of_sample, taken
from tests.authoring.importing.world import bring, front_matter


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a few posts, one of which is a story, and one private."""
    return report_of_sample(tmp_path_factory.mktemp("report"))


def test_the_most_urgent_comes_first_and_says_what_to_do(report: Path) -> None:
    """Stories stand before contacts, these before authors, and each has its advice."""
    page = BeautifulSoup(report.read_text("utf-8"), "html5lib")
    assert [heading.get_text() for heading in page.select("h2")] == [
        "What to do next", "Decide or mend", "Lost", "Kept in another form", "Left out on purpose",
        "Not imported, or left alone", "All texts", "The sources",
    ]  # fmt: skip
    remarks = page.select("details.decide")
    by_words = {f"1 {what[0].upper()}{what[1:]}": what for what in ToDo}
    shown = [by_words[" ".join(summary.get_text().split())] for summary in page.select("details.decide summary")]
    assert shown == [ToDo.STORY, ToDo.CONTACT, ToDo.AUTHOR, ToDo.PICTURE]
    for remark, what in zip(remarks, shown, strict=True):
        assert what.how in remark.get_text()
    (skipped,) = [details for details in page.select("details:not([class])") if "Minutes" in details.get_text()]
    assert "it was private; --drafts imports it" in skipped.get_text()


def test_what_the_report_says_of_a_story_makes_it_an_article(tmp_path: Path) -> None:
    """Its line, put below ``entries``, gives the text another kind."""
    report = report_of_sample(tmp_path)
    line = re.search(r"&#34;(wordpress [^&]*)&#34;: guide", report.read_text("utf-8"))
    assert line is not None
    mapping = report.with_name("import.yaml")
    text = mapping.read_text("utf-8")
    mapping.write_text(text.replace("entries: {}", f'entries:\n  "{line[1]}": guide'), encoding="utf-8")
    content = report.parents[1] / "content"
    bring(content, report.parents[1] / "export.xml")
    assert front_matter(content, "articles/a-new-start")["kind"] == "guide"


def test_names_without_a_match_are_listed(content: Path, tmp_path: Path) -> None:
    """The report names authors and topics that the mapping leaves open, also of a text that names no author."""
    (tmp_path / "letter.md").write_text("# A letter\n\nSome words.\n", encoding="utf-8")
    export = write_export(tmp_path / "export.xml", [Post(1, author="sam", tags=("Gardens", "alcohol"))], authors={})
    bring(content, tmp_path / "letter.md", export)
    mapping = content.parent / FOLDER / "import.yaml"
    page = BeautifulSoup((content.parent / FOLDER / "report.html").read_text("utf-8"), "html5lib")
    assert [names.get_text().split(": ")[1] for names in page.select(".names")] == ["none named, sam.", "Gardens."]
    text = mapping.read_text("utf-8").replace('"none named": ""', '"none named": editorial-team')
    mapping.write_text(text, encoding="utf-8")
    bring(content, tmp_path / "letter.md", export)
    assert front_matter(content, "articles/a-letter")["author"] == "editorial-team"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_fits_a_phone(scheme: str, report: Path, browser: Browser) -> None:
    """It is no wider than a phone, and its words stand out from the page in light and dark."""
    page = browser.new_page(viewport={"width": 360, "height": 700}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    ink, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert abs(sum(map(int, re.findall(r"\d+", ink))) - sum(map(int, re.findall(r"\d+", paper)))) > 450
    page.close()


def test_the_screenshots_of_the_handbook_can_be_taken(report: Path, browser: Browser) -> None:
    """The tool finds the parts of the report that it shows."""
    page = browser.new_page()
    assert dict(taken(page, report)).keys() == {"report", "decide"}
    page.close()
