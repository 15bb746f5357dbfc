"""Every feed is valid by the schema of its format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from tests.feeds.published import Published
from tests.feeds.reading import SeenFeed

_HERE = Path(__file__).parent
_RNG = etree.RelaxNG(etree.parse(_HERE / "atom.rng"))
_JSON_SCHEMA = json.loads((_HERE / "json-feed.schema.json").read_text(encoding="utf-8"))
_JSON = jsonschema.Draft202012Validator(_JSON_SCHEMA)


def _of(site: Published, form: str) -> list[SeenFeed]:
    found = [feed for feed in site.feeds if feed.form == form]
    assert found
    return found


def test_atom_schema(published: Published) -> None:
    """Every Atom document is valid by the RELAX NG schema of RFC 4287."""
    for feed in _of(published, "atom"):
        _RNG.assertValid(etree.fromstring(feed.data).getroottree())


def test_json_schema(published: Published) -> None:
    """Every JSON document is valid by a schema of JSON Feed 1.1."""
    jsonschema.Draft202012Validator.check_schema(_JSON_SCHEMA)
    for feed in _of(published, "json"):
        assert not [error.message for error in _JSON.iter_errors(json.loads(feed.data))], feed.path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<id>", "<id xmlns='urn:x'>"),
        ("<updated>20", "<updated>on 20"),
        ('<content type="html">', '<content type="CDATA">'),
        ("<summary>", "<summary type='application/xml'>"),
        ("</author>", "<nickname>x</nickname></author>"),
        ("</entry></feed>", "</entry><title>late</title></feed>"),
        (' xml:lang="en-GB"', ' xml:lang="English, of Britain"'),
        ("<published>", "<pubDate>x</pubDate><published>"),
    ],
)
def test_atom_schema_rejects(whole: Published, old: str, new: str) -> None:
    """The Atom schema rejects an invalid document."""
    text = next(feed for feed in whole.feeds if feed.path == "feeds/all.atom.xml").data.decode()
    assert old in text
    assert not _RNG.validate(etree.fromstring(text.replace(old, new, 1).encode()).getroottree())


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ("feed", "version", "https://jsonfeed.org/version/1"),
        ("feed", "home_page_url", "/"),
        ("feed", "author", {"name": "x"}),
        ("feed", "language", "British English"),
        ("item", "id", 7),
        ("item", "content_html", None),
        ("item", "date_published", "2026-11-23"),
        ("item", "tags", "one"),
        ("item", "attachments", [{"url": "https://example.org/x"}]),
        ("item", "pubDate", "x"),
    ],
)
def test_json_schema_rejects(whole: Published, where: str, key: str, value: object) -> None:
    """The JSON Feed schema rejects an invalid document."""
    feed: dict[str, Any] = json.loads(next(feed for feed in whole.feeds if feed.path == "feeds/all.json").data)
    target = feed if where == "feed" else feed["items"][0]
    target[key] = value
    assert list(_JSON.iter_errors(feed))


def test_opml_is_well_formed(published: Published) -> None:
    """The list of feeds is OPML with a titled head and a body of outlines."""
    root = etree.parse(published.output / "feeds" / "opml.xml").getroot()
    assert root.tag == "opml"
    assert [child.tag for child in root] == ["head", "body"]
    assert root.findtext("head/title")
    assert all(outline.get("text") for outline in root.iter("outline"))
