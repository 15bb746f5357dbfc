"""Encoding: what readers get of a source."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from plugins.images.encoding import (
    CAREFUL_POINTS,
    MOST_POINTS,
    TALLEST,
    WIDTHS,
    DamagedError,
    encode,
    height,
    is_damaged,
    points,
    widths,
)
from plugins.images.pictures import LARGEST
from tests.images.making import SECRETS, camera, halves, picture


def opened(data: bytes) -> Image.Image:
    """The picture that ``data`` holds, decoded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_each_file_is_what_its_name_says() -> None:
    """Every file has the format and the width of its name, and the proportions of the source."""
    made = encode(picture("JPEG", (1600, 900)))
    assert len(made) == 9
    for name, data in made.items():
        width, suffix = name.split(".")
        image = opened(data)
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[suffix]
        assert image.size == (int(width), round(int(width) * 900 / 1600))


def test_no_metadata_pass() -> None:
    """Where a photograph was taken, comments and profiles are in no file, whatever the format."""
    source = camera()
    assert all(word in source for word in SECRETS[:5])
    for name, data in encode(source).items():
        assert not [word for word in SECRETS if word in data], name
        image = opened(data)
        assert not image.getexif(), name
        assert not {"exif", "icc_profile", "comment", "xmp"} & image.info.keys(), name


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [(1, (60, 30), "left"), (3, (60, 30), "right"), (6, (30, 60), "top"), (8, (30, 60), "bottom")],
)
def test_a_turned_photograph_stands_upright(orientation: int, size: tuple[int, int], corner: str) -> None:
    """The orientation is applied before it is forgotten: the red half is where the photographer saw it."""
    (name, data), *_ = [item for item in encode(camera((60, 30), orientation)).items() if item[0].endswith("jpg")]
    image = opened(data).convert("RGB")
    assert image.size == size, name
    width, height = size
    red = {
        "left": (4, height // 2),
        "right": (width - 4, height // 2),
        "top": (width // 2, 4),
        "bottom": (width // 2, height - 4),
    }
    point = image.getpixel(red[corner])
    assert isinstance(point, tuple)
    assert point[0] > 200
    assert point[2] < 60


def test_what_is_see_through_stays_see_through() -> None:
    """Alpha is kept in every format, and the edge of the visible half takes no colour from the invisible one."""
    out = io.BytesIO()
    halves(mode="RGBA").save(out, "PNG")
    made = encode(out.getvalue())
    assert {name.split(".")[1] for name in made} == {"avif", "webp", "png"}
    for name, data in made.items():
        image = opened(data).convert("RGBA")
        left, right = image.getpixel((10, 10)), image.getpixel((image.width - 10, 10))
        assert isinstance(left, tuple)
        assert isinstance(right, tuple)
        assert left[3] == 255, name
        assert right[3] == 0, name
        edge = image.getpixel((image.width // 2 - 3, 10))
        assert isinstance(edge, tuple)
        assert edge[2] < 60, name


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "CMYK", "LA"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    """Grey, palettes, sixteen bits and the colours of printers become pictures for screens."""
    form = "JPEG" if mode == "CMYK" else "PNG"
    made = encode(picture(form, (30, 20), colour=0 if mode != "CMYK" else (0, 0, 0, 0), mode=mode))
    assert all(opened(data).size == (30, 20) for data in made.values())


@pytest.mark.parametrize(
    ("image", "form", "options", "shown"),
    [
        (Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG", {}, (254, 0, 0, 255)),
        (Image.new("L", (20, 20), 128), "PNG", {"transparency": 128}, (128, 128, 128, 0)),
        (Image.new("RGB", (20, 20), (1, 2, 3)), "PNG", {"transparency": (1, 2, 3)}, (1, 2, 3, 0)),
        (Image.new("LA", (20, 20), (100, 50)), "PNG", {}, (100, 100, 100, 50)),
        (Image.new("P", (20, 20), 0), "PNG", {"transparency": b"\x80"}, (0, 0, 0, 128)),
        (Image.new("P", (20, 20), 0), "GIF", {"transparency": 0}, (0, 0, 0, 0)),
    ],
    ids=["printers", "grey", "one-colour", "grey-with-alpha", "palette", "gif"],
)
def test_colours_and_transparency_stay(
    image: Image.Image, form: str, options: dict[str, Any], shown: tuple[int, ...]
) -> None:
    """The red of printers is red, and what is see-through in whatever way stays as see-through."""
    out = io.BytesIO()
    image.save(out, form, **options)
    (data,) = [data for name, data in encode(out.getvalue()).items() if name.endswith((".jpg", ".png"))]
    assert opened(data).convert("RGBA").getpixel((2, 2)) == shown


def test_sixteen_bits_are_scaled_not_cut() -> None:
    """A middle grey of sixteen bits is a middle grey of eight."""
    out = io.BytesIO()
    Image.new("I;16", (20, 20), 32_768).save(out, "PNG")
    made = encode(out.getvalue())
    assert opened(made["20.jpg"]).convert("L").getpixel((5, 5)) == pytest.approx(128, abs=3)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_file_that_breaks_off_is_an_error(form: str) -> None:
    """A picture of which the end is missing is not shown half."""
    out = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(out, form)
    data = out.getvalue()
    with pytest.raises(DamagedError):
        encode(data[: len(data) // 2])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_whatever_a_file_holds_is_a_picture_or_damaged(form: str) -> None:
    """No byte of a picture that is another raises anything else, and a check says of it what a build says."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((12, 9)).save(out, form)
    data = out.getvalue()
    for place in range(0, len(data), 1 + len(data) // 60):
        spoilt = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        assert is_damaged(spoilt) == fails(spoilt)


def fails(data: bytes) -> bool:
    """Whether no files can be made of a picture because it is damaged."""
    try:
        encode(data)
    except DamagedError:
        return True
    return False


def test_the_same_source_gives_the_same_bytes() -> None:
    """Nothing of the clock or of chance is in a file."""
    assert encode(camera()) == encode(camera())


@st.composite
def accepted_sizes(draw: st.DrawFn) -> tuple[int, int]:
    """The size of any picture that is read."""
    width = draw(st.integers(1, 16_384))
    return width, draw(st.integers(1, LARGEST // width))


@given(accepted_sizes(), st.booleans())
@example((1200, 3_000), False)
@example((1200, 1_600), True)
def test_what_is_written_of_any_picture_is_bounded(source: tuple[int, int], see_through: bool) -> None:
    """All files of one format hold no more points than ``MOST_POINTS``, but for half a row of each that is rounded."""
    made = widths(source, see_through=see_through)
    sizes = [(width, height(width, source)) for width in made]
    assert list(made) == sorted(set(made))
    assert all(down <= TALLEST for _, down in sizes)
    assert sum(points(size, see_through=see_through) for size in sizes) <= MOST_POINTS + sum(made)
    assert max(made, default=0) <= min(source[0], WIDTHS[-1])


@pytest.mark.parametrize(
    ("size", "made", "mode"),
    [
        ((1200, 16_300), [542], "RGB"),
        ((1200, 3_000), [400, 1200], "RGB"),
        ((1200, 2_130), [400, 800, 1200], "RGB"),
        ((1200, 470), [400, 800, 1200], "RGB"),
        ((1200, 2_130), [1061], "RGBA"),
    ],
)
def test_a_large_file_is_encoded_quickly(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], made: list[int], mode: str
) -> None:
    """Points times effort of what Pillow is asked for stay below a bound, whatever the picture shows.

    AVIF of speed 6 takes eight times as long for a point as AVIF of speed 9.
    """
    asked: list[tuple[int, int]] = []

    def save(image: Image.Image, out: io.BytesIO, form: str, **options: Any) -> None:
        if form == "AVIF":
            counted = points(image.size, see_through=mode == "RGBA")
            asked.append((image.width, counted * {6: 8, 9: 1}[options["speed"]]))
        out.write(form.encode())

    source = picture("PNG", size, colour=0, mode=mode)
    monkeypatch.setattr(Image.Image, "save", save)
    encode(source)
    assert [width for width, _ in asked] == made
    assert sum(work for _, work in asked) <= MOST_POINTS + 2 * 8 * CAREFUL_POINTS
