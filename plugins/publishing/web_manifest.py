"""Web manifest: what a phone shows of the site when somebody puts it on the home screen.

A phone may be shared, or looked at by somebody whom its owner fears. So the site never offers to be installed
(``display`` is ``browser``: no browser asks, and no list of apps names it), nothing of it appears unless the owner of
the phone asks, and below the icon stand words that say nothing of what the site is about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

PATH = "/site.webmanifest"


@dataclass(frozen=True, slots=True)
class Icon:
    """A file of the theme.

    Attributes:
        file: its name in ``theme/static``.
        sizes: in pixels, as manifests say it.
        type: its media type.
        maskable: True where a phone may cut any shape out of it.
    """

    file: str
    sizes: str
    type: str = "image/png"
    maskable: bool = False


ICONS = (
    Icon("icon.svg", "any", "image/svg+xml"),
    Icon("icon-192.png", "192x192"),
    Icon("icon-512.png", "512x512"),
    Icon("icon-maskable-512.png", "512x512", maskable=True),
)


@dataclass(frozen=True, slots=True)
class WebManifest:
    """What the manifest says.

    Attributes:
        name: of the site.
        label: what stands below its icon.
        language: a BCP 47 tag.
        root: the path of the site on its host, without a slash at its end.
        colour: of its ground, such as "#fbf7ef"; "" for a theme that names none.
        icons: those that the theme has.
    """

    name: str
    label: str
    language: str
    root: str
    colour: str
    icons: tuple[Icon, ...]


def render(manifest: WebManifest) -> bytes:
    """Return the file."""
    home = f"{manifest.root}/"
    colours = {"background_color": manifest.colour, "theme_color": manifest.colour} if manifest.colour else {}
    written = {
        "name": manifest.name,
        "short_name": manifest.label,
        "lang": manifest.language,
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "browser",
        **colours,
        "icons": [
            {
                "src": f"{home}{icon.file}",
                "sizes": icon.sizes,
                "type": icon.type,
                **({"purpose": "maskable"} if icon.maskable else {}),
            }
            for icon in manifest.icons
        ],
    }
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()
