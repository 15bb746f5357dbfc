"""Social cards."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from plugins.images.social_card import SIZE, CardPress, SocialCard
from plugins.views.palette import palette
from tests.sites.building import ROOT

COLOURS = palette(ROOT / "theme")
LONG = "A long title " * 12


def drawn(title: str, section: str = "Articles", press: CardPress | None = None) -> Image.Image:
    """The card with ``title``."""
    data = (press or CardPress(COLOURS)).draw(SocialCard(title, section, "Help Me Stop"))
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(
    "title", ["", "Stories", "What changes when you stop", LONG, "Unbrokenletters" * 9, "“Quoted” – naïve café"]
)
def test_a_card_is_small_and_of_the_size_that_services_ask_for(title: str) -> None:
    """Any title gives a PNG of 1200 by 630 and at most 24 kB, in the theme's colours."""
    data = CardPress(COLOURS).draw(SocialCard(title, "Articles", "Help Me Stop"))
    assert len(data) <= 24_000
    Image.open(io.BytesIO(data)).verify()
    image = drawn(title)
    assert image.size == SIZE
    expected = {(5, 300): "paper", (600, 5): "glow", (1060, 370): "glow", (900, 600): "teal"}
    assert {place: image.getpixel(place) for place in expected} == {
        place: COLOURS[name] for place, name in expected.items()
    }


@pytest.mark.parametrize("section", ["Articles", ""])
@pytest.mark.parametrize("title", ["What changes gradually when you stop drinking for good and why", LONG, "Long" * 50])
def test_a_title_stays_in_its_place(title: str, section: str) -> None:
    """However long a title is, it touches neither the section above, nor the site's name below, nor the shape."""
    without, card = drawn("", section), drawn(title, section)
    top = 168 if section else 110
    for box in ((0, 0, 1200, top), (0, 490, 1200, 630), (880, 0, 1200, 630)):
        assert card.crop(box) == without.crop(box)
    assert card != without


def test_short_titles_are_larger() -> None:
    """The fewer words a title has, the larger are its letters."""
    tops = []
    for title in ("Hope", "Hope " * 12, "Hope " * 40):
        first = drawn(title).crop((84, 168, 110, 260)).point(lambda value: 255 * (value < 128)).getbbox()
        assert first
        # From the top of the line to that of its first letter: a share of the size.
        tops.append(first[1])
    assert tops == sorted(set(tops), reverse=True)


def test_a_press_draws_each_card_as_if_it_were_the_first() -> None:
    """What a press has drawn before changes nothing."""
    press = CardPress(COLOURS)
    for title, section in (("One", "Articles"), ("Two", ""), ("One", "Articles"), ("One", "")):
        assert drawn(title, section, press) == drawn(title, section)


def test_the_key_says_what_a_card_is_made_from() -> None:
    """Other words or colours have another key, the same ones the same."""
    card, press = SocialCard("Title", "Articles", "Site"), CardPress(COLOURS)
    keys = {
        press.key(card),
        press.key(SocialCard("Title", "Articles", "Site")),
        CardPress(dict(COLOURS)).key(card),
        CardPress({}).key(card),
        press.key(SocialCard("Other", "Articles", "Site")),
        press.key(SocialCard("Title", "Stories", "Site")),
        press.key(SocialCard("Title", "Articles", "Place")),
        press.key(SocialCard("", "Articles", "SiteTitle")),
    }
    assert len(keys) == 6


def test_letters_that_the_font_lacks_are_noticed() -> None:
    """The letters of a title that would be boxes are named, and no others."""
    assert CardPress(COLOURS).lacks("Zoë’s way – “on”\t") == set()
    assert CardPress(COLOURS).lacks("Hope 希望") == {"希", "望"}
