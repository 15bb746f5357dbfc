"""Test the handbook of this site: every example has a result, and no release says a word of it."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.authoring.handbook.cases import ARTICLE, chapters, segments_of, whole_files
from tests.authoring.handbook.test_handbook import page
from tests.sites.building import CONTENT, ROOT, Built, run_here


def test_every_example_has_a_result(real: Built) -> None:
    """The content has whatever the examples of the handbook name."""
    for chapter in chapters():
        examples = [segment.text for segment in segments_of(chapter) if segment.kind == "example"]
        assert len(page(real, chapter).select(".handbook-example")) == len(examples), chapter.slug


def test_a_release_has_no_handbook(tmp_path: Path) -> None:
    """A release has no page of the handbook and no text of it in any file, feed or search index."""
    contacts = yaml.safe_load((CONTENT / "register" / "help.yaml").read_text(encoding="utf-8"))
    allowed = [contact["id"] for contact in contacts if contact["crisis"] and contact["id"] != "emergency"]
    done = run_here(CONTENT, tmp_path / "output", RELEASE=True, HELP_EXPIRED_ALLOWED=allowed)
    assert done.status == 0, done.stderr
    assert not (tmp_path / "output" / "handbook").exists()
    for file in (tmp_path / "output").rglob("*"):
        assert not file.is_file() or b"handbook" not in file.read_bytes().lower(), file


def test_search_and_feeds_omit_the_handbook(real: Built) -> None:
    """No search index and no feed contains the handbook, even where it is built."""
    for file in real.output.rglob("*"):
        known = {"privacy-receipt.json"}
        if file.is_file() and file.suffix in {".js", ".json", ".xml", ".txt"} and file.name not in known:
            assert b"/handbook/" not in file.read_bytes(), file


def test_the_article_of_the_handbook_is_that_of_the_readme() -> None:
    """The handbook and the README show one article with the same id, title and summary."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for line in whole_files()[ARTICLE].splitlines()[1:5]:
        assert line in readme
