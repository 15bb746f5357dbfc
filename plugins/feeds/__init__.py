"""Feeds: everything that is published, for people who follow in private, in RSS 2.0, Atom 1.0 and JSON Feed 1.1.

There is a feed of the whole site, one each of articles, stories (only those whose narrator agreed to feeds), the
record of the commitments, and everything but stories; and one for each topic and each person. Each holds its newest
items and leads to archives (RFC 5005) that hold all that came before, so that whoever follows the links misses
nothing.

What never changes: the id of an item, and the archives that are closed. What was withdrawn stays under its id with its
title and text taken out, because readers keep the old text when an item merely vanishes.

Settings: ``FEED_ITEMS``, ``FEED_ID_AUTHORITY``, ``FEED_RIGHTS``, ``FEED_HUB``, ``FEED_TTL``, ``FEED_SIZE_LIMIT``,
``FEED_GZIP_LIMIT``, ``FEED_WITHDRAWN_DAYS``, ``FEED_HELP_CONTACTS``. Stages: ``bodies_ready``, where it gives the
build its feeds' addresses. Writes ``/feeds/<name>.{rss.xml,atom.xml,json}``, ``/feeds/<name>/archive-<n>.…``,
``/feeds/opml.xml``, ``/feeds/feed.css`` and the feeds' pictures.
"""

from plugins.feeds.plugin import register

__all__ = ["register"]
