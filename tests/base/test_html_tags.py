"""The tags of a text are those that a parser finds, or there is no answer."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.base import html_tags
from plugins.base.html_tags import Element, TagReader, attributes_of

_PIECES = [
    "<p>", "</p>", '<a href="/a">', '<a href="/a">', "<a href='/a>b'>", "<A HREF=/a>", '<a href="a&amp;b" href="c">',
    '<img src="/a.png" alt="x > y">', '<a title="<b>">', '<a title="<script>">', "<br/>", "<x:y z>", "<b\n\tc = 'd'>",
    "<script>'<i class=gone>'</script>", '<script type="a">b</script >', "<style>p{}</style>", "<script>", "</script>",
    "<!-- <b class=gone> -->", '<b c="', '">', "<b c'd>", '<b c=d"e>', "<", "a < b", "words", "&lt;b&gt;", "\0",
]  # fmt: skip

_RAW, _ADDED = frozenset({"script", "style"}), frozenset({"body", "head"})


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_tags_are_those_of_a_parser(text: str) -> None:
    """Each element occurs as often as a parser finds it, with its attributes and its text."""
    html = f'<!doctype html><html lang="en"><main>{text}'
    reader = TagReader()
    tags = reader.start_tags(html)
    if tags is None:
        return
    found = Counter[Element | None]()
    for tag, number in tags.items():
        found[reader.element(tag)] += number
    expected = Counter(
        Element(str(each.tag), attributes_of(each), str(each.xpath("string()")) if each.tag in _RAW else "")
        for each in etree.HTML(html).iter(etree.Element)
        if each.tag not in _ADDED and (each.tag != "p" or each.attrib)
    )
    # A parser adds a paragraph around words.
    del found[Element("p", ())]
    assert found == expected


@pytest.mark.parametrize("text", ["<p>words", '<a title="a > b">', "<script>a < b</script>", "<p>a < b"])
def test_a_common_text_has_an_answer(text: str) -> None:
    """Tags, values with any characters, and scripts need no parser."""
    assert TagReader().start_tags(f"<!doctype html>{text}") is not None


@pytest.mark.parametrize("text", ["<!-- a -->", '<b c="', "<b c'd>", "<script>a", "<textarea><b></textarea>", "\0"])
def test_an_unclear_text_has_no_answer(text: str) -> None:
    """A comment, a quotation mark in a wrong place, and text that is not HTML need a parser."""
    assert TagReader().start_tags(f"<!doctype html>{text}") is None


def test_few_tags_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of many different tags keeps the last ones, and reads each as before."""
    monkeypatch.setattr(html_tags, "MAX_TAGS", 3)
    reader, tags = TagReader(), [f'<a href="/{number}">' for number in range(10)]
    assert [reader.element(tag) for tag in (*tags, *tags)] == [TagReader().element(tag) for tag in (*tags, *tags)]
    assert reader.start_tags("".join(tags)) == Counter(tags)
    assert max(len(reader._elements), len(reader._clear)) <= 3
