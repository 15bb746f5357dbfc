"""Settings of the pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PIL


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """Where pictures are kept.

    Attributes:
        top: the folder of all that is remembered (``CACHE_PATH``).
        cache: a folder below ``images`` in ``CACHE_PATH``, another for other code: it is no key of what it makes.
    """

    top: Path
    cache: Path

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> ImageSettings:
        """Read Pelican's settings."""
        top = Path(str(settings["CACHE_PATH"]))
        return cls(top, top / "images" / _made_by())


def _made_by() -> str:
    """Return what stands for the code that makes pictures, and for the library that it uses."""
    found = hashlib.sha256(PIL.__version__.encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:12]
