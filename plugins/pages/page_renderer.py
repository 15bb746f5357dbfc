"""Render each page: its body with its own template, and the document around it."""

from __future__ import annotations

from plugins.base.fingerprint import fingerprint
from plugins.engine.build import Build
from plugins.engine.outputs import HOLE, Insert
from plugins.pages.environment import safe_html
from plugins.pages.page_meta import entry_of
from plugins.pages.site_page import SitePage
from plugins.pages.structured_data import structured_data
from plugins.pages.template_context import SiteInputs
from plugins.views.views import Card

#: Descriptions of template inputs for ``--explain``. Inputs without one are named.
_NAMES = {
    "article": "its text and front matter", "story": "its text and front matter", "page": "its text and front matter",
    "commitment": "its text and front matter", "person": "its text and front matter", "safety": "the safety texts",
    "crisis": "the crisis line", "previous": "the entry before it", "next": "the entry after it",
    "related": "the related articles", "cards": "the entries that it lists", "pagination": "the pages of its list",
    "topic": "its topic", "topics": "the topics", "people": "the people", "receipt": "the privacy receipt",
    "search": "the search", "links": "the pages that it lists", "letters": "the letters", "current": "its letter",
    "groups": "the feeds", "contacts": "the help contacts", "targets": "the help contacts",
    "commitments": "the commitments", "stories": "the stories", "charter": "the charter",
    "labels": "the words of progress", "doors": "the choices of the home page",
    "choices": "the choices of stories", "chosen": "the choice", "samples": "the entries that it lists",
    "recent": "the recent articles",
}  # fmt: skip


class PageRenderer:
    """Renders the pages of one build.

    Args:
        build: for the theme and the styles.
        site: the inputs that all pages share.
    """

    def __init__(self, build: Build, site: SiteInputs) -> None:
        self._theme = build.assets.theme
        self._styles = build.assets.styles
        self._site = site
        self._url = build.site.url
        self._inserts: dict[tuple[Card, ...], Insert] = {}

    def parts(self, page: SitePage) -> dict[str, object]:
        """Return all inputs of ``page`` by descriptions for ``--explain``. That of ``insert`` is the last."""
        shown = page.shown
        found: dict[str, object] = {
            "the templates": (self._theme.digest, page.template),
            "the styles": self._styles.digest,
            "what every page shows": (self._site, self._url),
            "what it says of itself": shown.meta,
        }
        for name, value in (*shown.inputs.items(), ("recent", shown.recent)):
            called = _NAMES.get(name, f"`{name}`")
            found[called] = (found[called], value) if called in found else value
        return found

    def render_page(self, page: SitePage) -> bytes:
        """Return the bytes of ``page``: its body, rendered by its own template, within the document.

        They contain ``HOLE`` in place of the recent articles.
        """
        shown, meta, site = page.shown, page.shown.meta, self._site
        body = self._theme.page(page.template, site=site, meta=meta, recent=safe_html(HOLE), **shown.inputs)
        styled = body.replace(HOLE, self.insert(page).data.decode())
        style = self._styles.for_page(styled, scripts=bool(meta.scripts), manifest=bool(meta.manifest))
        document = self._theme.page(
            "document.html",
            site=site,
            meta=meta,
            policy=safe_html(style.policy),
            style=safe_html(style.css),
            data=structured_data(meta, entry_of(shown), name=site.name, url=self._url),
            body=safe_html(body),
        )
        return document.encode()

    def insert(self, page: SitePage) -> Insert:
        """Return the HTML of the recent articles, which most pages share. The CSS of ``page`` depends on its names."""
        cards = page.shown.recent
        if cards not in self._inserts:
            html = self._theme.page("recent.html", cards=cards)
            self._inserts[cards] = Insert(html.encode(), fingerprint(self._styles.names(html)))
        return self._inserts[cards]
