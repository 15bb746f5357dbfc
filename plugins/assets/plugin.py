"""The door of the theme's files to the build."""

from __future__ import annotations

from functools import partial

from plugins.assets.page_style import PageStyles
from plugins.assets.scripts import scripts
from plugins.assets.stylesheet import folded, rules, sheets
from plugins.engine.build import Build, library_loaded
from plugins.engine.outputs import Claim, Owner


def plan(build: Build) -> None:
    """Give the build its styles, and plan the scripts, named by their content, and the theme's static files."""
    read = sheets(build.theme_folder)
    build.assets.styles = PageStyles(
        build.cache.get_or_compute("style-rules", read, lambda: folded(rules(read))), build.cache
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


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(plan)
