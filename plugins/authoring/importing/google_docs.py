"""Read an HTML page, or a Markdown file of Google Docs, as an item."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from turbohtml import Element, Text, parse

from plugins.authoring.importing.docx import split_title
from plugins.authoring.importing.google_lists import nest_lists
from plugins.authoring.importing.item import Item, comments_left_out
from plugins.authoring.importing.markdown_html import to_html
from plugins.authoring.importing.media import read_below
from plugins.authoring.importing.source import SourceError

#: Most bytes of a file, including embedded pictures.
_LARGEST = 100_000_000
_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_DECLARED = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)


def read_html(path: Path) -> Item:
    """Return the item of the HTML page ``path``, with pictures from its folder.

    Raises:
        SourceError: when it is too large.
    """
    data = _bytes(path)
    declared = _DECLARED.search(data[:4096])
    root = parse(_decoded(data, declared[1].decode("ascii") if declared else "utf-8"))
    body = root.select_one("body")
    named = root.select_one("head title")
    if body is None:
        body = Element("body")
    _classes_to_elements(root.select("style"), body)
    nest_lists(body)
    for link in body.select("a[href]"):
        link.attrs["href"] = _without_google_redirect(link.attr("href") or "")
    files: dict[str, bytes] = {}
    for image in body.select("img[src]"):
        address = (image.attr("src") or "").split("?")[0]
        if not re.match(r"[a-z]+:|//", address) and (found := read_below(path.parent, address)) is not None:
            files[image.attr("src") or ""] = found
    for line in body.select("p.title"):
        line.replace_with(Element("h1", {"class": "document-title"}, [Text(line.text)]))
    notes = comments_left_out(_remove_comments(body))
    html, found_title = split_title(body.inner_html)
    words = " ".join(named.text.split()) if named is not None else ""
    title = found_title or words or _name(path)
    return Item(f"document {path.name}", path.name, html, title=title, files=files, notes=notes)


def read_markdown(path: Path) -> Item:
    """Return the item of the Markdown file ``path``, with embedded pictures or pictures from its folder.

    Raises:
        SourceError: when it is too large.
    """
    # Google Docs makes the text of each heading bold.
    text = re.sub(r"^(#{1,6} )\*\*(.+?)\*\*[ \t]*$", r"\1\2", _decoded(_bytes(path), "utf-8"), flags=re.MULTILINE)
    html, title = split_title(to_html(text).replace("<h1>", '<h1 class="">', 1))
    return Item(f"document {path.name}", path.name, html, title=title or _name(path), files=_beside(html, path))


def _beside(html: str, path: Path) -> dict[str, bytes]:
    names = re.findall(r'<img[^>]* src="([^":]+)"', html) + re.findall(r'<img src="([^":]+)"', html)
    return {name: data for name in names if (data := read_below(path.parent, name)) is not None}


def _classes_to_elements(styles: list[Element], body: Element) -> None:
    """Wrap text in ``strong`` and ``em`` where Google Docs has only classes."""
    meant: dict[str, list[str]] = {}
    for style in styles:
        for name, rules in _RULE.findall(style.text):
            marks = [
                tag
                for tag, pattern in (
                    ("strong", r"font-weight:\s*(?:bold|[6-9]00)"),
                    ("em", r"font-style:\s*italic"),
                    ("s", r"text-decoration:\s*line-through"),
                    ("sup", r"vertical-align:\s*super"),
                    ("sub", r"vertical-align:\s*sub\b"),
                )
                if re.search(pattern, rules)
            ]
            if marks:
                meant[name] = marks
    for span in body.select("span[class]"):
        value = span.attrs.get("class")
        classes = value if isinstance(value, list) else (value or "").split()
        for tag in dict.fromkeys(mark for one in classes for mark in meant.get(one, ())):
            if span.text.strip() and span.closest("h1, h2, h3, h4, h5, h6, sup") is None:
                span.wrap_children(Element(tag))


def _remove_comments(body: Element) -> int:
    """Remove the comments of editors, with the marks that lead to them, and return the number of comments."""
    for mark in body.select('a[href^="#cmnt"][id^="cmnt_ref"]'):
        (mark.closest("sup") or mark).decompose()
    comments = body.select('a[href^="#cmnt_ref"]')
    for comment in comments:
        # A reply is in the same element as its comment, and may have been removed with it.
        if comment.closest("body") is not None and (box := comment.closest("div") or comment.closest("p")) is not None:
            box.decompose()
    return len(comments)


def _without_google_redirect(address: str) -> str:
    """Return the target of a link that Google Docs leads through its own redirect."""
    parts = urlsplit(address) if address.startswith("http") else None
    if parts is not None and parts.hostname == "www.google.com" and parts.path == "/url":
        return parse_qs(parts.query).get("q", [address])[0]
    return address


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise SourceError(
            f"{path} has {path.stat().st_size:,} bytes, and {_LARGEST:,} are taken; make its pictures smaller"
        )
    return path.read_bytes()


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


def _name(path: Path) -> str:
    return path.stem.replace("_", " ").replace("-", " ").strip() or path.name
