"""Social cards."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from plugins.images.palette import palette
from plugins.images.social_card import SIZE, Letters, SocialCard
from tests.sites.building import ROOT

COLOURS = palette(ROOT / "theme")


@pytest.mark.parametrize(
    "title",
    ["Stories", "What changes when you stop", "A long title " * 12, "Unbrokenletters" * 9, "“Quoted” – naïve café"],
)
def test_a_card_is_small_and_of_the_size_that_services_ask_for(title: str) -> None:
    """Any title gives a PNG of 1200 by 630 and at most 60 kB, in the theme's colours."""
    data = SocialCard(title, "Articles", "Help Me Stop").draw(COLOURS)
    assert len(data) <= 60_000
    image = Image.open(io.BytesIO(data)).convert("RGB")
    assert image.size == SIZE
    assert image.getpixel((5, 300)) == pytest.approx(COLOURS["paper"], abs=3)


def test_the_key_says_what_a_card_is_made_from() -> None:
    """Other words or colours have another key, the same ones the same."""
    card = SocialCard("Title", "Articles", "Site")
    keys = {
        card.key(COLOURS),
        SocialCard("Title", "Articles", "Site").key(dict(COLOURS)),
        card.key({}),
        SocialCard("Other", "Articles", "Site").key(COLOURS),
        SocialCard("Title", "Stories", "Site").key(COLOURS),
    }
    assert len(keys) == 4
    assert card.draw(COLOURS) == card.draw(COLOURS)


def test_letters_that_the_font_lacks_are_noticed() -> None:
    """A title of which some letters would be boxes is not drawn."""
    assert SocialCard("Zoë’s way", "", "").is_drawable(Letters())
    assert not SocialCard("希望", "", "").is_drawable(Letters())


def test_the_palette_is_that_of_the_tokens() -> None:
    """The colours of the light scheme are read; a theme without tokens has none."""
    assert COLOURS["teal"] == (31, 77, 74)
    assert palette(ROOT / "tests") == {}
