"""Test that splitting a feed into items does not change its findings."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.privacy_receipt import data as of_data
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.feed_splitter import split_json, split_xml
from plugins.privacy_receipt.origin import SiteOrigin
from tests.examples import examples
from tests.sites.building import Built

OURS = SiteOrigin("https://community.example")
_SAID = st.sampled_from([
    "<content>&lt;img src=/a.png&gt;</content>", "<content>&lt;img src=//other.example/a.png&gt;</content>",
    "<content>&lt;a href=https://other.example/&gt;x&lt;/a&gt;</content>", '<link rel="hub" href="https://hub.example/"/>',
    '<m:thumbnail url="/a.png"/>', '<m:thumbnail url="//other.example/a.png"/>', "<icon>https://other.example/</icon>",
    "<entry>words</entry>", "<entry/>", "<item><uri>x</uri></item>", "<!-- words -->", "<?x words?>", "words",
    "<entry >words</entry >",
])  # fmt: skip
#: Text that is not valid XML, or changes the meaning of its surroundings.
_STRAY = st.sampled_from([
    "<!--", "-->", "<![CDATA[", "]]>", "<?x ", "?>", "<entry>", "</entry>", "</feed>", "&e;", "<x:a/>",
    "<a b='", "'/>", "<a",
])  # fmt: skip
_INSIDE = st.lists(_SAID | _SAID | _SAID | _STRAY, max_size=3).map("".join)
_AROUND = st.sampled_from([
    ("", ""), ("<channel>", "</channel>\n"), ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?x ", "?>"), ("<a b='", "'/>"),
    ("<a xmlns:x='x'>", "</a>"), ("", "<entry>"), ("<!-- ", ""),
])  # fmt: skip
_BEGINS = "<?xml version='1.0' encoding='UTF-8'?>"
_FEED = st.sampled_from([
    (f"{_BEGINS}\n<?xml-stylesheet href='/a.css'?><feed xmlns='y' xmlns:m='x'>", "</feed>\n"),
    (f"{_BEGINS}<?xml-stylesheet href='//other.example/a.css'?><feed xmlns:m='x' src='/a.png'>", "</feed>"),
    (f"{_BEGINS}<!DOCTYPE feed [<!ENTITY e '<a/>'>]><feed xmlns:m='x'>", "</feed>"),
    (f"{_BEGINS}<feed src='//other.example/>'>", "</feed>"),
    ("<?xml version='1.0' encoding='UTF-16'?><feed>", "</feed>"),
    (f"{_BEGINS}<entry>", "</entry>"), ("<feed xmlns:m='x'>", "</feed>"), (f"{_BEGINS}<feed/>", ""),
])  # fmt: skip
_ENTRIES = st.lists(_INSIDE.map("<entry>{}</entry>".format) | _SAID, max_size=4).map("".join)
_PLAIN, _FETCHES = (f"{_BEGINS}<feed>", "</feed>"), "<entry><img src='/a.png'/></entry>"


@example(feed=_PLAIN, around=("<!--", "-->"), text="", entries=_FETCHES, before=False)
@example(feed=_PLAIN, around=("<![CDATA[", "]]>"), text="", entries=_FETCHES, before=False)
@example(feed=_PLAIN, around=("<?x ", "?>"), text="", entries=_FETCHES, before=False)
@example(feed=_PLAIN, around=("", "<entry>"), text="", entries=_FETCHES, before=False)
@given(feed=_FEED, around=_AROUND, text=_INSIDE, entries=_ENTRIES, before=st.booleans())
@settings(max_examples=examples(1_000), deadline=None)
def test_a_feed_that_is_cut_tells_what_it_tells_whole(
    feed: tuple[str, str], around: tuple[str, str], text: str, entries: str, *, before: bool
) -> None:
    """The findings are the same for a split and a whole feed, well-formed or not."""
    document = "".join((feed[0], text * before, around[0], entries, around[1], feed[1]))
    cache = FragmentCache(OURS)
    whole = of_data._read_xml(document.encode(), "a.xml", FragmentCache(OURS), is_item=False)
    for _ in range(2):
        assert of_data.read_xml(document.encode(), "a.xml", cache) == whole


_MEMBERS = [
    '"content_html":"<img src=/a.png>"',
    '"content_html":"<img src=//other.example/a.png>"',
    '"image":"/a.png"',
    '"image":"//other.example/a.png"',
    '"attachments":[{"url":"/a.png"}]',
    '"attachments":[{"id":"a","url":"//other.example/a.png"},{"id":"b"}]',
    '"hubs":[{"url":"https://hub.example/"}]',
    '"summary":"},{\\"id\\":"',
    '"items":[{"id":"x"}]',
    # The rest is not valid JSON, or ends something.
    "", '"', "}", "]", "},", '},{"id":', ',"items":[', "\xff", "{", "0",
]  # fmt: skip
_INNER = st.lists(st.sampled_from(_MEMBERS), max_size=3).map(",".join)


@example('{"items":"https://other.example/",', '"a":"b"', '{"id":"1"}', "]}\n")
@example("{", "", '{"id":"1"}', "]}\n")
@given(
    st.sampled_from(['{"version":"1",', "{", "", "[", '{"items":"//other.example/a.png",', '{"image":"']),
    _INNER,
    st.lists(_INNER.map('{{"id":"1",{}}}'.format) | st.sampled_from(['{"id":"1"}', "0"]), max_size=4).map(",".join),
    st.sampled_from(["]}\n", "]}", "]\n", "}]}\n", "]},0\n"]),
)
@settings(max_examples=examples(1_000), deadline=None)
def test_a_json_feed_that_is_cut_tells_what_it_tells_whole(head: str, before: str, items: str, end: str) -> None:
    """The findings are the same for a split and a whole JSON Feed, valid or not."""
    data = f'{head}{before},"items":[{items}{end}'.encode("latin-1")
    cache = FragmentCache(OURS)
    whole = of_data._read_json(data, "a.json", FragmentCache(OURS), is_item=False)
    for _ in range(2):
        assert of_data.read_json(data, "a.json", cache) == whole


def test_the_feeds_of_a_site_are_cut(full: Built) -> None:
    """Every feed document with items is split into as many parts."""
    for path in full.files():
        data = (full.output / path).read_bytes()
        if path.startswith("feeds/") and path.endswith((".atom.xml", ".rss.xml", ".json")):
            number = len(re.findall(rb'<(?:item|entry)>|"date_published":', data))
            parts = split_json(data) if path.endswith(".json") else split_xml(data)
            assert len(parts.items if parts else ()) == number, path
