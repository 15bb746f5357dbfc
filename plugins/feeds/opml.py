"""Render the list of feeds as OPML 2.0, which feed readers import (http://opml.org/spec2.opml).

Each feed stands there once, as Atom. A reader subscribes to every outline, so that RSS and JSON beside it would show
each text three times, and OPML has no type for JSON Feed. The page /subscribe/ lists the other formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from lxml import etree

from plugins.feeds.channels import FOLDER, Channel
from plugins.feeds.metadata import SUFFIXES, FeedMetadata

PATH = f"{FOLDER}opml.xml"
MEDIA_TYPE = "text/x-opml"
#: The heading under which lists of feeds show the OPML file.
GROUP = "Everything"
SUBJECT = "A list of every feed"
FORM = "OPML"


def render(channels: Iterable[Channel], metadata: FeedMetadata) -> bytes:
    """Return the OPML list of ``channels`` by group, with their Atom addresses, because only Atom has tombstones."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = f"{metadata.publisher}: feeds"
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
                xmlUrl=metadata.address(channel.permalink(SUFFIXES["atom"])),
                htmlUrl=metadata.address(channel.page),
                language=metadata.site.language,
            )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
