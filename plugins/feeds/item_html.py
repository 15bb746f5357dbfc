"""Compose the HTML and the summaries of feed items.

The order is that of the page: content note, safety notes, text, sources, updates, help line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from markupsafe import Markup

from plugins.base.cache import Cache, NoCache
from plugins.base.dates import date_long
from plugins.base.fingerprint import Fingerprints, Lazy, fingerprint
from plugins.content_model.commitment import Commitment, LogEntry
from plugins.content_model.entry import Entry
from plugins.content_model.story import Story
from plugins.engine.settings import SiteSettings
from plugins.feeds.feed_html import Size, absolute_url, clean, plain, xml_safe
from plugins.views.view_builder import ViewBuilder
from plugins.views.views import ContactView, EntryView, Link, Picture, StoryView

#: The number of texts that stay in memory, more than a document has items.
_RECENT = 100
_MADE_UP = "This story was made up as a sample."


class ItemHtml:
    """Composes the HTML and the summaries of items.

    Args:
        viewer: gives the public fields of entries.
        site: gives absolute addresses.
        pictures: width and height of the site's own pictures, by permalink.
        contacts: the contacts of the help line, in order.
        help_page: the page that lists all contacts.
        cache: keeps sanitised HTML.
    """

    def __init__(
        self,
        viewer: ViewBuilder,
        site: SiteSettings,
        pictures: Mapping[str, Size],
        contacts: Sequence[ContactView],
        help_page: Link,
        cache: Cache | None = None,
    ) -> None:
        self._cache = cache or NoCache()
        self._viewer = viewer
        self._site = site
        self._pictures = {site.absolute(src): size for src, size in pictures.items()}
        #: Calls a function, unless it was called a short time ago: the formats of a document follow each other.
        self._recent: Callable[[Callable[[], str]], str] = lru_cache(_RECENT)(_call)
        self._fingerprints = Fingerprints()
        self._pictures_digest = fingerprint(sorted(self._pictures.items()))
        self._help = _help_line(contacts, Link(help_page.label, site.absolute(help_page.href)))

    def summary(self, entry: Entry) -> str:
        """Return the entry's summary as plain text, after its notes."""
        return self.with_notes(entry, self._viewer.summary(entry))

    def with_notes(self, entry: Entry, text: str) -> str:
        """Return ``text`` after the entry's content note and, for a sample story, the note that it was made up."""
        notes = [f"Content note: {', '.join(entry.content_notes)}."] if entry.content_notes else []
        if isinstance(entry, Story) and entry.illustrative:
            notes.append(_MADE_UP)
        return plain(" ".join((*notes, text)))

    def entry(self, entry: Entry) -> Lazy[str]:
        """Return the HTML of an article or a story, with a fingerprint of everything that it is made of."""
        view = self._viewer.story(entry) if isinstance(entry, Story) else self._viewer.entry(entry)
        safety = tuple(self._safety(entry))
        inputs = (view, safety, self._help, self._site.url, self._pictures_digest)
        compose = partial(self._recent, partial(self._entry, view, safety))
        return Lazy(compose, self._fingerprints.of(inputs), keep=False)

    def _entry(self, view: EntryView, safety: Sequence[str]) -> str:
        base = self._site.absolute(view.permalink)
        return _joined(
            *_notes(view.content_notes),
            *(_narrator(view) if isinstance(view, StoryView) else ()),
            *_picture(view.image, self._site),
            *safety,
            self._clean(view.body.lazy_html, base).value,
            *_sources(view, base),
            *_updates(view),
            self._help,
        )

    def _clean(self, html: Lazy[str], base: str) -> Lazy[str]:
        return self._cache.get_or_compute_tracked(
            "feed-text",
            (html, base),
            {"pictures": self._pictures},
            lambda sources: Lazy.of(clean(html.value, base=base, pictures=sources["pictures"])),
        )

    def log(self, commitment: Commitment, log: LogEntry) -> str:
        """Return the HTML of one entry of a commitment's log."""
        return _joined(
            *_notes(commitment.content_notes),
            *self._safety(commitment),
            Markup("<p>{}</p>").format(commitment.statement),
            Markup("<p><strong>We said:</strong> {}</p>").format(log.said),
            Markup("<p><strong>We did:</strong> {}</p>").format(log.did),
            Markup("<p><strong>What shows it:</strong> {}</p>").format(log.evidence) if log.evidence else "",
            Markup("<p>{}, {}</p>").format(log.by_role, date_long(log.on)),
            self._help,
        )

    def _safety(self, entry: Entry) -> Iterator[str]:
        for topic in self._viewer.safety(entry):
            yield Markup("<p><strong>Stay safe:</strong> {}</p>").format(topic.safety)


def _call(compose: Callable[[], str]) -> str:
    return compose()


def _joined(*parts: str) -> str:
    return xml_safe("\n".join(part for part in parts if part))


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield Markup("<p><strong>Content note:</strong> {}</p>").format(", ".join(notes))


def _narrator(view: StoryView) -> Iterator[str]:
    if view.illustrative:
        yield Markup("<p><strong>{}</strong> The person in it is not real.</p>").format(_MADE_UP)
    yield Markup("<p>Told by {}, {} ({}).</p>").format(view.narrator_name, view.narrator_role, view.pathway)


def _picture(picture: Picture | None, site: SiteSettings) -> Iterator[str]:
    if picture is not None:
        credit = Markup("<figcaption>{}</figcaption>").format(picture.credit) if picture.credit else ""
        yield Markup('<figure><img src="{}" alt="{}" width="{}" height="{}">{}</figure>').format(
            site.absolute(picture.src), picture.alt, picture.width, picture.height, credit
        )


def _sources(view: EntryView, base: str) -> Iterator[str]:
    if view.sources:
        yield Markup("<h2>Sources</h2>\n<ul>")
        for source in view.sources:
            read = f", read on {date_long(source.accessed)}" if source.accessed else ""
            link = Markup('<a href="{}">{}</a>').format(absolute_url(source.url, base), source.title)
            yield Markup("<li>{}, {}{}</li>").format(link, source.publisher, read)
        yield Markup("</ul>")


def _updates(view: EntryView) -> Iterator[str]:
    for update in view.dates.updated:
        yield Markup("<p><small>Updated {}: {}</small></p>").format(date_long(update.on), update.what)


def _help_line(contacts: Iterable[ContactView], page: Link) -> str:
    """Return the last line of an item: the contacts and a link to the page that lists all contacts."""
    links = [link for contact in contacts for link in _contact_link(contact)]
    links.append(Markup('<a href="{}">{}</a>').format(page.href, page.label))
    return Markup("<p><small>Help: {}</small></p>").format(Markup("; ").join(links))


def _contact_link(contact: ContactView) -> Iterator[Markup]:
    """Yield a link to the contact's phone number, or else to its text number or its website."""
    for label, href in (
        (contact.number, contact.tel_href),
        (contact.text_words, contact.sms_href),
        ("website", contact.url),
    ):
        if label and href:
            yield Markup('{} <a href="{}">{}</a>').format(contact.name, href, label)
            return
