"""Read the settings of the picture cache."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import PIL
from msgspec import Struct


class ImageSettings(Struct, frozen=True):
    """The folders of the picture cache.

    Attributes:
        top: ``CACHE_PATH``, the cache folder of the project.
        cache: a folder below ``images`` in ``CACHE_PATH`` that depends on the code, because cache keys do not.
    """

    top: Path
    cache: Path

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> ImageSettings:
        """Read Pelican's settings."""
        top = Path(str(settings["CACHE_PATH"]))
        return cls(top, top / "images" / _code_version())


def _code_version() -> str:
    """Return a hash of this package and of Pillow's version."""
    digest = hashlib.sha256(PIL.__version__.encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]
