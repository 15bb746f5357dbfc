"""The door of the theme's files to the build."""

from __future__ import annotations

import hashlib

from plugins.assets.stylesheet import stylesheet
from plugins.content_model.build import Build, library_loaded
from plugins.content_model.outputs import Claim, Owner


def plan(build: Build) -> None:
    """Plan the style sheet, named by its content, and the theme's static files."""
    data = stylesheet(build.theme_folder).encode()
    path = f"theme/site-{hashlib.sha256(data).hexdigest()[:10]}.css"
    build.stylesheet = f"/{path}"
    build.outputs.add(path, Owner("theme/styles", claim=Claim.SITE), lambda: data)
    static = build.theme_folder / "static"
    for file in sorted(static.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            name = file.relative_to(static).as_posix()
            build.outputs.add(name, Owner(f"theme/static/{name}", claim=Claim.SITE), file.read_bytes)


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(plan)
