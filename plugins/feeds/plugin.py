"""Register the feeds plugin with the build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from plugins.base.cache import Cache, Computation
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model import permalink
from plugins.engine.build import Build, bodies_ready
from plugins.engine.build_parts import FeedLink
from plugins.engine.outputs import Claim, Owner, Recipe
from plugins.feeds import atom, json_feed, opml, rss
from plugins.feeds.archives import DocumentSplitter, FeedDocument
from plugins.feeds.channels import Channel, ChannelBuilder, ChannelContent
from plugins.feeds.item_cache import ItemCache
from plugins.feeds.item_html import ItemHtml
from plugins.feeds.items import FeedItem, ItemBuilder, tag
from plugins.feeds.limits import SizeLimits
from plugins.feeds.metadata import ARCHIVE_FORMATS, FILES, MEDIA_TYPES, NAMES, SUFFIXES, FeedMetadata, Format
from plugins.feeds.settings import FeedSettings
from plugins.feeds.tombstones import consent_removal_days, feed_tombstones
from plugins.views.views import Link

Render = Callable[[Channel, FeedDocument, FeedMetadata, ItemCache], bytes]
RENDERERS: dict[Format, Render] = {"rss": rss.render, "atom": atom.render, "json": json_feed.render}
_ITEM_RENDERERS = (rss.render_item, atom.render_item, json_feed.render_item)
_FORMS = {media_type: form for form, media_type in MEDIA_TYPES.items()}
_HERE = Path(__file__).parent
_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


def plan(build: Build) -> None:
    """Add the addresses of the feeds to the build, and plan their files.

    The documents of the feeds are planned last (``build.plan.deferred``), because no page depends on them.
    """
    settings = FeedSettings.from_pelican(build.settings)
    subscribe = build.library.page("subscribe")
    # Feeds must not depend on the day of the build.
    undated = replace(build.site, as_of=dt.date.min)
    metadata = FeedMetadata(undated, settings, subscribe.permalink if subscribe else permalink.entry("", "subscribe"))
    feeds = ChannelBuilder(build.library, build.site).all()
    channels = [feed.channel for feed in feeds]
    for channel in channels:
        build.listings.feeds += announce(channel)
    build.listings.feed_aliases |= _aliases(settings, announce(channels[0]))
    build.problems.extend(_missing_contacts(build, settings))
    build.listings.removal_days |= consent_removal_days(build.library, dict(settings.gone_since))
    build.plan.deferred.append(partial(plan_documents, build, settings, metadata, feeds))
    build.listings.feeds.append(
        FeedLink(
            f"{opml.SUBJECT} ({opml.FORM})",
            opml.PATH,
            opml.MEDIA_TYPE,
            None,
            opml.GROUP,
            opml.SUBJECT,
            opml.FORM,
        ),
    )
    build.outputs.add(permalink.file(opml.PATH), _OWNER, partial(opml.render, channels, metadata))
    for address in FILES:
        build.outputs.add(permalink.file(address), _OWNER, (_HERE / Path(address).name).read_bytes)


def plan_documents(
    build: Build, settings: FeedSettings, metadata: FeedMetadata, feeds: Sequence[ChannelContent]
) -> None:
    """Plan a file for each document of each feed, in each of its formats."""
    builder, tombstones = _items(build, settings), feed_tombstones(build.library, build.listings.removal_days)
    of_entries = {entry.id: tuple(builder.from_entry(entry)) for entry in build.library.live}
    of_tombstones = [(removed.stone, tuple(builder.from_tombstone(removed))) for removed in tombstones]
    splitter = DocumentSplitter(settings.items, settings.withdrawn_days, build.library.as_of)
    renderer = DocumentRenderer(metadata, build.cache)
    in_feeds = [feed.items(of_entries, of_tombstones) for feed in feeds]
    renderer.fit([(feed.channel, splitter.window(items)) for feed, items in zip(feeds, in_feeds, strict=True)])
    for feed, items_of_feed in zip(feeds, in_feeds, strict=True):
        channel = feed.channel
        fits = partial(renderer.fits, channel)
        if channel.is_archived:
            documents = splitter.split(items_of_feed, fits)
        else:
            documents = (splitter.subscription(items_of_feed, fits),)
        for document in documents:
            for form in ARCHIVE_FORMATS if document.name else RENDERERS:
                address = channel.permalink(SUFFIXES[form], document.name)
                build.outputs.add(permalink.file(address), _OWNER, renderer.recipe(form, channel, document))
        for alias, link in build.listings.feed_aliases.items() if channel.is_archived else ():
            # Hosts that read the redirects send readers to the feed. Other hosts serve the same document here.
            if permalink.suffix(alias):
                recipe = renderer.recipe(_FORMS[link.media_type], channel, documents[0])
                build.outputs.add(permalink.file(alias), _OWNER, recipe)
        build.problems.extend(_too_long(build, settings, documents[0].left_out))


def announce(channel: Channel) -> list[FeedLink]:
    """Return the links to the feed, one for each format.

    A page announces RSS alone, because readers list each announced format as another feed, or take the first.
    """
    return [
        FeedLink(
            f"{channel.label} ({NAMES[form]})",
            channel.permalink(suffix),
            MEDIA_TYPES[form],
            channel.announced if form == "rss" else None,
            channel.group,
            channel.label,
            NAMES[form],
        )
        for form, suffix in SUFFIXES.items()
    ]


def _aliases(settings: FeedSettings, links: Iterable[FeedLink]) -> dict[str, FeedLink]:
    """Return the old addresses of a feed, each with the one of ``links`` whose format its name contains, or RSS."""
    by_form = {_FORMS[link.media_type]: link for link in links}
    found: dict[str, FeedLink] = {}
    for alias in settings.aliases:
        name = alias.rstrip("/").rpartition("/")[2].casefold()
        form: Format = "json" if "json" in name else "atom" if "atom" in name else "rss"
        found[alias] = by_form[form]
    return found


def _missing_contacts(build: Build, settings: FeedSettings) -> Iterator[Problem]:
    if not build.assets.contacts or build.library.may_hold_more("register/help.yaml"):
        return
    for key in settings.help_contacts:
        if key not in build.library.contacts:
            yield Problem(
                "register/help.yaml",
                Position(),
                "missing-feed-contact",
                f"feeds name the help contact `{key}`, which is not in the register",
                f"add a contact with the id `{key}`, or change FEED_HELP_CONTACTS in the settings",
                Severity.WARNING,
            )


def _items(build: Build, settings: FeedSettings) -> ItemBuilder:
    viewer = build.viewer
    page = build.library.page("help")
    html = ItemHtml(
        viewer,
        build.site,
        {picture.src: (picture.width, picture.height) for picture in build.media.pictures.values()},
        [build.assets.contacts[key] for key in settings.help_contacts if key in build.assets.contacts],
        Link(page.title, page.permalink) if page else Link("Get help now", permalink.entry("", "help")),
        build.cache,
    )
    return ItemBuilder(viewer, html, build.site, settings.authority)


class FeedInputs(Struct, frozen=True):
    """The inputs of a feed document.

    Attributes:
        form: the format.
        channel: the feed.
        document: contains the items.
        metadata: shared by all feeds.
    """

    form: Format
    channel: Channel
    document: FeedDocument
    metadata: FeedMetadata


class DocumentRenderer:
    """Renders feed documents.

    Args:
        metadata: shared by all feeds.
        cache: keeps rendered documents, and whether they are within the size limits.
    """

    def __init__(self, metadata: FeedMetadata, cache: Cache) -> None:
        self._metadata = metadata
        self._cache = cache
        self._item_cache = ItemCache()
        self._windows: dict[str, tuple[tuple[FeedItem, ...], bool]] = {}

    def recipe(self, form: Format, channel: Channel, document: FeedDocument) -> Recipe[FeedInputs]:
        """Return the recipe of ``document`` in the format ``form``."""
        return Recipe(FeedInputs(form, channel, document, self._metadata), self._render_cached)

    def _render_cached(self, feed: FeedInputs) -> bytes:
        return self._cache.get_or_compute("feed", feed, partial(self._render_bytes, feed))

    def fit(self, windows: Sequence[tuple[Channel, tuple[FeedItem, ...]]]) -> None:
        """Determine for each feed and the items that it should have whether these are within the size limits."""

        def fill(places: Sequence[int]) -> None:
            items = chain.from_iterable(windows[place][1] for place in places)
            self._item_cache.fill(items, self._metadata.site.language, _ITEM_RENDERERS)

        jobs = [self._fitting(channel, items) for channel, items in windows]
        answers = self._cache.get_or_compute_many("feed-fits", {}, jobs, fill)
        self._windows = {
            channel.name: (items, answer) for (channel, items), answer in zip(windows, answers, strict=True)
        }

    def fits(self, channel: Channel, items: Sequence[FeedItem]) -> bool:
        """Return whether a document of ``items`` is within the size limits."""
        window, answer = self._windows.get(channel.name, ((), True))
        if items == window:
            return answer
        (answer,) = self._cache.get_or_compute_many("feed-fits", {}, [self._fitting(channel, tuple(items))])
        return answer

    def _fitting(self, channel: Channel, items: tuple[FeedItem, ...]) -> Computation[bool]:
        document, settings = FeedDocument("", items), self._metadata.settings
        limits = SizeLimits(settings.size_limit, settings.gzip_limit)
        inputs = [FeedInputs(form, channel, document, self._metadata) for form in RENDERERS]
        return Computation((channel, document, self._metadata), lambda _: limits.allow(map(self._render_bytes, inputs)))

    def _render_bytes(self, feed: FeedInputs) -> bytes:
        return RENDERERS[feed.form](feed.channel, feed.document, feed.metadata, self._item_cache)


def _too_long(build: Build, settings: FeedSettings, items: Sequence[FeedItem]) -> Iterator[Problem]:
    left_out = {item.id for item in items}
    for entry in build.library.live if left_out else ():
        if tag(settings.authority, entry.id) in left_out:
            yield Problem(
                entry.source.path,
                Position(entry.source.body_line),
                "too-long-for-feeds",
                f"the text alone is larger than a whole feed may be ({settings.size_limit // 1000} kB), "
                "so only the archives of the feed of everything hold it and subscribers do not see it",
                "make two entries of it",
                Severity.WARNING,
            )


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan)
