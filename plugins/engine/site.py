"""The Pelican class that runs a build: it succeeds wholly or changes nothing."""

from __future__ import annotations

from typing import Any

from pelican import Pelican, signals

from plugins.engine.site_builder import SiteBuilder


class AtomicPelican(SiteBuilder, Pelican):  # type: ignore[misc]
    """Pelican, but ``SiteBuilder`` builds the site.

    Two things differ from Pelican's own class. A plugin that cannot be loaded stops the build, where Pelican logs it
    and goes on. Pelican's own generators do not run: they write as they go, and know nothing of our entries.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        SiteBuilder.__init__(self, settings)
        Pelican.__init__(self, settings)

    def init_plugins(self) -> None:
        """Do nothing: ``SiteBuilder`` has registered the plugins."""

    def run(self) -> None:
        """Build the site, as ``SiteBuilder`` does, and tell Pelican's listeners."""
        super().run()
        signals.finalized.send(self)
