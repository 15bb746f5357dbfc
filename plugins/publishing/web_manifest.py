"""Write the web manifest, which sets how the site appears on a phone's home screen.

Somebody other than its owner may see the phone. ``display`` is ``browser``, so browsers do not offer to install the
site and no list of apps names it. The label below the icon does not reveal what the site is about.
"""

from __future__ import annotations

import json

from msgspec import Struct

PATH = "/site.webmanifest"


class Icon(Struct, frozen=True):
    """An icon of the theme.

    Attributes:
        file: its name in ``theme/static``.
        sizes: its sizes in pixels, in the syntax of the manifest.
        type: its media type.
        maskable: True if a phone may crop it to any shape.
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


class WebManifest(Struct, frozen=True):
    """The content of the manifest.

    Attributes:
        name: the site's name.
        label: the words below the icon.
        language: a BCP 47 tag.
        root: the path of the site on its host, without a slash at the end.
        colour: the background colour, such as "#fbf7ef", or "" if the theme has none.
        icons: the icons that the theme has.
    """

    name: str
    label: str
    language: str
    root: str
    colour: str
    icons: tuple[Icon, ...]


def render(manifest: WebManifest) -> bytes:
    """Return the manifest as JSON."""
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
