"""Take screenshots of every page of a built site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Literal

from tests.provisioning.browser import LAUNCH_FLAGS, chromium
from tests.provisioning.programs import Missing
from tests.sites.serving import served

#: Widths of a phone, a tablet and a desktop screen, in CSS pixels.
WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_HEIGHT = 800
_GALLERY = "index.html"


def take(output: str, to: str) -> None:
    """Write a screenshot of every page of the site in ``output`` to the folder ``to``, and a gallery of them.

    Args:
        output: the folder of the built site.
        to: the folder for the screenshots; created when it is missing.

    Raises:
        SystemExit: when the site or the browser is missing.
    """
    site, gallery = Path(output), Path(to)
    pages = list(addresses(site))
    if not pages:
        sys.exit(f"error: there is no page in {site}/. Build the site first, with  inv build")
    try:
        program = chromium()
    except Missing as missing:
        sys.exit(f"error: {missing}")
    with served(site) as address:
        _take(program, f"{address}/", pages, gallery)
    (gallery / _GALLERY).write_text(_gallery(pages), encoding="utf-8")
    print(f"Look at them: {gallery / _GALLERY}")


def addresses(site: Path) -> Iterator[str]:
    """Yield the path of each page of ``site`` below its root, without redirect pages."""
    for file in sorted(site.rglob("*.html")):
        if b'http-equiv="refresh"' not in file.read_bytes():
            yield file.relative_to(site).as_posix().removesuffix("index.html")


def picture_name(address: str) -> str:
    """Return the file name of the screenshot of the page at ``address``."""
    return (address.strip("/").removesuffix(".html").replace("/", "--") or "home") + ".png"


def _take(program: Path, root: str, pages: list[str], gallery: Path) -> None:
    # Imported here, because tasks.py imports this module where Playwright is not installed.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(LAUNCH_FLAGS))
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": _HEIGHT}, color_scheme=scheme)
                # A page shows its font only if the browser has it at the first paint.
                page.goto(root)
                for address in pages:
                    page.goto(root + address)
                    page.screenshot(path=gallery / f"{width}-{scheme}" / picture_name(address), full_page=True)
                page.close()
                print(f"{len(pages)} pages at {width} px, {scheme}", flush=True)
        browser.close()


def _gallery(pages: list[str]) -> str:
    lines = ['<!doctype html>\n<html lang="en-GB">\n<meta charset="utf-8">\n<title>Every page</title>']
    for address in pages:
        lines.append(f"<h2>/{escape(address)}</h2>\n<p>")
        for width in WIDTHS:
            for scheme in SCHEMES:
                source = escape(f"{width}-{scheme}/{picture_name(address)}")
                picture = f'<img src="{source}" width="{width // 4}" alt="{width} px, {scheme}">'
                lines.append(f'<a href="{source}">{picture}</a>')
        lines.append("</p>")
    return "\n".join(lines) + "\n"
