"""Find the files of a built site that show a story, independently of the code under test."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from bs4 import BeautifulSoup

from tests.stories.telling import ALT, NAME, REF, WORDS

_PICTURE = re.compile(r"/images/[^\s,]+")


def holding(output: Path, words: tuple[str, ...] = (*WORDS, REF)) -> set[str]:
    """Return the files below ``output`` that contain any of ``words``, escaped or not."""
    return {
        file.relative_to(output).as_posix()
        for file in output.rglob("*")
        if file.is_file() and any(word in _text(file) for word in words)
    }


def _text(file: Path) -> str:
    text = file.read_bytes().decode("utf-8", errors="replace")
    if file.suffix == ".json":
        text += json.dumps(json.loads(text), ensure_ascii=False)
    return text + html.unescape(html.unescape(text))


def in_feeds(output: Path) -> set[str]:
    """Return the feeds that contain the story."""
    return {path for path in holding(output) if path.startswith("feeds/")}


def with_picture(output: Path) -> set[str]:
    """Return the pictures of the story, and the pages and feeds that show one."""
    files = {
        address.lstrip("/")
        for page in output.rglob("*.html")
        for image in BeautifulSoup(page.read_bytes(), "html5lib").select(f'img[alt="{ALT}"]')
        for element in (image, *image.find_previous_siblings("source"))
        for address in _PICTURE.findall(f"{element.get('src', '')} {element.get('srcset', '')}")
    }
    return files | holding(output, tuple(files) or (ALT,))


def in_social_cards(output: Path) -> set[str]:
    """Return the pages whose social cards contain the story."""
    return {
        path
        for path in holding(output)
        if path.endswith(".html")
        and any(
            word in str(tag)
            for tag in BeautifulSoup((output / path).read_bytes(), "html5lib").select(
                "meta[property], meta[name^=twitter]"
            )
            for word in (*WORDS, NAME)
        )
    }


def for_searches(output: Path) -> set[str]:
    """Return the pages, sitemaps and search indexes in which a search finds the story."""
    found = set()
    for path in holding(output):
        if path.endswith(".html"):
            page = BeautifulSoup((output / path).read_bytes(), "html5lib")
            if not page.select_one('meta[name="robots"][content~="noindex"]'):
                found.add(path)
        elif "sitemap" in path or path.startswith("search"):
            found.add(path)
    return found
