"""Test the conversion of texts of WordPress and other programs to Markdown, without a lost word."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.importing.html_cleaning import DEEPEST, TooDeepError
from plugins.authoring.importing.item import KEPT_ITS_WORDS, Photo, Urgency
from plugins.authoring.importing.page_builders import BACKGROUND_LEFT_OUT
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
        ("[vc_row]x[/vc_row]", Urgency.CHANGED, "a part of a page builder became its words and pictures alone"),
        ("[note]x[/note]", Urgency.CHANGED, KEPT_ITS_WORDS),
        ("[note][/note]", Urgency.LOST, "a shortcode stood for something that only the old site could make"),
        ("[vc_gallery images='7']", Urgency.LOST, "pictures are not in the export"),
        ("[vc_row bg_image='7']x[/vc_row]", Urgency.LOST, BACKGROUND_LEFT_OUT),
        ("[vc_x values='Many words']", Urgency.LOST, "words in a setting of a page builder were left out"),
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


_LIBRARY = {"7": (Photo("/a.jpg", "A lake"), "By the lake"), "8": (Photo("/b.jpg", "A gate"), "")}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('[vc_single_image image="7" img_size="full"]', "![A lake](/a.jpg)\n\nBy the lake"),
        ('[vc_gallery images="8,7"]', "![A gate](/b.jpg)\n\n![A lake](/a.jpg)\n\nBy the lake"),
        ('[vc_single_image image="8" link="url:https%3A%2F%2Fx.example.net|title:x"]', "![A gate](/b.jpg)"),
        ('[et_pb_image src="/c.jpg" alt="A hill" /]', "![A hill](/c.jpg)"),
        ('[et_pb_image src="https://a.example.net/c.png?x=1"][/et_pb_image]', "![](https://a.example.net/c.png?x=1)"),
        ('[et_pb_gallery gallery_ids="8"]', "![A gate](/b.jpg)"),
        ('[et_pb_blurb title="A" image="/c.jpg" alt="B"]C[/et_pb_blurb]', "A\n\n![B](/c.jpg)\n\nC"),
        ('[fusion_imageframe image_id="8|full"]/c.jpg[/fusion_imageframe]', "![A gate](/c.jpg)"),
        ('[fusion_imageframe image_id="8"]<img src="/c.jpg" alt="D">[/fusion_imageframe]', "![D](/c.jpg)"),
        ("[av_image src='/c.jpg' attachment='8'][/av_image]", "![A gate](/c.jpg)"),
        ('[ux_image id="8"]', "![A gate](/b.jpg)"),
        ('[su_image_carousel source="media: 8"]', "![A gate](/b.jpg)"),
        ('[image src="/c.jpg" alt="A hill"]', "![A hill](/c.jpg)"),
        ('[team image="8"]Jo.[/team]', "![A gate](/b.jpg)\n\nJo."),
        ('[vc_btn title="Go" link="url:https%3A%2F%2Fx.example.net%2Fd|title:Go"]', "[Go](https://x.example.net/d)"),
        ('[et_pb_button button_url="https://x.example.net/d" button_text="Go"]', "[Go](https://x.example.net/d)"),
        ('[fusion_button link="https://x.example.net/d"]Go[/fusion_button]', "[Go](https://x.example.net/d)"),
        ("[vc_raw_html]JTNDcCUzRVJhdyUyMHdvcmRzJTNDJTJGcCUzRQ==[/vc_raw_html]", "Raw words"),
        ("[vc_column_text]One[/vc_column_text][vc_message]Two[/vc_message]", "One\n\nTwo"),
        ("[one_half]One[/one_half][one_half_last]Two[/one_half_last]", "One\n\nTwo"),
        ("[note]See https://x.example.net/ for more.[/note]", "See <https://x.example.net/> for more."),
        ('[toggle title="More"]Words[/toggle]', "More\n\nWords"),
    ],
)
def test_shortcodes_give_their_pictures_links_and_words(code: str, expected: str) -> None:
    """A shortcode with pictures, by number or by address, a button, and one around words keep all of them."""
    html, _ = plain_html(
        code, gallery=lambda ids: [_LIBRARY[one] for one in ids if one in _LIBRARY], pattern=lambda _: None
    )
    assert converted(html).markdown == f"{expected}\n"


def test_a_cover_without_its_picture_is_told() -> None:
    """The picture of a cover is in the text, or in a style that is left out. Only the second is told."""
    shown = '<div><img src="/a.jpg" alt="x"><p>Words.</p></div>'
    for inner, told in ((shown, []), ("<div><p>Words.</p></div>", ["/a.jpg"])):
        text = f'<!-- wp:cover {{"url":"/a.jpg"}} -->{inner}<!-- /wp:cover -->'
        _, notes = plain_html(text, gallery=lambda _: (), pattern=lambda _: None)
        assert [note.detail for note in notes] == told


def test_footnotes_of_the_block_editor_come_along() -> None:
    """WordPress keeps them beside the text."""
    mark = '<sup data-fn="a" class="fn"><a href="#a" id="a-link">1</a></sup>'
    html, notes = plain_html(
        f"<!-- wp:paragraph --><p>Words{mark}.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->",
        gallery=lambda _: (), pattern=lambda _: None, footnotes='[{"content":"A <em>note</em>.","id":"a"}]',
    )  # fmt: skip
    assert converted(html).markdown == "Words[^1].\n\n[^1]: A *note*.\n"
    assert notes == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Tea &amp; talk</h1><p>Words.</p>", "Words."),
        ("<div><h2><b>TEA &amp;&nbsp;TALK!</b></h2><p>Words.</p></div>", "Words."),
        ("<p><strong>Tea &amp; talk</strong></p><p>Words.</p>", "Words."),
        ("<p>Tea &amp; talk</p><p>Words.</p>", "Tea & talk\n\nWords."),
        ("<h2>Talk &amp; tea</h2><p>Words.</p>", "## Talk & tea\n\nWords."),
        ("<p>Words.</p><h2>Tea &amp; talk</h2><p>More.</p>", "Words.\n\n## Tea & talk\n\nMore."),
    ],
)
def test_a_first_heading_that_repeats_the_title_goes(html: str, expected: str) -> None:
    """A heading or bold line that begins a text and says what its title says is left out and counted."""
    made = converted(html, title="Tea & talk")
    told = [note.what for note in made.notes if note.what == "a first heading that repeated the title was left out"]
    assert made.markdown == f"{expected}\n"
    assert made.proof.holds
    assert len(told) == (expected == "Words.")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li><b><br>One</b></li><li><b>two three</b></li></ul>", "- **One**\n- **two three**\n"),
        ("<ul><li><b>One <br>two </b><b>three four</b></li></ul>", "- **One <br>two** **three four**\n"),
        ("<table><tr><td><code>a<br>b</code></td><td>c</td></tr></table>", "| `a b` | c |\n| --- | --- |\n"),
        ("<p>One<strong><br>two</strong></p>", "One\\\n**two**\n"),
        ("<p><a href='https://e.org/'>One<br></a></p>", "[One](https://e.org/)\n"),
        ("<p><b><strong>One</strong></b><i> two</i></p>", "**One** *two*\n"),
    ],
)
def test_line_breaks_and_spaces_in_emphasis_lose_no_word(html: str, expected: str) -> None:
    """Breaks and spaces at the ends of emphasis stand outside it, and emphasis within the same emphasis is one."""
    found = converted(html)
    assert found.markdown == expected
    assert not found.proof.lost


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
