"""Press: makes the document of a page from its inputs, all of which it is handed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from plugins.engine.build_parts import Styles, Theme
from plugins.pages.environment import safe_html
from plugins.pages.page_meta import entry_of
from plugins.pages.page_spec import PageContext
from plugins.pages.structured_data import structured_data
from plugins.pages.template_context import SiteInputs
from plugins.views.views import Card


@dataclass(frozen=True, slots=True)
class PageInputs:
    """All that a page is made of, besides the code.

    Attributes:
        theme: stands for the templates (``Theme.digest``).
        styles: stands for the styles (``Styles.digest``).
        template: name of the template.
        site: what every page knows.
        url: the whole address of the site, without a slash at its end.
        shown: what this page shows.
    """

    theme: str
    styles: str
    template: str
    site: SiteInputs
    url: str
    shown: PageContext


#: What the inputs of templates are, for people; the others are called by their names.
_NAMES = {
    "article": "its text and front matter", "story": "its text and front matter", "page": "its text and front matter",
    "commitment": "its text and front matter", "person": "its text and front matter", "safety": "the safety texts",
    "crisis": "the crisis line", "previous": "the entry before it", "next": "the entry after it",
    "related": "the related articles", "cards": "the entries that it lists", "pagination": "the pages of its list",
    "topic": "its topic", "topics": "the topics", "people": "the people", "receipt": "the privacy receipt",
    "search": "the search", "links": "the pages that it lists", "letters": "the letters", "current": "its letter",
    "groups": "the feeds", "contacts": "the help contacts",
    "commitments": "the commitments", "stories": "the stories", "charter": "the charter",
    "choices": "the choices of stories", "chosen": "the choice", "recent": "the recent articles",
}  # fmt: skip


def parts(page: PageInputs) -> dict[str, object]:
    """Return all that ``page`` is made of, under names for people."""
    shown = page.shown
    found: dict[str, object] = {
        "the templates": (page.theme, page.template),
        "the styles": page.styles,
        "what every page shows": (page.site, page.url),
        "what it says of itself": shown.meta,
    }
    for name, value in (*shown.inputs.items(), ("recent", shown.recent)):
        called = _NAMES.get(name, f"`{name}`")
        found[called] = (found[called], value) if called in found else value
    return found


class PageRenderer:
    """Makes documents.

    Args:
        theme: the templates.
        styles: the styles.
    """

    def __init__(self, theme: Theme, styles: Styles) -> None:
        self._theme = theme
        self._styles = styles
        self._fragments: dict[tuple[Card, ...], Markup] = {}

    def document(self, page: PageInputs) -> bytes:
        """Return the file of ``page``: its body from its own template, then what stands around it."""
        shown, meta = page.shown, page.shown.meta
        body = self._theme.page(
            page.template, site=page.site, meta=meta, recent=self._recent(shown.recent), **shown.inputs
        )
        style = self._styles.for_page(body, scripts=bool(meta.scripts), manifest=bool(meta.manifest))
        document = self._theme.page(
            "document.html",
            site=page.site,
            meta=meta,
            policy=safe_html(style.policy),
            style=safe_html(style.css),
            data=structured_data(meta, entry_of(shown), name=page.site.name, url=page.url),
            body=safe_html(body),
        )
        return document.encode()

    def _recent(self, cards: tuple[Card, ...]) -> Markup:
        """The block of recent articles, which most pages share."""
        if cards not in self._fragments:
            self._fragments[cards] = safe_html(self._theme.page("recent.html", cards=cards))
        return self._fragments[cards]
