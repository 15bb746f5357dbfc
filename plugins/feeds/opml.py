"""OPML: the list of the feeds, for readers that import one (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from lxml import etree

from plugins.feeds.channels import FOLDER, Channel
from plugins.feeds.metadata import SUFFIXES, Masthead

PATH = f"{FOLDER}opml.xml"
MEDIA_TYPE = "text/x-opml"
#: The heading under which lists of feeds show it.
GROUP = "Everything"
SUBJECT = "A list of every feed"
FORM = "OPML"


def render(channels: Iterable[Channel], masthead: Masthead) -> bytes:
    """Return the list of ``channels`` by group, each once, as Atom, which can say that something was withdrawn."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = f"{masthead.publisher}: feeds"
    etree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = etree.SubElement(root, "body")
    for group, members in groupby(channels, key=lambda channel: channel.group):
        outline = etree.SubElement(body, "outline", text=group)
        for channel in members:
            etree.SubElement(
                outline,
                "outline",
                type="rss",
                text=channel.title,
                title=channel.title,
                description=channel.description,
                xmlUrl=masthead.address(channel.permalink(SUFFIXES["atom"])),
                htmlUrl=masthead.address(channel.page),
                language=masthead.site.language,
            )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
