"""The feeds keep every lint rule, and the lint finds every broken rule."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from tests.feeds.lint import RULES, lint, names
from tests.feeds.published import Published

_RSS, _ATOM, _JSON = "feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/all.json"
_ARCHIVE, _OPML = "feeds/all/archive-1.atom.xml", "feeds/opml.xml"
_PAGE = "articles/text-1/index.html"


class Broken(Struct, frozen=True):
    """A rule, and how to break it: in ``path``, the first match of the pattern ``old`` becomes ``new``."""

    rule: str
    path: str
    old: str
    new: str


BROKEN = (
    Broken("stylesheet", _RSS, r"<\?xml-stylesheet.*?\?>", ""),
    Broken("stylesheet", _ATOM, r'type="text/css"', 'type="text/xsl"'),
    Broken("stylesheet", _ATOM, r"feed\.css", "other.css"),
    Broken("self-link", _RSS, r'(href="[^"]*)all\.rss\.xml" rel="self"', r'\1other.rss.xml" rel="self"'),
    Broken("self-link", _JSON, r'"feed_url":"[^"]*"', '"feed_url":"https://example.org/"'),
    Broken("page", _RSS, r"<link>[^<]*</link>", "<link>https://example.org/community/none/</link>"),
    Broken("page-links", _RSS, r"(<item>)", r'\1<a xmlns="http://www.w3.org/1999/xhtml" href="/">x</a>'),
    Broken("page-links", _ATOM, r'<div xmlns="http://www.w3.org/1999/xhtml">.*?</div>', ""),
    Broken("page-links", _ATOM, r'(<a href="https://example.org/community/)', r"\1none/"),
    Broken("page-links", _ATOM, r"<feed ", '<feed xmlns:xhtml="http://www.w3.org/1999/xhtml" '),
    Broken("channel", _RSS, r"<language>[^<]*</language>", ""),
    Broken("channel", _RSS, r"<copyright>[^<]*</copyright>", ""),
    Broken("channel", _RSS, r"<ttl>[^<]*</ttl>", ""),
    Broken("channel", _RSS, r"<generator>[^<]*</generator>", ""),
    Broken("channel", _RSS, r"<sy:updatePeriod>[^<]*</sy:updatePeriod>", ""),
    Broken("channel", _RSS, r"<image>.*?</image>", ""),
    Broken("channel", _ATOM, r"sy:updatePeriod>daily</sy:updatePeriod", "sy:UpdatePeriod>daily</sy:UpdatePeriod"),
    Broken("channel", _ATOM, r"<rights>[^<]*</rights>", ""),
    Broken("channel", _ATOM, r"<icon>[^<]*</icon>", ""),
    Broken("channel", _ATOM, r"<logo>[^<]*</logo>", ""),
    Broken("channel", _ATOM, r' xml:lang="[^"]*"', ""),
    Broken("channel", _JSON, r'"language":"en-GB",', ""),
    Broken("pictures", _ATOM, r"logo\.png", "none.png"),
    Broken("hub", _RSS, r'<atom:link [^>]*rel="hub"[^>]*/>', ""),
    Broken("hub", _JSON, r'"hubs":\[.*?\],', ""),
    Broken("hub", _ARCHIVE, r"(<link )", r'<link href="https://hub.example.org/" rel="hub"/>\1'),
    Broken("unique-ids", _RSS, r"(<item>.*?</item>)", r"\1\1"),
    Broken("order", _ATOM, r"(<entry>.*?</entry>)(.*?)(<entry>.*?</entry>)(?=</feed>)", r"\3\2\1"),
    Broken(
        "duplicate-updated",
        _ATOM,
        r"(<entry>.*?<updated>)([^<]*)(.*?<entry>.*?<updated>)[^<]*",
        r"\g<1>\g<2>\g<3>\g<2>",
    ),
    Broken("last-change", _RSS, r"<lastBuildDate>[^<]*<", "<lastBuildDate>Mon, 23 Nov 2026 00:00:00 +0000<"),
    Broken("last-change", _ATOM, r"<updated>[^<]*<", "<updated>2026-11-23T00:00:00+00:00<"),
    Broken("size", _RSS, r"(<content:encoded>)", r"\1" + "long " * 60_000),
    Broken("history", _ARCHIVE, r'<link [^>]*rel="current"[^>]*/>', ""),
    Broken("history", _ARCHIVE, r"<fh:archive/>", ""),
    Broken("history", _ATOM, r'archive-\d\.atom\.xml" rel="prev', 'archive-9.atom.xml" rel="prev'),
    Broken("history", _ARCHIVE, r'archive-2\.atom\.xml" rel="next', 'archive-9.atom.xml" rel="next'),
    Broken("archive-incomplete", _ARCHIVE, r'<link [^>]*rel="next-archive"[^>]*/>', ""),
    Broken("titles", _RSS, r"&#x26;", "&amp;"),
    Broken("tombstones", _ATOM, r"<at:deleted-entry [^>]*/>", ""),
    Broken("atom-authors", "feeds/commitments.atom.xml", r"(?s)<author>.*?</author>(.*?)<author>.*?</author>", r"\1"),
    Broken("id", _RSS, r"<guid isPermaLink=\"false\">tag:[^<]*<", '<guid isPermaLink="false">https://example.org/x<'),
    Broken("id", _RSS, r'isPermaLink="false"', 'isPermaLink="true"'),
    Broken("id", _JSON, r'"id":"tag:[^"]*"', '"id":"text-45"'),
    Broken("absolute", _RSS, r'lt;a href="https://example.org/community/', 'lt;a href="/community/'),
    Broken("absolute", _ATOM, r'src="https://example.org/community/', 'src="../'),
    Broken("absolute", _JSON, r'(?<="items":)(.*?)"url":"https://example.org/community/', r'\1"url":"/'),
    Broken("sanitised", _RSS, r"(<content:encoded>)", r"\1&lt;script&gt;alert(1)&lt;/script&gt;"),
    Broken(
        "sanitised", _ATOM, r'(<content type="html">)', r'\1&lt;iframe src="https://example.org/"&gt;&lt;/iframe&gt;'
    ),
    Broken("sanitised", _JSON, r'("content_html":")', r"\1<form></form>"),
    Broken("sanitised", _RSS, r"&lt;p&gt;", '&lt;p style="color:red"&gt;'),
    Broken("sanitised", _ATOM, r"&lt;p&gt;", '&lt;p onclick="alert(1)"&gt;'),
    Broken("whole-images", _RSS, r"(&lt;img [^&]*?)alt=", r"\1title="),
    Broken("whole-images", _ATOM, r' width="40"(?! ?/)(?= height)', ""),
    Broken("texts", _RSS, r"<content:encoded>[^<]*<", "<content:encoded><"),
    Broken("texts", _ATOM, r"<summary>[^<]*<", "<summary><"),
    Broken("texts", _JSON, r'"summary":"[^"]*",', ""),
    Broken("note-first", _RSS, r"<description>Content note: [^.]*\. ", "<description>"),
    Broken("note-first", _ATOM, r"(&lt;p&gt;&lt;strong&gt;Content note)", r"&lt;p&gt;First.&lt;/p&gt;\1"),
    Broken("help-last", _RSS, r"(</content:encoded>)", r"&lt;p&gt;More.&lt;/p&gt;\1"),
    Broken("author", _RSS, r"<dc:creator>[^<]*</dc:creator>", ""),
    Broken("author", _JSON, r'("date_modified":"[^"]*"),"authors":\[[^]]*\]', r"\1"),
    Broken("dates", _RSS, r"<pubDate>[^<]*</pubDate>", ""),
    Broken("dates", _ATOM, r"(<entry>.*?<updated>)[^<]*", r"\g<1>2001-01-01T00:00:00+00:00"),
    Broken("dates", _JSON, r'"date_modified":"[^"]*",', ""),
    Broken("enclosure", _RSS, r'(<enclosure [^>]*length=")\d+', r"\g<1>0"),
    Broken("enclosure", _ATOM, r'(<link [^>]*?) rel="enclosure"', r"\1"),
    Broken("enclosure", _RSS, r"<media:thumbnail [^>]*/>", ""),
    Broken(
        "redacted", _JSON, r"(was withdrawn and is no longer on our site\.)(</p>)", r"\1" + " It said much." * 9 + r"\2"
    ),
    Broken("no-tracking", _RSS, r"https://example\.com/\?a=1", "https://example.com/?utm_source=feed"),
    Broken("no-tracking", _ATOM, r'(<content type="html">)', r'\1&lt;img src="https://pixel.example.com/1.gif"&gt;'),
    Broken("same-everywhere", _JSON, r'"title":"Text 42"', '"title":"Text 43"'),
    Broken("whole-past", _RSS, r'<atom:link [^>]*rel="prev-archive"[^>]*/>', ""),
    Broken("whole-past", "feeds/all/archive-2.rss.xml", r'<atom:link [^>]*rel="prev-archive"[^>]*/>', ""),
    Broken(
        "whole-past", _JSON, r'"language"', '"next_url":"https://example.org/community/feeds/articles.json","language"'
    ),
    Broken("opml", _OPML, r'<outline type="rss"[^>]*/>', ""),
    Broken("opml", _OPML, r"topics/work\.atom\.xml", "topics/play.atom.xml"),
    Broken("announced", _PAGE, r'<link rel="alternate" type="application/rss\+xml"[^>]*>', ""),
    Broken("announced", _PAGE, r'(<link rel="alternate"[^>]*>)', r"\1\1"),
    Broken("announced", _PAGE, r"feeds/all\.rss\.xml", "feeds/all.atom.xml"),
    Broken("announced", "topics/work/index.html", r"feeds/topics/work\.rss\.xml", "feeds/all.rss.xml"),
    Broken("subscribe-page", "subscribe/index.html", r'href="[^"]*feeds/topics/work\.json"', 'href="/"'),
)


def test_feeds_keep_every_rule(published: Published) -> None:
    """The feeds of a built site break no rule."""
    assert not lint(published)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.rule}-{Path(broken.path).name}")
def test_lint_finds_a_broken_rule(whole: Published, folder: Path, broken: Broken) -> None:
    """The lint finds the broken rule in a copy of the site."""
    output = _copy(whole, folder)
    file = output / broken.path
    text, count = re.subn(broken.old, broken.new, file.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1, "the mutation found nothing to break"
    file.write_text(text, encoding="utf-8")
    assert broken.rule in names(lint(Published(output, whole.url, whole.authority, whole.hub)))


@pytest.mark.parametrize(
    ("rule", "path"), [("pictures", "feeds/icon.png"), ("same-everywhere", "feeds/topics/work.json")]
)
def test_lint_finds_a_missing_file(whole: Published, folder: Path, rule: str, path: str) -> None:
    """The lint finds that a file is missing in a copy of the site."""
    output = _copy(whole, folder)
    (output / path).unlink()
    assert rule in names(lint(Published(output, whole.url, whole.authority, whole.hub)))


def test_lint_finds_an_unlinked_archive(whole: Published, folder: Path) -> None:
    """The lint finds an archive without links to it."""
    output = _copy(whole, folder)
    for suffix in (".rss.xml", ".atom.xml"):
        shutil.copy(output / f"feeds/all/archive-1{suffix}", output / f"feeds/all/archive-7{suffix}")
    assert "whole-past" in names(lint(Published(output, whole.url, whole.authority, whole.hub)))


def test_every_rule_has_a_mutation() -> None:
    """The mutations break every rule."""
    assert {broken.rule for broken in BROKEN} == set(RULES)


def _copy(site: Published, folder: Path) -> Path:
    link: Callable[[str, str], object] = shutil.copyfile
    return Path(shutil.copytree(site.output, folder / "output", copy_function=link))
