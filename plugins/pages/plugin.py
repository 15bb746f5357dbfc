"""Register the pages with the build: load the theme and plan every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from plugins.content_model.permalink import file
from plugins.engine.build import Build, library_loaded, pages_wanted
from plugins.engine.outputs import Recipe
from plugins.pages.environment import JinjaTheme
from plugins.pages.page_meta import finish
from plugins.pages.page_renderer import PageInputs, PageRenderer, parts
from plugins.pages.page_spec import PageSpec
from plugins.pages.pages import Pages
from plugins.pages.settings import RenderingSettings
from plugins.views.sitemap_entry import SitemapEntry


def prepare(build: Build) -> None:
    """Give the build its theme."""
    build.assets.theme = JinjaTheme(build.theme_folder, build.site, build.cache)


def plan(build: Build) -> None:
    """Plan a file for each page; they are rendered later, when every problem is known."""
    pages = Pages(build, RenderingSettings.from_pelican(build.settings))
    specs = list(pages.specs())
    site = pages.site(frozenset(spec.permalink for spec in specs))
    press = PageRenderer(build.assets.theme, build.assets.styles)

    def inputs(spec: PageSpec) -> PageInputs:
        shown = finish(spec.show(), spec.permalink, build)
        if spec.late:
            # Known only when the page is made.
            shown = replace(shown, inputs={**shown.inputs, "receipt": build.proof.receipt})
        return PageInputs(
            build.assets.theme.digest, build.assets.styles.digest, spec.template, site, build.site.url, shown
        )

    for spec in specs:
        recipe = Recipe(partial(inputs, spec), press.document, parts)
        build.outputs.add(file(spec.permalink), spec.owner, recipe, late=spec.late)

    def findable() -> Sequence[SitemapEntry]:
        # Of two pages at one address, which is a problem, either will do.
        found = {page.permalink: page for page in (spec.found() for spec in specs) if page is not None}
        return tuple(found[address] for address in sorted(found))

    build.plan.sitemap = findable


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    pages_wanted.connect(plan)
