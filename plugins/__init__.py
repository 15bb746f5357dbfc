"""The plugins of a community site, one package per capability."""

from __future__ import annotations


def __getattr__(name: str) -> type:
    """Return ``AtomicPelican``. Pelican finds the class of ``PELICAN_CLASS`` in a top-level module only."""
    if name != "AtomicPelican":
        raise AttributeError(name)
    from plugins.engine.site import AtomicPelican  # noqa: PLC0415

    return AtomicPelican
