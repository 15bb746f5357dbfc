"""Test the mapping file ``import.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from plugins.authoring.importing.command import FOLDER
from tests.authoring.importing.exports import Post, write_export
from tests.authoring.importing.world import (
    actions,
    bring,
    front_matter,
    notes,
)
from tests.sites.building import snapshot
from tests.sites.writing import write


def test_the_mapping_is_proposed_and_followed(content: Path, file: Path) -> None:
    """The first run proposes a mapping. Edits of it move unmodified entries, and later runs add new names."""
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
def test_an_invalid_mapping_writes_nothing(content: Path, file: Path, text: str, message: str) -> None:
    """An invalid mapping is an error with its place and a hint. No entry is written."""
    before = snapshot(content)
    write(content.parent, {f"{FOLDER}/import.yaml": text})
    with pytest.raises(SystemExit) as stop:
        bring(content, write_export(file, [Post(1)]))
    assert message in str(stop.value)
    assert snapshot(content) == before
