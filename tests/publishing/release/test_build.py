"""Test that a release has every file of a built site, compressed forms, and host rules."""

from __future__ import annotations

import gzip
import json
import os
from hashlib import sha256
from pathlib import Path

import brotli
import pytest

from plugins.engine.output_index import MANIFEST, beside
from plugins.publishing.hosts.response_rules import BRIEF, FOREVER
from plugins.publishing.release import inventory
from plugins.publishing.release.build import ReleaseError, make_release, read_release
from plugins.publishing.release.release import Release
from tests.sites.building import Built, copied, snapshot


def made(site: Built | Path, folder: Path, url: str = "https://example.org") -> Release:
    """Return the release of ``site`` in ``folder``."""
    return make_release(site.output if isinstance(site, Built) else site, folder, url=url)


@pytest.fixture
def site(minimal: Built, tmp_path: Path) -> Path:
    """Return a copy of a built site."""
    return copied(minimal.output, tmp_path / "site")


def test_every_file_of_the_site_is_in_the_release(full: Built, tmp_path: Path) -> None:
    """The release has each file of the site as it was built, and serves nothing else."""
    release = made(full, tmp_path / "release")
    built = snapshot(full.output)
    shown = {item.path for item in release.inventory if item.is_shown}
    assert shown == built.keys()
    for path in shown:
        assert (release.folder / path).read_bytes() == built[path], path


@pytest.mark.parametrize("name", ["full", "below"])
def test_the_inventory_lists_every_file(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The inventory has every file but itself, with its hash and size."""
    built: Built = request.getfixturevalue(name)
    release = made(built, tmp_path / "release", built.url)
    files = snapshot(release.folder)
    data = files.pop(inventory.PATH)
    assert inventory.read(data) == release.inventory
    assert {path: (sha256(data).hexdigest(), len(data)) for path, data in files.items()} == {
        item.path: (item.sha256, item.size) for item in release.inventory
    }
    assert read_release(release.folder) == release


def test_texts_are_compressed(full: Built, tmp_path: Path) -> None:
    """Each page and feed has smaller Brotli and gzip forms that decompress to it. An image has none."""
    release = made(full, tmp_path / "release")
    unpack = {"br": (".br", brotli.decompress), "gzip": (".gz", gzip.decompress)}
    for item in release.inventory:
        data = (release.folder / item.path).read_bytes()
        if item.path.endswith(("/index.html", ".rss.xml")):
            assert item.encodings == ("br", "gzip")
        if item.path.endswith((".webp", ".avif")):
            assert item.encodings == ()
        for coding in item.encodings:
            suffix, undo = unpack[coding]
            compressed = (release.folder / f"{item.path}{suffix}").read_bytes()
            assert undo(compressed) == data
            assert len(compressed) < len(data)


def test_a_release_is_the_same_wherever_it_is_made(full: Built, tmp_path: Path) -> None:
    """Two releases of one site are equal in every byte, also if compressed forms were reused."""
    first = made(full, tmp_path / "one" / "release")
    made(full, tmp_path / "two")
    again = made(full, tmp_path / "two")
    assert snapshot(first.folder) == snapshot(again.folder)
    assert first.inventory.id == again.inventory.id


def test_what_is_named_by_its_content_is_kept_for_a_year(real: Built, tmp_path: Path) -> None:
    """Files with a hash in their names are cached for a year, pages and feeds are not."""
    release = made(real, tmp_path / "release")
    caching = {item.path: item.caching for item in release.inventory if item.is_shown}
    assert {how for path, how in caching.items() if path.startswith(("images/", "social/", "theme/"))} == {FOREVER}
    assert {how for path, how in caching.items() if path.endswith((".html", ".xml", ".json"))} == {BRIEF}
    assert caching["icon.svg"] == BRIEF


def test_below_a_path_the_release_is_the_root_of_the_host(below: Built, tmp_path: Path) -> None:
    """The site lies below its path in the folder, and the host rules at the top."""
    release = made(below, tmp_path / "release", below.url)
    assert release.inventory.folder == "a/community/"
    assert (release.folder / "a" / "community" / "index.html").is_file()
    assert {path.split("/")[0] for path in release.inventory.items if path.startswith("_")} <= {
        "_hosts", "_headers", "_redirects",
    }  # fmt: skip
    assert all(item.path.startswith("a/community/") for item in release.inventory if item.is_shown)


def test_one_more_word_changes_one_page(site: Path, tmp_path: Path) -> None:
    """If two sites differ in one page, the releases differ in that page and its compressed forms."""
    old = made(site, tmp_path / "old").inventory
    page = site / "about" / "index.html" if (site / "about" / "index.html").is_file() else site / "help" / "index.html"
    _rewrite(site, page, page.read_bytes().replace(b"</main>", b"<p>More.</p></main>"))
    new = made(site, tmp_path / "new").inventory
    changes = new.since(old)
    path = page.relative_to(site).as_posix()
    assert changes.to_send == (path, f"{path}.br", f"{path}.gz")
    assert new.id != old.id


def test_damaged_compressed_forms_are_not_reused(site: Path, tmp_path: Path) -> None:
    """A damaged compressed form of the older release is not reused."""
    first = made(site, tmp_path / "release")
    good = snapshot(first.folder)
    (first.folder / "index.html.br").write_bytes(b"something else")
    (first.folder / "404.html.gz").unlink()
    assert snapshot(made(site, tmp_path / "release").folder) == good


def test_what_an_interrupted_run_left_is_no_harm(site: Path, tmp_path: Path) -> None:
    """Remains of an interrupted run are deleted, and an incomplete inventory is ignored."""
    (tmp_path / "release.new").mkdir()
    (tmp_path / "release.new" / "stray.html").write_bytes(b"x")
    (tmp_path / "release.old").mkdir()
    release = made(site, tmp_path / "release")
    assert not (release.folder / "stray.html").exists()
    assert sorted(item.name for item in tmp_path.iterdir()) == [".site.build", "release", "site"]
    file = release.folder / inventory.PATH
    file.write_bytes(file.read_bytes()[:-40])
    assert read_release(release.folder) is None
    assert made(site, tmp_path / "release").inventory == release.inventory


def test_a_site_that_was_changed_by_hand_is_refused(site: Path, tmp_path: Path) -> None:
    """A file that differs from the build is refused by name, and the older release stays."""
    before = snapshot(made(site, tmp_path / "release").folder)
    (site / "help" / "index.html").unlink()
    (site / "help" / "index.html").write_text("another number", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"help/index\.html is not as it was built"):
        made(site, tmp_path / "release")
    (site / "help" / "index.html").unlink()
    with pytest.raises(ReleaseError, match="build the site again"):
        made(site, tmp_path / "release")
    assert snapshot(tmp_path / "release") == before


def test_a_page_without_a_policy_is_refused(site: Path, tmp_path: Path) -> None:
    """A page without a Content-Security-Policy is refused."""
    page = site / "help" / "index.html"
    _rewrite(site, page, page.read_bytes().replace(b"Content-Security-Policy", b"X"))
    with pytest.raises(ReleaseError, match=r"help/index\.html does not say what it may do"):
        made(site, tmp_path / "release")


@pytest.mark.parametrize("data", [None, b"", b"{}", b'{"files": 1}', b"[]"])
def test_a_folder_without_a_manifest_is_refused(data: bytes | None, tmp_path: Path) -> None:
    """A folder without a valid manifest of a build is refused."""
    for folder in (tmp_path / "site", beside(tmp_path / "site")):
        folder.mkdir()
    if data is not None:
        (beside(tmp_path / "site") / MANIFEST).write_bytes(data)
    with pytest.raises(ReleaseError, match="holds no finished site; build it first"):
        made(tmp_path / "site", tmp_path / "release")


def test_a_build_that_was_stopped_is_no_site(site: Path, tmp_path: Path) -> None:
    """A build that was interrupted while it replaced files is refused."""
    (beside(site) / MANIFEST).write_text('{"files": {}}', encoding="utf-8")
    with pytest.raises(ReleaseError, match="was stopped before its end; build it again"):
        made(site, tmp_path / "release")


def test_a_release_shares_no_file_that_a_build_writes_into(site: Path, tmp_path: Path) -> None:
    """A build replaces files, so the release does not change with the site."""
    before = snapshot(made(site, tmp_path / "release").folder)
    page = site / "index.html"
    staged = site / "staged"
    staged.write_bytes(b"the next build")
    os.replace(staged, page)  # noqa: PTH105 - as a build does it
    assert snapshot(tmp_path / "release") == before


def _rewrite(site: Path, file: Path, data: bytes) -> None:
    """Change a file as a build does, together with its entry in the manifest."""
    file.write_bytes(data)
    listed = beside(site) / MANIFEST
    manifest = json.loads(listed.read_bytes())
    path = file.relative_to(site).as_posix()
    manifest["files"][path] = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    listed.write_text(json.dumps(manifest), encoding="utf-8")
