"""Read the fonts of the theme, name them by their content, and write their addresses into style files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from plugins.assets.stylesheet import StyleError
from plugins.base.fingerprint import file_hash

#: A font in a style file, by its path from ``theme/styles/base``.
_FONT = re.compile(r'url\("\.\./\.\./fonts/([^"/]+)"\)')


class Font(Struct, frozen=True):
    """A font of the theme.

    Attributes:
        file: its name in ``theme/fonts``.
        permalink: contains a hash of ``data``, so that browsers can cache it permanently.
        data: the published bytes.
    """

    file: str
    permalink: str
    data: bytes


def fonts(theme: Path) -> Iterator[Font]:
    """Yield the fonts of the theme, sorted by path."""
    for file in sorted((theme / "fonts").glob("*.woff2")):
        data = file.read_bytes()
        yield Font(file.name, f"/theme/{file.stem}-{file_hash(data)}.woff2", data)


def with_addresses(sheets: Iterable[tuple[str, str]], addresses: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return style files in which each font has its address.

    Args:
        sheets: name and text of each file.
        addresses: by the file name of the font.

    Raises:
        StyleError: when a style file names a font that the theme does not have.
    """
    return tuple((name, _with_addresses(css, name, addresses)) for name, css in sheets)


def _with_addresses(css: str, name: str, addresses: Mapping[str, str]) -> str:
    def address(found: re.Match[str]) -> str:
        if found[1] not in addresses:
            raise StyleError(f"{name}: there is no font theme/fonts/{found[1]}")
        return f"url({addresses[found[1]]})"

    return _FONT.sub(address, css)
