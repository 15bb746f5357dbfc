"""Pictures are encoded in every format without metadata."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from plugins.base.picture_files import MAX_SOURCE_PIXELS
from plugins.images import encoding, renditions
from plugins.images.encoding import encode, is_damaged
from plugins.images.pictures import DamagedError
from plugins.images.renditions import FAST_PIXELS, HALVED_PIXELS, MAX_HEIGHT, MAX_PIXELS, WIDTHS, height, points, widths
from tests.images.making import SECRETS, camera, halves, picture


def opened(data: bytes) -> Image.Image:
    """Return the decoded picture."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_file_names_match_format_and_width() -> None:
    """Every file has the format and width of its name, and the proportions of the source."""
    made = encode(picture("JPEG", (1600, 900)))
    assert len(made) == 9
    for name, data in made.items():
        width, suffix = name.split(".")
        image = opened(data)
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[suffix]
        assert image.size == (int(width), round(int(width) * 900 / 1600))


def test_files_have_no_metadata() -> None:
    """No file has the place, comments or profiles of a photograph."""
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
def test_orientation_is_applied(orientation: int, size: tuple[int, int], corner: str) -> None:
    """The EXIF orientation is applied to the pixels."""
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


def test_transparency_is_kept() -> None:
    """Alpha is kept in every format, and visible edges have no colour of invisible pixels."""
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
def test_every_colour_mode_is_read(mode: str) -> None:
    """Grey, palette, sixteen-bit and CMYK pictures are converted for screens."""
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
def test_colours_and_transparency_are_kept(
    image: Image.Image, form: str, options: dict[str, Any], shown: tuple[int, ...]
) -> None:
    """CMYK red stays red, and every kind of transparency stays transparent."""
    out = io.BytesIO()
    image.save(out, form, **options)
    (data,) = [data for name, data in encode(out.getvalue()).items() if name.endswith((".jpg", ".png"))]
    assert opened(data).convert("RGBA").getpixel((2, 2)) == shown


def test_sixteen_bits_are_scaled() -> None:
    """A middle grey of sixteen bits becomes a middle grey of eight bits."""
    out = io.BytesIO()
    Image.new("I;16", (20, 20), 32_768).save(out, "PNG")
    made = encode(out.getvalue())
    assert opened(made["20.jpg"]).convert("L").getpixel((5, 5)) == pytest.approx(128, abs=3)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_truncated_file_is_an_error(form: str) -> None:
    """A truncated picture raises ``DamagedError``."""
    out = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(out, form)
    data = out.getvalue()
    with pytest.raises(DamagedError):
        encode(data[: len(data) // 2])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("missing", [1, 2, 4, 12, 13, 20, 60])
def test_a_missing_end_is_an_error(form: str, missing: int) -> None:
    """A picture without its last bytes is damaged, however few they are. Bytes after the end do no harm."""
    out = io.BytesIO()
    Image.effect_noise((60, 40), 80).convert("RGB").save(out, form)
    data = out.getvalue()
    assert not is_damaged(data)
    assert is_damaged(data[:-missing])
    with pytest.raises(DamagedError):
        encode(data[:-missing])
    assert not is_damaged(data + bytes(missing))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_changed_bytes_raise_only_damaged_error(form: str) -> None:
    """A changed byte raises nothing but ``DamagedError``, and ``is_damaged`` agrees."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((12, 9)).save(out, form)
    data = out.getvalue()
    for place in range(0, len(data), 1 + len(data) // 60):
        spoilt = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        assert is_damaged(spoilt) == fails(spoilt)


def fails(data: bytes) -> bool:
    """Return whether encoding raises ``DamagedError``."""
    try:
        encode(data)
    except DamagedError:
        return True
    return False


def test_encoding_is_deterministic() -> None:
    """The same source results in the same bytes."""
    assert encode(camera()) == encode(camera())


def saved(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """Return ``image`` in a format."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    "source",
    [
        camera((601, 300), orientation=6),
        saved(halves((601, 300)), "WEBP", lossless=True),
        saved(halves((601, 300), "RGBA")),
        saved(halves((601, 300)).convert("P")),
        saved(halves((601, 300)).quantize(4), transparency=0),
        saved(halves((601, 300)).convert("1")),
        saved(halves((601, 300)).convert("L"), transparency=76),
        saved(halves((601, 300)).convert("L").convert("I").point(lambda value: value * 256).convert("I;16")),
        saved(halves((601, 300)).convert("CMYK"), "JPEG"),
    ],
    ids=["jpeg", "webp", "alpha", "palette", "transparent-palette", "black-and-white", "one-colour", "sixteen", "cmyk"],
)
def test_large_source_is_halved(monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    """A picture that is halved while it is read gives files of the same sizes and colours as the whole picture."""
    monkeypatch.setattr(renditions, "WIDTHS", (40, 80, 100))
    whole = encode(source)
    monkeypatch.setattr(encoding, "HALVED_PIXELS", 601 * 300 - 1)
    turned: list[tuple[int, int]] = []
    transpose = ImageOps.exif_transpose

    def turn(image: Image.Image) -> Image.Image:
        turned.append(image.size)
        return transpose(image)

    monkeypatch.setattr(ImageOps, "exif_transpose", turn)
    made = encode(source)
    assert turned == [(301, 150)]
    assert made.keys() == whole.keys()
    for name, data in made.items():
        image, other = (opened(each).convert("RGBA") for each in (data, whole[name]))
        assert image.size == other.size
        for spot in ((5, 5), (image.width - 5, image.height - 5)):
            assert image.getpixel(spot) == pytest.approx(other.getpixel(spot), abs=6), name


def test_a_halved_source_is_larger_than_its_files() -> None:
    """The smallest picture that is halved still has more pixels than all files of a format."""
    assert HALVED_PIXELS // 4 > MAX_PIXELS


@st.composite
def accepted_sizes(draw: st.DrawFn) -> tuple[int, int]:
    """Return the size of a picture that is read."""
    width = draw(st.integers(1, 16_384))
    return width, draw(st.integers(1, MAX_SOURCE_PIXELS // width))


@given(accepted_sizes(), st.booleans())
@example((1200, 3_000), False)
@example((1200, 1_600), True)
def test_encoded_pixels_are_limited(source: tuple[int, int], transparent: bool) -> None:
    """All files of one format have at most ``MAX_PIXELS`` pixels, except for rounding."""
    made = widths(source, transparent=transparent)
    sizes = [(width, height(width, source)) for width in made]
    assert list(made) == sorted(set(made))
    assert all(down <= MAX_HEIGHT for _, down in sizes)
    assert sum(points(size, transparent=transparent) for size in sizes) <= MAX_PIXELS + sum(made)
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
def test_large_files_use_fast_options(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], made: list[int], mode: str
) -> None:
    """The product of pixels and encoder effort is limited."""
    asked: list[tuple[int, int]] = []

    def save(image: Image.Image, out: io.BytesIO, form: str, **options: Any) -> None:
        if form == "AVIF":
            counted = points(image.size, transparent=mode == "RGBA")
            asked.append((image.width, counted * {6: 8, 9: 1}[options["speed"]]))
        out.write(form.encode())

    source = picture("PNG", size, colour=0, mode=mode)
    monkeypatch.setattr(Image.Image, "save", save)
    encode(source)
    assert [width for width, _ in asked] == made
    assert sum(work for _, work in asked) <= MAX_PIXELS + 2 * 8 * FAST_PIXELS
