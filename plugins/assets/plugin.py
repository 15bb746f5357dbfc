"""Register the assets plugin with the build."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from plugins.assets.contrast import TOKENS, check_contrast
from plugins.assets.fonts import fonts, with_addresses
from plugins.assets.page_style import PageStyles
from plugins.assets.scripts import scripts
from plugins.assets.stylesheet import inline_constants, rules, sheets
from plugins.base.files import digest_of
from plugins.engine.build import Build, library_loaded
from plugins.engine.outputs import Claim, Owner


def plan(build: Build) -> None:
    """Set the styles and scripts of ``build.assets``, and plan the fonts, scripts and static files of the theme."""
    addresses: dict[str, str] = {}
    for font in fonts(build.theme_folder):
        addresses[font.file] = build.site.href(font.permalink)
        owner = Owner(f"theme/fonts/{font.file}", claim=Claim.SITE)
        build.outputs.add(font.permalink.lstrip("/"), owner, partial(bytes, font.data))
    css_files = with_addresses(sheets(build.theme_folder), addresses)
    build.assets.styles = PageStyles(
        build.cache.get_or_compute("style-rules", css_files, lambda: inline_constants(rules(css_files))),
        digest_of(repr(css_files).encode()).hex(),
        build.cache,
    )
    for script in scripts(build.theme_folder):
        build.assets.scripts[script.name] = script.permalink
        owner = Owner(f"theme/components/{script.name}", claim=Claim.SITE)
        build.outputs.add(script.permalink.lstrip("/"), owner, partial(bytes, script.data))
    static = build.theme_folder / "static"
    for file in sorted(static.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            name = file.relative_to(static).as_posix()
            build.outputs.add(name, Owner(f"theme/static/{name}", claim=Claim.SITE), file.read_bytes)


def check_colours(build: Build) -> None:
    """Report colours of the theme that are too hard to tell apart."""
    file = build.theme_folder / TOKENS
    if file.is_file():
        css, path = file.read_text(encoding="utf-8"), Path(os.path.relpath(file, build.content)).as_posix()
        found = build.cache.get_or_compute("contrast", (css, path), lambda: tuple(check_contrast(css, path)))
        build.problems.extend(found)


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(plan)
    library_loaded.connect(check_colours)
