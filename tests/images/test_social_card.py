"""Social cards show titles within their area."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from plugins.images.social_card import SIZE, CardRenderer, SocialCard
from plugins.views.palette import palette
from tests.sites.building import ROOT

COLOURS = palette(ROOT / "theme")
LONG = "A long title " * 12


def drawn(title: str, section: str = "Articles", renderer: CardRenderer | None = None) -> Image.Image:
    """Return the card with ``title``."""
    data = (renderer or CardRenderer(COLOURS)).draw(SocialCard(title, section, "Elm Tree Hub"))
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(
    "title", ["", "Stories", "What changes when you stop", LONG, "Unbrokenletters" * 9, "“Quoted” – naïve café"]
)
def test_card_size(title: str) -> None:
    """Any title results in a PNG of 1200 by 630 pixels and at most 24 kB, in the theme's colours."""
    data = CardRenderer(COLOURS).draw(SocialCard(title, "Articles", "Elm Tree Hub"))
    assert len(data) <= 24_000
    Image.open(io.BytesIO(data)).verify()
    image = drawn(title)
    assert image.size == SIZE
    expected = {(5, 300): "paper", (600, 5): "glow", (1060, 370): "glow", (900, 600): "arch"}
    assert {place: image.getpixel(place) for place in expected} == {
        place: COLOURS[name] for place, name in expected.items()
    }


@pytest.mark.parametrize("section", ["Articles", ""])
@pytest.mark.parametrize("title", ["What changes gradually when you stop drinking for good and why", LONG, "Long" * 50])
def test_title_stays_in_its_area(title: str, section: str) -> None:
    """A title of any length does not overlap the section, the site's name or the shape."""
    without, card = drawn("", section), drawn(title, section)
    top = 168 if section else 110
    for box in ((0, 0, 1200, top), (0, 490, 1200, 630), (880, 0, 1200, 630)):
        assert card.crop(box) == without.crop(box)
    assert card != without


def test_short_titles_are_larger() -> None:
    """The fewer words a title has, the larger its letters are."""
    tops = []
    for title in ("Hope", "Hope " * 12, "Hope " * 40):
        first = drawn(title).crop((84, 168, 110, 260)).point(lambda value: 255 * (value < 128)).getbbox()
        assert first
        # From the top of the line to that of its first letter: a share of the size.
        tops.append(first[1])
    assert tops == sorted(set(tops), reverse=True)


def test_cards_do_not_depend_on_earlier_ones() -> None:
    """A renderer draws the same card whatever it has drawn before."""
    renderer = CardRenderer(COLOURS)
    for title, section in (("One", "Articles"), ("Two", ""), ("One", "Articles"), ("One", "")):
        assert drawn(title, section, renderer) == drawn(title, section)


def test_key_depends_on_words_and_colours() -> None:
    """The key depends on the words and the colours of a card."""
    card, renderer = SocialCard("Title", "Articles", "Site"), CardRenderer(COLOURS)
    keys = {
        renderer.key(card),
        renderer.key(SocialCard("Title", "Articles", "Site")),
        CardRenderer(dict(COLOURS)).key(card),
        CardRenderer({}).key(card),
        renderer.key(SocialCard("Other", "Articles", "Site")),
        renderer.key(SocialCard("Title", "Stories", "Site")),
        renderer.key(SocialCard("Title", "Articles", "Place")),
        renderer.key(SocialCard("", "Articles", "SiteTitle")),
    }
    assert len(keys) == 6


def test_missing_characters() -> None:
    """Only the characters that the font lacks are returned."""
    assert CardRenderer(COLOURS).missing_characters("Zoë’s way – “on”\t") == set()
    assert CardRenderer(COLOURS).missing_characters("Hope 希望") == {"希", "望"}
