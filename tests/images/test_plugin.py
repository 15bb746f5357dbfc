"""A build encodes the pictures that live pages show."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.authoring.check.command import problems_in
from plugins.base.problem import Severity
from plugins.content_model.article import Article
from plugins.content_model.page import Person
from plugins.images import plugin as images
from plugins.images.pictures import key_of
from tests.images.making import SECRETS, camera, picture
from tests.sites.building import AS_OF, cached_in, run_here
from tests.sites.sample_settings import replace_settings
from tests.sites.writing import fields, text, write


def content(folder: Path, cover: bytes) -> Path:
    """Write a content folder with one article that shows ``cover``."""
    image = {"file": "cover.jpg", "alt": "A lake."}
    return write(
        folder,
        {
            "articles/one/index.md": text(fields(Article, "one", image=image)),
            "articles/one/cover.jpg": cover,
            "people/editor/index.md": text(fields(Person, "editor")),
        },
    )


def published(output: Path) -> dict[str, bytes]:
    """Return the picture files of a built site."""
    return {file.name: file.read_bytes() for file in (output / "images").iterdir()}


def test_second_build_uses_the_cache(tmp_path: Path) -> None:
    """A second build uses the cache, and replaces damaged cache files silently."""
    folder, cache = content(tmp_path / "content", camera((900, 600))), tmp_path / "cache"
    first = run_here(folder, tmp_path / "one", CACHE_PATH=str(cache))
    assert first.status == 0, first.stderr
    cached = {file: file.stat().st_mtime_ns for file in (cache / "images").glob("*/*")}
    assert cached
    run_here(folder, tmp_path / "two", CACHE_PATH=str(cache))
    assert {file: file.stat().st_mtime_ns for file in (cache / "images").glob("*/*")} == cached
    assert published(tmp_path / "one") == published(tmp_path / "two")
    for file in (cache / "images").glob("*/*"):
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    mended = run_here(folder, tmp_path / "three", CACHE_PATH=str(cache))
    assert mended.status == 0, mended.stderr
    assert published(tmp_path / "three") == published(tmp_path / "one")


def test_site_has_no_metadata_of_photographs(tmp_path: Path) -> None:
    """No file of the site has metadata of a photograph."""
    built = run_here(
        content(tmp_path / "content", camera((900, 600))), tmp_path / "site", CACHE_PATH=str(tmp_path / "cache")
    )
    assert built.status == 0, built.stderr
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file() and file.suffix in {".avif", ".webp", ".jpg", ".png"}:
            assert not [word for word in SECRETS if word in file.read_bytes()], file.name


def test_damaged_picture_stops_the_build(tmp_path: Path) -> None:
    """A truncated picture is one problem at its file."""
    out = io.BytesIO()
    Image.effect_noise((600, 400), 60).save(out, "JPEG")
    folder = content(tmp_path / "content", out.getvalue()[:9_000])
    done = run_here(folder, tmp_path / "site", CACHE_PATH=str(tmp_path / "cache"))
    assert done.status == 1
    assert [(told.path, told.name) for told in done.problems(folder)] == [("articles/one/cover.jpg", "bad-picture")]


@pytest.mark.parametrize("form", ["AVIF", "WEBP", "PNG", "GIF"])
def test_check_and_build_report_the_same_damage(form: str, tmp_path: Path) -> None:
    """A picture with damaged data is reported by a check and by a build, without a traceback."""
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, form)
    data = bytearray(out.getvalue())
    half = len(data) // 2
    data[half:] = b"\xff" * (len(data) - half)
    folder = content(tmp_path / "content", bytes(data))
    done = run_here(folder, tmp_path / "site", CACHE_PATH=str(tmp_path / "cache"))
    told = [(told.path, told.name, told.message) for told in done.problems(folder)]
    assert [name for _, name, _ in told] == ["bad-picture"]
    checked = problems_in(folder, as_of=AS_OF, cache=str(tmp_path / "other"))
    assert [(one.path, one.name, one.message) for one in checked if one.severity is Severity.ERROR] == told


def test_changed_picture_has_another_address(tmp_path: Path) -> None:
    """A changed picture has another address, so that browsers do not show a cached one."""
    settings = {"CACHE_PATH": str(tmp_path / "cache")}
    run_here(content(tmp_path / "content", picture("JPEG", (500, 300), "teal")), tmp_path / "site", **settings)
    before = published(tmp_path / "site")
    run_here(content(tmp_path / "content", picture("JPEG", (500, 300), "sienna")), tmp_path / "site", **settings)
    after = published(tmp_path / "site")
    assert before.keys().isdisjoint(after.keys())


def test_forget_deletes_cached_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``forget`` deletes the cached files of a picture and keeps those of others."""
    cache = tmp_path / "cache"
    for number, size in enumerate(((900, 600), (600, 900))):
        folder = content(tmp_path / f"content-{number}", camera(size))
        assert run_here(folder, tmp_path / "site", CACHE_PATH=str(cache)).status == 0
    kept = {file.name for file in (cache / "images").glob("*/*")}
    replace_settings(monkeypatch, cached_in(cache))
    for _ in range(2):
        images.forget((tmp_path / "content-0" / "articles" / "one").iterdir())
    (gone,) = kept - {file.name for file in (cache / "images").glob("*/*")}
    assert gone == key_of((tmp_path / "content-0" / "articles" / "one" / "cover.jpg").read_bytes())
