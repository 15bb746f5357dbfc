"""JSON Feed: a document of a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.item_cache import Pieces
from plugins.feeds.items import Author, Enclosure, FeedItem
from plugins.feeds.metadata import ICON, IMAGE, DocumentAddresses, Masthead

VERSION = "https://jsonfeed.org/version/1.1"
_COMMENT = (
    "This is a feed: it lets you follow this site in private. Copy its address into a feed reader. "
    "What a feed is, and how to choose a reader: "
)


def render(channel: Channel, document: FeedDocument, masthead: Masthead, pieces: Pieces) -> bytes:
    """Return ``document`` of ``channel`` as JSON Feed 1.1, its keys in the order of the specification."""
    addresses = DocumentAddresses.of(channel, document, masthead, "json")
    language = masthead.site.language
    hub = "" if document.name else masthead.settings.hub
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": addresses.page,
        "feed_url": addresses.own,
        "description": channel.description,
        "user_comment": _COMMENT + masthead.address(masthead.subscribe),
        "next_url": addresses.previous,
        "icon": masthead.address(ICON),
        "favicon": masthead.address(IMAGE),
        "authors": [{"name": masthead.publisher, "url": masthead.address("/")}],
        "language": language,
        "hubs": [{"type": "WebSub", "url": hub}] if hub else [],
    }
    items = b",".join(pieces.of(document.items, language, _piece))
    return b'%b,"items":[%b]}\n' % (_written(feed).removesuffix(b"}"), items)


def _written(said: dict[str, Any]) -> bytes:
    """Return ``said`` without what is empty in it."""
    kept = {key: value for key, value in said.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _piece(item: FeedItem, language: str) -> bytes:
    image = item.image
    made: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "image": image.url if image else "",
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [_author(item.author)] if item.author else [],
        "tags": [category.name for category in item.categories],
        "language": language,
        "attachments": [_attachment(image)] if image else [],
    }
    return _written(made)


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url} if author.url else {"name": author.name}


def _attachment(image: Enclosure) -> dict[str, str | int]:
    return {"url": image.url, "mime_type": image.media_type, "size_in_bytes": image.length}
