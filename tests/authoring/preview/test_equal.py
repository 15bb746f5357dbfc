"""Test that the preview's final files equal a clean build, whatever the edits."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plugins.engine.cache.memory import MemoryCache
from tests.authoring.preview.editing import EDITS, Edit, Scribe
from tests.authoring.preview.preview_client import PreviewClient, clean_build, site
from tests.examples import examples


# Shrinking a sequence of edits takes too long.
@settings(max_examples=examples(3), phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    edits=st.lists(st.tuples(st.sampled_from(EDITS), st.sampled_from([0, 5, 10_000])), min_size=5, max_size=9),
    seed=st.integers(0, 10_000),
)
def test_edits_give_the_files_of_a_clean_build(edits: list[tuple[Edit, int]], seed: int) -> None:
    """After each edit the files equal a clean build, or the last valid ones where that fails."""
    with tempfile.TemporaryDirectory() as folder:
        scribe = Scribe(Path(folder), seed)
        client = PreviewClient(scribe)
        client.save("index.html")
        good = client.shown()
        assert good == clean_build(scribe)
        for edit, patience in edits:
            edit(scribe)
            client.save("index.html", "articles/plain/index.html", patience=patience)
            expected = clean_build(scribe)
            assert bool(client.problems) == (expected is None), edit.__name__
            if expected is None:
                continue
            shown = client.shown()
            assert sorted(shown) == sorted(expected)
            wrong = [path for path in expected if shown[path] != expected[path]]
            assert not wrong, f"{edit.__name__}: {wrong}"


def test_a_mistake_keeps_the_last_files(tmp_path: Path) -> None:
    """A mistake leaves every file unchanged, and its correction shows at once."""
    scribe = Scribe(tmp_path, 1)
    client = PreviewClient(scribe)
    client.save()
    before = client.shown()
    for breaking in (Scribe.break_entry, Scribe.break_template):
        breaking(scribe)
        client.save("articles/plain/index.html")
        assert client.problems
        assert client.shown() == before
        scribe.correct_all()
        client.save("articles/plain/index.html")
        assert client.problems == ()
        assert client.shown() == before


def test_an_unchanged_save_renders_nothing(tmp_path: Path) -> None:
    """A second build of the same files takes every step from the cache."""
    scribe = Scribe(tmp_path, 1)
    lasting = site(scribe)
    lasting.cache = MemoryCache()
    for _ in range(2):
        before = lasting.cache.made
        build = lasting.plan()
        build.complete()
        for output in build.outputs:
            output.make()
        lasting.cache.forget()
    assert lasting.cache.made == before
