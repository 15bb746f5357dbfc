"""Render the feeds of a library without a whole build, for texts that validation would refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.registers import Registers, Topic
from plugins.content_model.tombstone import Tombstone
from plugins.engine.build import Build
from plugins.engine.settings import SiteSettings
from plugins.feeds.plugin import plan
from plugins.views.body import Body
from plugins.views.views import Picture
from tests.sites.building import ROOT
from tests.sites.sample_settings import SAMPLE_SETTINGS
from tests.sites.writing import TODAY

URL = "https://example.org"


def settings(**changes: Any) -> dict[str, Any]:
    """Return the site's own settings, with ``changes``."""
    return {**read_settings(str(ROOT / "pelicanconf.py"), override=dict(SAMPLE_SETTINGS)), "SITEURL": URL, **changes}


def build(
    *entries: Entry,
    bodies: Mapping[str, str] | None = None,
    topics: Iterable[str] = (),
    withdrawn: Iterable[Tombstone] = (),
    pictures: Mapping[str, Picture] | None = None,
    as_of: dt.date = TODAY,
    **changes: Any,
) -> Build:
    """Return a build with planned feeds.

    Args:
        entries: the content.
        bodies: HTML by slug; other entries have one short paragraph.
        topics: keys of the register.
        withdrawn: tombstones of the register.
        pictures: by file.
        as_of: the day of the build.
        changes: settings.
    """
    topics_by_key = {key: Topic(key=key, name=key.title(), summary=f"About {key}.") for key in topics}
    library = Library(
        entries, Registers(topics=topics_by_key, withdrawn={stone.id: stone for stone in withdrawn}), as_of
    )
    values = settings(AS_OF=as_of.isoformat(), **changes)
    made = Build(SiteSettings.from_pelican(values), values, library)
    made.media.pictures.update(pictures or {})
    for entry in entries:
        made.texts.bodies[entry.source.path] = Body.of((bodies or {}).get(entry.slug, f"<p>Text of {entry.slug}.</p>"))
    plan(made)
    made.complete()
    return made


def files(made: Build) -> dict[str, bytes]:
    """Return the bytes of every planned file, by path."""
    return {output.path: output.make() for output in made.outputs}


def write(made: Build, folder: Path) -> Path:
    """Write every planned file below ``folder`` and return it."""
    for path, data in files(made).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
