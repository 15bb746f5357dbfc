"""The pictures of a whole build."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.authoring.lint.plugin import problems_in
from plugins.base.problem import Severity
from plugins.content_model.article import Article
from plugins.content_model.page import Person
from plugins.engine import plugin as content_model
from plugins.images import plugin as images
from plugins.images.pictures import key_of
from tests.images.making import SECRETS, camera, picture
from tests.sites.building import AS_OF, cached_in, run_here
from tests.sites.writing import fields, text, write


def content(folder: Path, cover: bytes) -> Path:
    """A folder with one article that shows ``cover``."""
    image = {"file": "cover.jpg", "alt": "A lake."}
    return write(
        folder,
        {
            "articles/one/index.md": text(fields(Article, "one", image=image)),
            "articles/one/cover.jpg": cover,
            "people/editor/index.md": text(fields(Person, "editor")),
        },
    )


def made(output: Path) -> dict[str, bytes]:
    """The picture files of a built site."""
    return {file.name: file.read_bytes() for file in (output / "images").iterdir()}


def test_a_picture_is_encoded_once(tmp_path: Path) -> None:
    """A second build takes every file from the cache, and a damaged cache is mended without a word."""
    folder, cache = content(tmp_path / "content", camera((900, 600))), tmp_path / "cache"
    first = run_here(folder, tmp_path / "one", CACHE_PATH=str(cache))
    assert first.status == 0, first.stderr
    assert "Making pictures" in first.stderr
    again = run_here(folder, tmp_path / "two", CACHE_PATH=str(cache))
    assert "Making pictures" not in again.stderr
    assert made(tmp_path / "one") == made(tmp_path / "two")
    for file in (cache / "images").glob("*/*"):
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    mended = run_here(folder, tmp_path / "three", CACHE_PATH=str(cache))
    assert mended.status == 0, mended.stderr
    assert made(tmp_path / "three") == made(tmp_path / "one")


def test_no_file_of_the_site_says_where_a_photograph_was_taken(tmp_path: Path) -> None:
    """Nothing that the telephone noted is in any file of the site."""
    built = run_here(
        content(tmp_path / "content", camera((900, 600))), tmp_path / "site", CACHE_PATH=str(tmp_path / "cache")
    )
    assert built.status == 0, built.stderr
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file() and file.suffix in {".avif", ".webp", ".jpg", ".png"}:
            assert not [word for word in SECRETS if word in file.read_bytes()], file.name


def test_a_damaged_picture_stops_the_build(tmp_path: Path) -> None:
    """A picture that breaks off is told at its file, and at nothing else."""
    out = io.BytesIO()
    Image.effect_noise((600, 400), 60).save(out, "JPEG")
    folder = content(tmp_path / "content", out.getvalue()[:9_000])
    done = run_here(folder, tmp_path / "site", CACHE_PATH=str(tmp_path / "cache"))
    assert done.status == 1
    assert [(told.path, told.name) for told in done.problems(folder)] == [("articles/one/cover.jpg", "bad-picture")]


@pytest.mark.parametrize("form", ["AVIF", "WEBP", "PNG", "GIF"])
def test_a_check_finds_what_stops_a_build(form: str, tmp_path: Path) -> None:
    """A picture whose middle is spoilt is told by a check as by a build, whatever its format, and no traceback."""
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


def test_a_changed_picture_has_another_address(tmp_path: Path) -> None:
    """What browsers have kept for good is never shown in place of a newer picture."""
    settings = {"CACHE_PATH": str(tmp_path / "cache")}
    run_here(content(tmp_path / "content", picture("JPEG", (500, 300), "teal")), tmp_path / "site", **settings)
    before = made(tmp_path / "site")
    run_here(content(tmp_path / "content", picture("JPEG", (500, 300), "sienna")), tmp_path / "site", **settings)
    after = made(tmp_path / "site")
    assert before.keys().isdisjoint(after.keys())


def test_what_was_made_from_a_picture_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that is taken out of the content leaves no copy in the cache; those of other pictures stay."""
    cache = tmp_path / "cache"
    for number, size in enumerate(((900, 600), (600, 900))):
        folder = content(tmp_path / f"content-{number}", camera(size))
        assert run_here(folder, tmp_path / "site", CACHE_PATH=str(cache)).status == 0
    kept = {file.name for file in (cache / "images").glob("*/*")}
    monkeypatch.setattr(content_model, "read_settings", cached_in(cache))
    for _ in range(2):
        images.forget((tmp_path / "content-0" / "articles" / "one").iterdir())
    (gone,) = kept - {file.name for file in (cache / "images").glob("*/*")}
    assert gone == key_of((tmp_path / "content-0" / "articles" / "one" / "cover.jpg").read_bytes())
