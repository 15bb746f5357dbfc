"""The door of the feeds to the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from plugins.content_model import permalink
from plugins.content_model.build import Build, FeedLink, bodies_ready
from plugins.content_model.outputs import Claim, Owner
from plugins.content_model.problem import Position, Problem, Severity
from plugins.content_model.viewing import Viewer
from plugins.content_model.views import Link
from plugins.feeds import atom, json_feed, opml, rss
from plugins.feeds.archives import Cut, Document
from plugins.feeds.channels import Channel, Channels
from plugins.feeds.content import Content
from plugins.feeds.items import Item, Items, tag
from plugins.feeds.masthead import FILES, MEDIA_TYPES, NAMES, SUFFIXES, Format, Masthead
from plugins.feeds.settings import FeedSettings
from plugins.feeds.size import Limits

Render = Callable[[Channel, Document, Masthead], bytes]
RENDERERS: dict[Format, Render] = {"rss": rss.render, "atom": atom.render, "json": json_feed.render}
_HERE = Path(__file__).parent
_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


def plan(build: Build) -> None:
    """Give the build the addresses of its feeds, and plan a file for each document of each."""
    settings = FeedSettings.from_pelican(build.settings)
    subscribe = build.library.page("subscribe")
    masthead = Masthead(build.site, settings, subscribe.permalink if subscribe else permalink.entry("", "subscribe"))
    channels = Channels(build.library, _items(build, settings), build.site, masthead.subscribe).all()
    cut = Cut(settings.items, settings.withdrawn_days, build.library.as_of)
    for channel in channels:
        build.feeds += announce(channel)
        documents = cut.documents(channel.items, partial(_fits, channel, masthead))
        for document in documents:
            for form, render in RENDERERS.items():
                address = channel.permalink(SUFFIXES[form], document.name)
                build.outputs.add(permalink.file(address), _OWNER, partial(render, channel, document, masthead))
        build.problems.extend(_too_long(build, settings, documents[0].left_out))
    build.feeds.append(
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


def _items(build: Build, settings: FeedSettings) -> Items:
    viewer = Viewer(build.library, bodies=build.bodies, pictures=build.pictures, contacts=build.contacts)
    page = build.library.page("help")
    if build.contacts:
        build.problems.extend(
            Problem(
                "register/help.yaml",
                Position(),
                "missing-feed-contact",
                f"feeds name the help contact `{key}`, which is not in the register",
                f"add a contact with the id `{key}`, or change FEED_HELP_CONTACTS in the settings",
                Severity.WARNING,
            )
            for key in settings.help_contacts
            if key not in build.library.contacts and not build.library.may_hold_more("register/help.yaml")
        )
    content = Content(
        viewer,
        build.site,
        {picture.src: (picture.width, picture.height) for picture in build.pictures.values()},
        [build.contacts[key] for key in settings.help_contacts if key in build.contacts],
        Link(page.title, page.permalink) if page else Link("Get help now", permalink.entry("", "help")),
    )
    return Items(viewer, content, build.site, settings.authority)


def _fits(channel: Channel, masthead: Masthead, items: Sequence[Item]) -> bool:
    document = Document("", tuple(items))
    limits = Limits(masthead.settings.size_limit, masthead.settings.gzip_limit)
    return limits.hold(render(channel, document, masthead) for render in RENDERERS.values())


def _too_long(build: Build, settings: FeedSettings, items: Sequence[Item]) -> Iterator[Problem]:
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
