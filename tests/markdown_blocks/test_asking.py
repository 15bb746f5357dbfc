"""What a body asked about the rest of the site decides whether what was made of it still holds."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from plugins.content_model.addresses import Gone
from plugins.content_model.views import Picture
from plugins.markdown_blocks.asking import Answers, World
from plugins.markdown_blocks.context import Target
from plugins.proofing.plugin import problems_in
from tests.proofing.world import content, page
from tests.sites.writing import write

HERE = World({"a": Target("/a/", live=True, title="A")}, frozenset({"/a/"}), {}, {"a.jpg": Picture("/a.jpg", 1, 1, "")})
OTHERS = {
    "entries": World({**HERE.entries, "b": Target("/b/", live=True, title="B")}, HERE.permalinks, {}, HERE.pictures),
    "permalinks": World(HERE.entries, frozenset({"/a/", "/b/"}), {}, HERE.pictures),
    "gone": World(HERE.entries, HERE.permalinks, {"b": Gone("story", ("B",))}, HERE.pictures),
    "pictures": World(HERE.entries, HERE.permalinks, {}, {}),
}


def ask(about: str, key: str) -> Answers:
    """What a body that asks for ``key`` is told."""
    answers: Answers = {}
    known = getattr(HERE.asked(answers), about)
    _ = list(known) if key == "*" else key in known if about == "permalinks" else known.get(key)
    return answers


@pytest.mark.parametrize(
    ("about", "key", "changed"),
    [
        ("entries", "a", set()),
        ("entries", "b", {"entries"}),
        ("entries", "*", {"entries"}),
        ("permalinks", "/a/", set()),
        ("permalinks", "/b/", {"permalinks"}),
        ("permalinks", "*", {"permalinks"}),
        ("gone", "b", {"gone"}),
        ("gone", "c", set()),
        ("pictures", "a.jpg", {"pictures"}),
    ],
)
def test_only_what_was_asked_counts(about: str, key: str, changed: set[str]) -> None:
    """Another answer to a question undoes what was made; a change that nobody asked about does not."""
    answers = ask(about, key)
    assert answers
    assert HERE.says_the_same(answers)
    assert {name for name, world in OTHERS.items() if not world.says_the_same(answers)} == changed


def test_a_second_check_sees_what_changed_elsewhere(tmp_path: Path) -> None:
    """A link is told when the entry that it leads to goes, although its own file is as before."""
    other = page("Text.\n").replace("slug: a", "slug: b").replace("entry-id-a", "entry-id-b")
    folder = content(tmp_path, page("[There]({filename}/pages/b/index.md)\n"))
    write(folder, {"pages/b/index.md": other})
    today = str(dt.date(2026, 11, 23))
    assert "missing-entry" not in {problem.name for problem in problems_in(folder, as_of=today)}
    shutil.rmtree(folder / "pages/b")
    assert "missing-entry" in {problem.name for problem in problems_in(folder, as_of=today)}
