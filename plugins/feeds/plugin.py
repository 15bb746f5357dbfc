"""The door of the feeds to the build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from plugins.base.cache import Cache
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model import permalink
from plugins.engine.build import Build, bodies_ready
from plugins.engine.build_parts import FeedLink
from plugins.engine.outputs import Claim, Owner, Recipe
from plugins.feeds import atom, json_feed, opml, rss
from plugins.feeds.archives import Cut, FeedDocument
from plugins.feeds.channels import Channel, Channels
from plugins.feeds.item_cache import Pieces
from plugins.feeds.item_html import Content
from plugins.feeds.items import FeedItem, Items, tag
from plugins.feeds.limits import Limits
from plugins.feeds.metadata import FILES, MEDIA_TYPES, NAMES, SUFFIXES, Format, Masthead
from plugins.feeds.settings import FeedSettings
from plugins.feeds.withdrawn import gone, left
from plugins.views.views import Link

Render = Callable[[Channel, FeedDocument, Masthead, Pieces], bytes]
RENDERERS: dict[Format, Render] = {"rss": rss.render, "atom": atom.render, "json": json_feed.render}
_HERE = Path(__file__).parent
_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


def plan(build: Build) -> None:
    """Give the build the addresses of its feeds, and plan their files; those of their documents are left for later."""
    settings = FeedSettings.from_pelican(build.settings)
    subscribe = build.library.page("subscribe")
    # No feed says on which day it was made.
    undated = replace(build.site, as_of=dt.date.min)
    masthead = Masthead(undated, settings, subscribe.permalink if subscribe else permalink.entry("", "subscribe"))
    channels = Channels(build.library, None, build.site, masthead.subscribe).all()
    for channel in channels:
        build.listings.feeds += announce(channel)
    build.problems.extend(_missing_contacts(build, settings))
    build.listings.left |= left(build.library, dict(settings.gone_since))
    build.plan.deferred.append(partial(plan_documents, build, settings, masthead))
    build.listings.feeds.append(
        FeedLink(
            f"{opml.SUBJECT} ({opml.FORM})",
            opml.PATH,
            opml.MEDIA_TYPE,
            masthead.subscribe,
            opml.GROUP,
            opml.SUBJECT,
            opml.FORM,
        ),
    )
    build.outputs.add(permalink.file(opml.PATH), _OWNER, partial(opml.render, channels, masthead))
    for address in FILES:
        build.outputs.add(permalink.file(address), _OWNER, (_HERE / Path(address).name).read_bytes)


def plan_documents(build: Build, settings: FeedSettings, masthead: Masthead) -> None:
    """Plan a file for each document of each feed, in each format."""
    items, taken = _items(build, settings), gone(build.library, build.listings.left)
    channels = Channels(build.library, items, build.site, masthead.subscribe, taken).all()
    cut = Cut(settings.items, settings.withdrawn_days, build.library.as_of)
    press = Press(masthead, build.cache)
    for channel in channels:
        # What its documents hold is no part of what each of them is made of.
        alone = replace(channel, items=())
        documents = cut.documents(channel.items, partial(press.fits, alone))
        for document in documents:
            for form in RENDERERS:
                address = channel.permalink(SUFFIXES[form], document.name)
                build.outputs.add(permalink.file(address), _OWNER, press.recipe(form, alone, document))
        build.problems.extend(_too_long(build, settings, documents[0].left_out))


def announce(channel: Channel) -> list[FeedLink]:
    """Return the feed's links, one for each format, for the page that announces it."""
    return [
        FeedLink(
            f"{channel.label} ({NAMES[form]})",
            channel.permalink(suffix),
            MEDIA_TYPES[form],
            channel.announced,
            channel.group,
            channel.label,
            NAMES[form],
        )
        for form, suffix in SUFFIXES.items()
    ]


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


def _items(build: Build, settings: FeedSettings) -> Items:
    viewer = build.viewer
    page = build.library.page("help")
    content = Content(
        viewer,
        build.site,
        {picture.src: (picture.width, picture.height) for picture in build.media.pictures.values()},
        [build.assets.contacts[key] for key in settings.help_contacts if key in build.assets.contacts],
        Link(page.title, page.permalink) if page else Link("Get help now", permalink.entry("", "help")),
        build.cache,
    )
    return Items(viewer, content, build.site, settings.authority)


@dataclass(frozen=True, slots=True)
class FeedInputs:
    """All that a document of a feed is made of.

    Attributes:
        form: its format.
        channel: the feed, without items: those of other documents do not matter.
        document: which items it holds.
        masthead: what every feed says.
    """

    form: Format
    channel: Channel
    document: FeedDocument
    masthead: Masthead


class Press:
    """Renders documents; whether those of the same items are small enough is remembered.

    Args:
        masthead: what every feed says.
        cache: remembers them.
    """

    def __init__(self, masthead: Masthead, cache: Cache) -> None:
        self._masthead = masthead
        self._memo = cache
        self._pieces = Pieces()

    def recipe(self, form: Format, channel: Channel, document: FeedDocument) -> Recipe[FeedInputs]:
        """Return how ``document`` of ``channel``, which has no items of its own, is made in the format ``form``."""
        return Recipe(partial(FeedInputs, form, channel, document, self._masthead), self._render)

    def _render(self, feed: FeedInputs) -> bytes:
        return self._memo.get_or_compute("feed", feed, partial(self._made, feed))

    def fits(self, channel: Channel, items: Sequence[FeedItem]) -> bool:
        """Tell whether the feed ``channel``, which has no items of its own, may hold ``items``."""
        document = FeedDocument("", tuple(items))
        settings = self._masthead.settings
        limits = Limits(settings.size_limit, settings.gzip_limit)
        return self._memo.get_or_compute(
            "feed-fits",
            (channel, document, self._masthead),
            lambda: limits.hold(self._made(FeedInputs(form, channel, document, self._masthead)) for form in RENDERERS),
        )

    def _made(self, feed: FeedInputs) -> bytes:
        return RENDERERS[feed.form](feed.channel, feed.document, feed.masthead, self._pieces)


def _too_long(build: Build, settings: FeedSettings, items: Sequence[FeedItem]) -> Iterator[Problem]:
    left_out = {item.id for item in items}
    for entry in build.library.live if left_out else ():
        if tag(settings.authority, entry.id) in left_out:
            yield Problem(
                entry.source.path,
                Position(entry.source.body_line),
                "too-long-for-feeds",
                f"the text alone is larger than a whole feed may be ({settings.size_limit // 1000} kB), "
                "so only the archives of the feeds hold it and subscribers do not see it",
                "make two entries of it",
                Severity.WARNING,
            )


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan)
