"""Render a feed document as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.item_cache import ItemCache
from plugins.feeds.items import Author, Enclosure, FeedItem
from plugins.feeds.metadata import ICON, IMAGE, DocumentAddresses, FeedMetadata

VERSION = "https://jsonfeed.org/version/1.1"
_COMMENT = (
    "This is a feed: it lets you follow this site in private. Copy its address into a feed reader. "
    "What a feed is, and how to choose a reader: "
)


def render(channel: Channel, document: FeedDocument, metadata: FeedMetadata, item_cache: ItemCache) -> bytes:
    """Return ``document`` of ``channel`` as JSON Feed 1.1, with the keys in the order of the specification.

    It links to no archives, because few readers of JSON Feed fetch them.
    """
    addresses = DocumentAddresses.of(channel, document, metadata, "json")
    language = metadata.site.language
    hub = metadata.settings.hub
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": addresses.page,
        "feed_url": addresses.own,
        "description": channel.description,
        "user_comment": _COMMENT + metadata.address(metadata.subscribe),
        "icon": metadata.address(ICON),
        "favicon": metadata.address(IMAGE),
        "authors": [{"name": metadata.publisher, "url": metadata.address("/")}],
        "language": language,
        "hubs": [{"type": "WebSub", "url": hub}] if hub else [],
    }
    items = b",".join(item_cache.render(document.items, language, render_item))
    return b'%b,"items":[%b]}\n' % (_to_json(feed).removesuffix(b"}"), items)


def _to_json(fields: dict[str, Any]) -> bytes:
    """Return ``fields`` without its empty values as compact JSON."""
    present = {key: value for key, value in fields.items() if value}
    return json.dumps(present, ensure_ascii=False, separators=(",", ":")).encode()


def render_item(item: FeedItem, language: str) -> bytes:
    """Return ``item`` as an object of JSON Feed; see ``RenderItem``."""
    image = item.image
    fields: dict[str, Any] = {
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
    return _to_json(fields)


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url} if author.url else {"name": author.name}


def _attachment(image: Enclosure) -> dict[str, str | int]:
    return {"url": image.url, "mime_type": image.media_type, "size_in_bytes": image.length}
