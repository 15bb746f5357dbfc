"""Build: what is known of the site at each stage of one build, and the stages themselves.

Plugins never import each other; they meet here. A plugin listens to the stage after which what it needs is known,
reads the build, and adds its part. Within one stage no listener may depend on another: their order is not fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from blinker import Signal

from plugins.content_model.body import Body
from plugins.content_model.charter import CharterView
from plugins.content_model.library import Library
from plugins.content_model.line import Line
from plugins.content_model.memory import Memory, NoMemory
from plugins.content_model.outputs import Outputs
from plugins.content_model.problem import ProblemLog
from plugins.content_model.settings import SiteSettings
from plugins.content_model.spreading import Spread, one_by_one
from plugins.content_model.views import Card, ContactView, Picture

#: The library is loaded. Listeners prepare what texts need: pictures, help contacts, the theme's components and styles.
library_loaded = Signal("library-loaded")
#: Everything that texts need is there. The listener turns Markdown into bodies.
bodies_wanted = Signal("bodies-wanted")
#: Every body is there. Listeners add what stands beside them: recent articles, feeds, pictures.
bodies_ready = Signal("bodies-ready")
#: All that pages show is there. Listeners plan the pages and the redirects to them.
pages_wanted = Signal("pages-wanted")

STAGES = (library_loaded, bodies_wanted, bodies_ready, pages_wanted)


class Theme(Protocol):
    """The theme: templates for pages, and components that texts may embed."""

    def component(self, name: str, **arguments: object) -> str:
        """Return the HTML of the component ``name`` (its folder's name) for ``arguments``."""

    def page(self, template: str, **inputs: object) -> str:
        """Return the HTML that ``template`` makes of ``inputs``."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of the site, for autodiscovery and lists of feeds.

    Attributes:
        title: what it carries, for a person.
        href: permalink of the file.
        media_type: for example ``application/atom+xml``.
        page: permalink of the page that it belongs to; "" for the whole site.
        group: the heading under which lists of feeds show it.
        subject: what it carries, without the format; the same for the formats of one feed.
        form: the name of its format, for example ``RSS``.
    """

    title: str
    href: str
    media_type: str
    page: str = ""
    group: str = ""
    subject: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside an entry: the newest articles, and those that share its topics."""

    recent: tuple[Card, ...] = ()
    related: tuple[Card, ...] = ()


class _NoTheme:
    """Stands in before the theme is there; asking it is a mistake in the order of the stages."""

    def component(self, name: str, **_arguments: object) -> str:
        raise RuntimeError(f"the component `{name}` was asked for before the theme was loaded")

    def page(self, template: str, **_inputs: object) -> str:
        raise RuntimeError(f"the template `{template}` was asked for before the theme was loaded")


def _no_outline(_text: str) -> Sequence[Line]:
    raise RuntimeError("a source was to be read before Markdown was there")


@dataclass
class Build:
    """One build.

    Attributes:
        content: the content folder.
        theme_folder: the theme's folder.
        site: the settings that concern the whole site.
        settings: all of Pelican's settings, for ``from_pelican`` of each plugin's own.
        library: the content.
        problems: all found so far.
        outputs: the files to write.
        theme: set in ``library_loaded``.
        pictures: by file, relative to the content folder; filled in ``library_loaded``.
        contacts: help contacts as readers see them, by id; filled in ``library_loaded``.
        stylesheet: permalink of the style sheet; set in ``library_loaded``.
        bodies: by the entry's file; filled in ``bodies_wanted``.
        asides: by the permalink of the page; filled in ``bodies_ready``.
        feeds: filled in ``bodies_ready``.
        charter: all commitments at a glance; set in ``bodies_ready``.
        outline: reads a source of Markdown line by line; set in ``library_loaded``.
        only: the files whose bodies are wanted, where a command looks at some only; None for all.
        spread: how the same work is done on many entries.
        memory: what an earlier run worked out.
    """

    content: Path
    theme_folder: Path
    site: SiteSettings
    settings: Mapping[str, Any]
    library: Library
    problems: ProblemLog = field(default_factory=ProblemLog)
    outputs: Outputs = field(default_factory=Outputs)
    theme: Theme = field(default_factory=_NoTheme)
    pictures: dict[str, Picture] = field(default_factory=dict)
    contacts: dict[str, ContactView] = field(default_factory=dict)
    stylesheet: str = ""
    bodies: dict[str, Body] = field(default_factory=dict)
    asides: dict[str, Aside] = field(default_factory=dict)
    feeds: list[FeedLink] = field(default_factory=list)
    charter: CharterView = field(default_factory=CharterView)
    outline: Callable[[str], Sequence[Line]] = _no_outline
    only: Collection[str] | None = None
    spread: Spread = one_by_one
    memory: Memory = field(default_factory=NoMemory)

    def wants(self, path: str) -> bool:
        """Tell whether the body of the file ``path`` is wanted."""
        return self.only is None or path in self.only
