"""Test the conversion of texts of WordPress and other programs to Markdown, without a lost word."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.importing.html_cleaning import DEEPEST, TooDeepError
from plugins.authoring.importing.item import Photo, Urgency
from plugins.authoring.importing.shortcodes import replace_shortcodes
from plugins.authoring.importing.wordpress_body import plain_html
from tests.authoring.importing.world import converted, converted_post

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_text_becomes_our_markdown(case: Path) -> None:
    """The body of each post becomes the expected Markdown."""
    made, _ = converted_post((case / "body.html").read_text(encoding="utf-8"))
    assert made == (case / "expected.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_converted_stays_as_it_is(case: Path) -> None:
    """The site's Markdown, rendered and imported again, has the same words."""
    made, _ = converted_post((case / "body.html").read_text(encoding="utf-8"))
    again = converted(f"<pre>{made.replace('&', '&amp;').replace('<', '&lt;')}</pre>")
    assert again.proof.holds


@pytest.mark.parametrize(
    ("text", "urgency", "what"),
    [
        ("[contact-form-7 id='1']", Urgency.LOST, "a shortcode stood for something that only the old site could make"),
        ("[vc_row]x[/vc_row]", Urgency.CHANGED, "a part of a page builder became its text alone"),
        ("<form>x</form>", Urgency.LOST, "a form was left out"),
        (
            "<iframe src='https://a.example/1'></iframe>",
            Urgency.CHANGED,
            "a video, a map or another embed became a link",
        ),
        ("<script>x</script>", Urgency.LEFT_OUT, "a script was left out"),
        ("a<!--nextpage-->b", Urgency.LEFT_OUT, "a break between pages was left out"),
        (
            '<!-- wp:latest-posts {"n":3} /-->',
            Urgency.LOST,
            "a block stood for something that only the old site could make",
        ),
        ('<!-- wp:block {"ref":9} /-->', Urgency.LOST, "a block that several posts shared is not in the export"),
        ("<p><a href='javascript:x()'>a</a></p>", Urgency.LOST, "a link led to no address of the web"),
    ],
)
def test_what_is_lost_is_told(text: str, urgency: Urgency, what: str) -> None:
    """Each part that cannot be kept is noted, with its urgency."""
    _, notes = converted_post(text)
    assert (urgency, what) in {(note.urgency, note.what) for note in notes}


def test_a_gallery_becomes_pictures() -> None:
    """The pictures of a gallery become consecutive pictures with captions."""
    known = {"7": (Photo("a.jpg", "A lake"), "By the lake"), "8": (Photo("b.jpg"), "")}
    html, _ = replace_shortcodes('x [gallery ids="8,7"] y', lambda ids: [known[one] for one in ids])
    made = converted(html)
    assert "![](b.jpg)\n\n![A lake](a.jpg)\n\nBy the lake" in made.markdown


def test_a_shared_block_is_put_in() -> None:
    """A shared block is inserted in each post. A block that includes itself does not recurse forever."""
    html, notes = plain_html(
        '<!-- wp:block {"ref":3} /-->',
        gallery=lambda _: (),
        pattern=lambda _: '<p>Shared.</p><!-- wp:block {"ref":3} /-->',
    )
    assert html.count("<p>Shared.</p>") == 5
    assert notes[-1].what == "a block that several posts shared is not in the export"


def test_a_text_that_is_nested_without_end_is_refused() -> None:
    """HTML that is nested too deeply is an error with a message."""
    with pytest.raises(TooDeepError, match=str(DEEPEST)):
        converted("<div>" * 5_000 + "x")
