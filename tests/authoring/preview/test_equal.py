"""What the preview ends with equals a build from nothing, whatever was done on the way."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plugins.authoring.preview.memory_cache import MemoryCache
from plugins.engine.build import RenderedFiles, files_rendered
from tests.authoring.preview.editing import EDITS, Edit, Scribe
from tests.authoring.preview.preview_client import PreviewClient, site
from tests.examples import examples


def from_nothing(scribe: Scribe) -> dict[str, bytes] | None:
    """Return the files of a build that remembers nothing, or None where something is wrong."""
    try:
        build = site(scribe).plan()
        build.complete()
        if build.problems.errors:
            return None
        files = {output.path: output.make() for output in build.outputs if not output.late}
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        files_rendered.send(RenderedFiles(build, files, digests, late=False))
        return files | {output.path: output.make() for output in build.outputs if output.late}
    except Exception:  # noqa: BLE001 - a torn template raises what it likes
        return None


# A row takes too long to shrink.
@settings(max_examples=examples(3), phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    edits=st.lists(st.tuples(st.sampled_from(EDITS), st.sampled_from([0, 5, 10_000])), min_size=5, max_size=9),
    seed=st.integers(0, 10_000),
)
def test_any_row_of_edits_ends_as_a_build_from_nothing_does(edits: list[tuple[Edit, int]], seed: int) -> None:
    """After each edit the files are those of a clean build, or the last good ones where a clean build fails."""
    with tempfile.TemporaryDirectory() as folder:
        scribe = Scribe(Path(folder), seed)
        client = PreviewClient(scribe)
        client.save("index.html")
        good = client.shown()
        assert good == from_nothing(scribe)
        for edit, patience in edits:
            edit(scribe)
            client.save("index.html", "articles/plain/index.html", patience=patience)
            expected = from_nothing(scribe)
            assert bool(client.problems) == (expected is None), edit.__name__
            if expected is None:
                continue
            shown = client.shown()
            assert sorted(shown) == sorted(expected)
            wrong = [path for path in expected if shown[path] != expected[path]]
            assert not wrong, f"{edit.__name__}: {wrong}"


def test_the_last_good_files_stay_while_something_is_wrong(tmp_path: Path) -> None:
    """A mistake leaves every file as it was, and a mended one shows at once."""
    scribe = Scribe(tmp_path, 1)
    client = PreviewClient(scribe)
    client.save()
    before = client.shown()
    for breaking in (Scribe.split, Scribe.tear):
        breaking(scribe)
        client.save("articles/plain/index.html")
        assert client.problems
        assert client.shown() == before
        scribe.hint()
        client.save("articles/plain/index.html")
        assert client.problems == ()
        assert client.shown() == before


def test_a_save_that_changes_nothing_makes_nothing(tmp_path: Path) -> None:
    """The second build of the same files takes every step from what the first one gave."""
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
