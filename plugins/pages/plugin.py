"""Register the pages with the build: load the theme and plan every page."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.content_model.permalink import file
from plugins.engine.build import Build, library_loaded, pages_wanted
from plugins.engine.outputs import Recipe
from plugins.pages.environment import JinjaTheme
from plugins.pages.indexing import Indexing
from plugins.pages.page_meta import finished
from plugins.pages.page_renderer import PageRenderer
from plugins.pages.pages import Pages
from plugins.pages.settings import PageSettings
from plugins.views.sitemap_entry import SitemapEntry


def prepare(build: Build) -> None:
    """Load the theme."""
    build.assets.theme = JinjaTheme(build.theme_folder, build.site, build.cache)


def plan(build: Build) -> None:
    """Plan a file for each page. They are rendered later, when every problem is known."""
    planned = Pages(build, PageSettings.from_pelican(build.settings))
    indexing = Indexing(build.library, build.viewer)
    pages = [finished(page, build, indexing) for page in planned.all()]
    renderer = PageRenderer(build, planned.site(frozenset(page.permalink for page in pages)))
    for page in pages:
        recipe = Recipe(page, renderer.render_page, renderer.parts, renderer.insert)
        build.outputs.add(file(page.permalink), page.owner, recipe, late=page.late)

    def sitemap() -> Sequence[SitemapEntry]:
        # Two pages at one address are reported as a problem, so either entry may be used.
        found = {entry.permalink: entry for entry in map(indexing.sitemap_entry, pages) if entry is not None}
        return tuple(found[address] for address in sorted(found))

    build.plan.sitemap = sitemap


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    pages_wanted.connect(plan)
