"""Texts that are known to break feeds and feed readers."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from plugins.content_model.article import Article
from plugins.content_model.page import Person
from plugins.engine.build import Build
from plugins.views.views import Picture
from tests.feeds.planning import build
from tests.sites.writing import article, entry

_PICTURE = Picture("/images/cover-0123456789.jpg", 1200, 675, "", length=48_213)


class Hostile(Struct, frozen=True):
    """A hostile text.

    Attributes:
        slug: names the case.
        title: as written.
        body: HTML.
        shown: the title that every parser must read, if it differs from ``title``.
        summary: as written.
        day: of publication.
        image: whether the entry has a picture.
    """

    slug: str
    title: str
    body: str
    shown: str = ""
    summary: str = "A summary."
    day: str = "2026-06-01"
    image: bool = False


CASES = (
    Hostile(
        "ampersand",
        "Rest & recovery: A&E, R&amp;R",
        "<p>Rest &amp; recovery, &amp;amp; written out.</p>",
        summary="This & that; &lt; as typed.",
    ),
    Hostile("angle-brackets", "If a < b and b > a, what is <3?", "<p>1 &lt; 2 &gt; 0</p>", summary="a < b"),
    Hostile("markup-in-title", "<em>Not</em> markup &amp; <script>alert(1)</script> <br>", "<p>Text</p>"),
    Hostile("quotation-marks", "“Don’t” said 'she' \"twice\"", "<p>“Quoted” &quot;plain&quot; 'single'</p>"),
    Hostile("emoji", "Sober 🎉 summer 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "<p>Well done 🎉👩‍👩‍👧‍👦</p>", summary="🎉"),
    Hostile("right-to-left", "עברית ו-English", '<p dir="rtl" lang="ar">مرحبا بالعالم</p>', summary="مرحبا"),
    Hostile(
        "control-characters",
        "A\x00 bell\x07 rings\x1b\ufffe",
        "<p>A\x00 bell\x07 rings\x0b\x85\ufffe.</p>",
        shown="A bell rings",
        summary="Ring\x08ing",
    ),
    Hostile("cdata-end", "An end ]]> of CDATA", "<p>Text ]]&gt; more <![CDATA[inside]]></p>", summary="]]>"),
    Hostile(
        "relative-links",
        "Relative links",
        '<p><a href="/articles/emoji/">root</a> <a href="../emoji/">folder</a> <a href="#part">part</a> '
        '<a href="?page=2">query</a> <a href="//example.com/x">scheme</a></p>',
    ),
    Hostile(
        "script",
        "A script runs",
        '<p onclick="alert(1)" style="color:red">Text</p><script>alert("x")</script><iframe src="/x"></iframe>'
        '<form action="/x"><input name="y"></form><a href="javascript:alert(1)">link</a>'
        '<svg onload="alert(1)"><script>alert(2)</script></svg><object data="/x"></object>',
    ),
    Hostile(
        "tracking",
        "Tracking",
        '<p><a href="https://example.com/?utm_source=x&amp;id=7&amp;fbclid=y">away</a>'
        '<img src="https://pixel.example.com/1.gif" width="1" height="1" alt=""></p>',
    ),
    Hostile(
        "missing-images",
        "Missing images",
        '<p>Before <img src="gone.jpg" alt="A lost picture"> after <img src="/images/other.jpg"> end '
        '<img alt="No address"> <img src="/images/cover-0123456789.jpg"></p>',
        image=True,
    ),
    Hostile(
        "very-long", "A very long text", "<p>" + "Many words make a long text of no great meaning. " * 1000 + "</p>"
    ),
    Hostile("equal-date-a", "Equal dates, first", "<p>First.</p>", day="2026-07-01"),
    Hostile("equal-date-b", "Equal dates, second", "<p>Second.</p>", day="2026-07-01"),
    Hostile("equal-date-c", "Equal dates, second", "<p>Second.</p>", day="2026-07-01"),
    Hostile("white-space", "  Much \t white \n space  ", "<pre>  kept\n    as is\n</pre>", shown="Much white space"),
    Hostile("unclosed", "Unclosed markup", "<p>One <b>bold <i>both</b> two</i><ul><li>item<li>item"),
    Hostile(
        "odd-addresses",
        "Odd addresses",
        '<p><a href="https://example.com/a b/ü?q=é#ß">spaces</a> <a href="http://[broken">broken</a> '
        '<a href="data:text/html,x">data</a> <a href="mailto:a@example.org">mail</a></p>',
    ),
    Hostile("entities", "Caf&eacute; &#233; &nbsp; é", "<p>&nbsp;caf&eacute; &copy; &#x1F389; &unknown;</p>"),
)


def corpus() -> Build:
    """Return a build of all hostile texts, with planned feeds."""
    person = entry(Person, "editor", title="Ed & Co <editors>")
    return build(
        person,
        *(_article(case) for case in CASES),
        bodies={case.slug: case.body for case in CASES},
        topics=("work", "r-and-r"),
        pictures={f"articles/{case.slug}/cover.jpg": _PICTURE for case in CASES},
    )


def _article(case: Hostile) -> Article:
    image = {"file": "cover.jpg", "alt": 'A "cover" & <more>'} if case.image else None
    valid = article(case.slug, published=case.day, image=image, topics=["work", "r-and-r"])
    # Validation refuses some of these texts.
    return valid.model_copy(update={"title": case.title, "summary": case.summary})


def day(case: Hostile) -> dt.date:
    """Return the day of publication."""
    return dt.date.fromisoformat(case.day)
