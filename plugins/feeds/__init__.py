"""Write RSS 2.0, Atom 1.0 and JSON Feed 1.1 feeds of everything that is published.

The site has a feed of everything, of articles, of stories (only those whose narrator agreed to feeds), of commitments
and of everything but stories. Each topic and each person has a feed too. A feed contains its newest items. The feed of
everything also links to archives (RFC 5005) in RSS and Atom, which contain all older items.

The id of an item and the closed archives never change. A withdrawn entry keeps its id in the feeds, without its title
and text, because feed readers keep the old text of an item that is no longer in a feed.

Settings: ``FEED_ITEMS``, ``FEED_ID_AUTHORITY``, ``FEED_RIGHTS``, ``FEED_HUB``, ``FEED_TTL``, ``FEED_SIZE_LIMIT``,
``FEED_GZIP_LIMIT``, ``FEED_WITHDRAWN_DAYS``, ``FEED_ALIASES``, ``FEED_HELP_CONTACTS``. Stages: ``bodies_ready``,
which adds the addresses of the feeds to the build. Writes ``/feeds/<name>.{rss.xml,atom.xml,json}``,
``/feeds/all/archive-<n>.{rss.xml,atom.xml}``, ``/feeds/opml.xml``, ``/feeds/feed.css`` and the feeds' pictures.
"""

from plugins.feeds.plugin import register

__all__ = ["register"]
