"""ParsedItem feeds with six third-party parsers, and return what they read in one form."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import atoma
import fastfeedparser
import feedparser
from bs4 import BeautifulSoup
from msgspec import Struct

from tests.provisioning import newsboat, node
from tests.sites.building import HANG

_HERE = Path(__file__).parent


class ParsedItem(Struct, frozen=True):
    """An item as a parser reads it; ``text`` is the content without tags and with collapsed white space."""

    id: str
    title: str
    link: str
    date: dt.datetime
    text: str


Parser = Callable[[Sequence[Path], Path], dict[Path, list[ParsedItem]]]


def of_feedparser(files: Sequence[Path], _: Path) -> dict[Path, list[ParsedItem]]:
    """Read ``files`` with feedparser (PyPI)."""
    parsed = {}
    for file in files:
        feed = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
        assert not feed.bozo, feed.bozo_exception
        parsed[file] = [_read(e.id, e.title, e.link, e.published, e.content[0].value) for e in feed.entries]
    return parsed


def of_fastfeedparser(files: Sequence[Path], _: Path) -> dict[Path, list[ParsedItem]]:
    """Read ``files`` with fastfeedparser (PyPI)."""
    return {
        file: [
            _read(e["id"], e["title"], e["link"], e["published"], e["content"][0]["value"])
            for e in fastfeedparser.parse(file.read_bytes())["entries"]
        ]
        for file in files
    }


def of_atoma(files: Sequence[Path], _: Path) -> dict[Path, list[ParsedItem]]:
    """Read ``files`` with atoma (PyPI)."""
    parsed: dict[Path, list[ParsedItem]] = {}
    for file in files:
        data = file.read_bytes()
        if file.name.endswith(".rss.xml"):
            items = atoma.parse_rss_bytes(data).items
            parsed[file] = [_read(i.guid, i.title, i.link, i.pub_date, i.content_encoded) for i in items]
        elif file.name.endswith(".atom.xml"):
            entries = atoma.parse_atom_bytes(data).entries
            parsed[file] = [
                _read(e.id_, e.title.value, _alternate(e.links), e.published, e.content.value) for e in entries
            ]
        else:
            items = atoma.parse_json_feed_bytes(data).items
            parsed[file] = [_read(i.id_, i.title, i.url, i.date_published, i.content_html) for i in items]
    return parsed


def of_rss_parser(files: Sequence[Path], _: Path) -> dict[Path, list[ParsedItem]]:
    """Read ``files`` with rss-parser (npm)."""
    return _of_node("rss-parser", files)


def of_feedsmith(files: Sequence[Path], _: Path) -> dict[Path, list[ParsedItem]]:
    """Read ``files`` with feedsmith (npm)."""
    return _of_node("feedsmith", files)


def of_newsboat(files: Sequence[Path], folder: Path) -> dict[Path, list[ParsedItem]]:
    """Read ``files`` with Newsboat (Debian), which stores items in a database."""
    parsed = {}
    for number, file in enumerate(files):
        # Newsboat stores an id once for all feeds of a database.
        home = folder / str(number)
        home.mkdir(parents=True)
        (home / "urls").write_text(f"{file.as_uri()}\n", encoding="utf-8")
        (home / "config").write_text("", encoding="utf-8")
        names = ("-u", "urls", "-c", "cache.db", "-C", "config")
        subprocess.run(
            [newsboat(), *names, "-x", "reload"],
            cwd=home,
            check=True,
            env={**os.environ, "HOME": str(home)},
            timeout=HANG,
        )
        rows = sqlite3.connect(home / "cache.db").execute(
            "SELECT guid, title, url, pubDate, content FROM rss_item ORDER BY id DESC"
        )
        parsed[file] = [_read(*row) for row in rows]
    return parsed


#: Parsers that pip installs.
OF_PYTHON = frozenset({"feedparser", "fastfeedparser", "atoma"})
#: The function and the formats of each parser.
PARSERS: dict[str, tuple[Parser, tuple[str, ...]]] = {
    "feedparser": (of_feedparser, (".rss.xml", ".atom.xml")),
    "fastfeedparser": (of_fastfeedparser, (".rss.xml", ".atom.xml", ".json")),
    "atoma": (of_atoma, (".rss.xml", ".atom.xml", ".json")),
    "rss-parser": (of_rss_parser, (".rss.xml", ".atom.xml")),
    "feedsmith": (of_feedsmith, (".rss.xml", ".atom.xml", ".json")),
    "newsboat": (of_newsboat, (".rss.xml", ".atom.xml")),
}


def text_of(html: str) -> str:
    """Return the text of ``html`` with collapsed white space."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


def _of_node(parser: str, files: Sequence[Path]) -> dict[Path, list[ParsedItem]]:
    done = subprocess.run(
        [node(), _HERE / "parse.mjs", parser, *files],
        cwd=_HERE,
        check=True,
        capture_output=True,
        text=True,
        timeout=HANG,
    )
    parsed: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return {
        file: [_read(i["id"], i["title"], i["link"], i["date"], i["html"]) for i in parsed[str(file)]] for file in files
    }


def _alternate(links: Sequence[Any]) -> str:
    return str(next(link.href for link in links if link.rel == "alternate"))


def _read(key: str, title: str, link: str, date: object, html: str) -> ParsedItem:
    return ParsedItem(key, title, link, _instant(date), text_of(html))


def _instant(date: object) -> dt.datetime:
    if isinstance(date, dt.datetime):
        return date.astimezone(dt.UTC)
    if isinstance(date, int):
        return dt.datetime.fromtimestamp(date, dt.UTC)
    text = str(date)
    return (parsedate_to_datetime(text) if "," in text else dt.datetime.fromisoformat(text)).astimezone(dt.UTC)
