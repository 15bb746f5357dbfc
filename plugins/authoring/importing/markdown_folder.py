"""Read a folder of another generator's Markdown (Hugo, Jekyll, Pelican, Eleventy) as items."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from plugins.authoring.importing.destination import slug_of
from plugins.authoring.importing.foreign_front_matter import (
    FrontMatterError,
    day_of,
    first,
    split_front_matter,
    text_of,
    texts_of,
)
from plugins.authoring.importing.generator_text import plain_markdown
from plugins.authoring.importing.item import Item, Kind, Photo, Status
from plugins.authoring.importing.markdown_html import to_html
from plugins.authoring.importing.media import read_below
from plugins.authoring.importing.source import Source, SourceError

_ENDS = (".md", ".markdown", ".mdown", ".mkd")
#: Folders of generators that hold no texts.
_PASSED = frozenset(
    """node_modules _site public output themes theme layouts _layouts _includes includes archetypes vendor _sass
    __pycache__ resources dist""".split()  # noqa: SIM905
)
_ABOUT_THE_PROJECT = frozenset({"readme", "license", "licence", "changelog", "contributing", "code_of_conduct"})
#: Root folders of generators, which are not part of addresses.
_ROOTS = ("content", "src", "source", "docs", "static", "assets", "public")
_DATED = re.compile(r"^(\d{4}-\d\d-\d\d)-(.+)$")
_LARGEST = 10_000_000
_MOST_TEXTS = 50_000
_RELATIVE = re.compile(r"""(?P<start><(?:a|img)\s[^<>]*?(?:href|src)=")(?P<address>[^"<>]*+)(?=")""")


@dataclass(slots=True)
class _Folder:
    root: Path
    generator: str
    paths: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def items(self) -> Iterator[Item]:
        for path in self.paths:
            item = self._item(path, [])
            if item is not None:
                yield item

    def _item(self, path: str, faults: list[tuple[str, str]]) -> Item | None:
        file = self.root / path
        try:
            if file.stat().st_size > _LARGEST:
                faults.append((path, f"it has more than {_LARGEST:,} bytes, which is no text"))
                return None
            text = file.read_bytes().decode("utf-8-sig", "replace")
            fields, body = split_front_matter(text)
        except OSError as error:
            faults.append((path, f"it cannot be read ({error.strerror})"))
            return None
        except FrontMatterError as error:
            faults.append((path, f"its front matter cannot be read ({error}); mend it and import it again"))
            return None
        return self._made(path, fields, body)

    def survey(self) -> None:
        """Find the texts, and the faults of files that cannot be read."""
        for path in _texts(self.root):
            stem = Path(path).stem.casefold()
            if stem in _ABOUT_THE_PROJECT:
                self.left_out["text about the project"] += 1
                continue
            item = self._item(path, self.faults)
            if item is None:
                continue
            if stem == "_index" and not item.html.strip():
                self.left_out["list without a text"] += 1
                continue
            self.paths.append(path)
            if len(self.paths) > _MOST_TEXTS:
                raise SourceError(f"{self.root} holds more than {_MOST_TEXTS:,} texts; name a folder within it")

    def _made(self, path: str, fields: Mapping[str, Any], body: str) -> Item:
        markdown, notes = plain_markdown(body)
        title = text_of(first(fields, "title"))
        html = to_html(markdown)
        if not title:
            # Without a title field, the first heading is the title.
            found = re.match(r"\s*<h1>(.*?)</h1>", html, re.DOTALL)
            title = re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""
            html = html[found.end() :] if found else html
        dated = _DATED.match(Path(path).stem)
        slug = text_of(first(fields, "slug")) or _slug(path, dated[2] if dated else "")
        published = day_of(first(fields, "date", "published", "publishdate", "pubdate", "created"))
        published = published or day_of(dated[1] if dated else None)
        tags = tuple(tag for tag in texts_of(first(fields, "tags", "keywords")) if tag not in {"post", "posts", "all"})
        photo = first(fields, "image", "cover", "featured_image", "thumbnail", "hero", "banner", "images")
        alt = text_of(first(fields, "image_alt", "alt", "cover_alt")) or (
            text_of(photo.get("alt")) if isinstance(photo, dict) else ""
        )
        item = Item(
            key=f"folder {self.root.name} {path}",
            place=path,
            html="",
            title=title,
            slug=slug,
            summary=text_of(first(fields, "description", "summary", "excerpt", "subtitle")),
            published=published,
            updated=day_of(first(fields, "lastmod", "updated", "modified", "last_modified_at")),
            author=text_of(first(fields, "author", "authors")),
            categories=texts_of(first(fields, "categories", "category", "section")),
            tags=tags,
            kind=self._kind(path, fields, has_day=published is not None),
            status=_status(path, fields),
            names=(f"/{path}", *_below_roots(path), *((f"/{dirname(path)}",) if path.endswith("/index.md") else ())),
            photo=Photo(_absolute(text_of(photo), dirname(path)), alt) if photo and text_of(photo) else None,
            notes=tuple(notes),
        )
        addresses = self._addresses(path, fields, item)
        base = urlsplit(addresses[0]).path
        return replace(
            item, addresses=addresses, html=_RELATIVE.sub(partial(_from_root, folder=dirname(path), base=base), html)
        )

    def _kind(self, path: str, fields: Mapping[str, Any], *, has_day: bool) -> Kind:
        layout = text_of(first(fields, "layout", "type", "template")).casefold()
        if "page" in layout.split("/")[-1] or "pages" in path.split("/")[:-1]:
            return "page"
        return "post" if has_day or "post" in layout else "page"

    def _addresses(self, path: str, fields: Mapping[str, Any], item: Item) -> tuple[str, ...]:
        """Return the old addresses of the text: from its fields, else as its generator derives them from its path."""
        others = texts_of(first(fields, "aliases", "redirect_from"))
        given = text_of(first(fields, "permalink", "url", "save_as"))
        if given and not re.search(r"[:{}]", given):
            return (_rooted(given), *map(_rooted, others))
        inner = _below_roots(path)[0].removesuffix(Path(path).suffix) if _below_roots(path) else f"/{path}"
        inner = inner.removesuffix(Path(path).suffix)
        folder = dirname(inner).rstrip("/")
        made = f"{re.sub(r'/_?index$', '', inner)}/"
        if self.generator == "pelican":
            made = f"/{'pages/' if item.kind == 'page' else ''}{item.slug}.html"
        elif self.generator == "jekyll":
            if item.kind == "post" and item.published is not None:
                categories = "".join(f"/{slug_of(name)}" for name in item.categories)
                made = f"{categories}/{item.published:%Y/%m/%d}/{item.slug}.html"
            else:
                made = f"{inner}.html" if not inner.endswith("/index") else f"{folder}/"
        elif self.generator == "hugo" and text_of(first(fields, "slug")):
            made = f"{dirname(folder) if inner.endswith('/index') else folder}/{item.slug}/"
        return tuple(dict.fromkeys((made, *map(_rooted, others))))

    def find(self, address: str) -> bytes | None:
        """Return the bytes of the file at ``address``, in the folder or in a static folder of a generator."""
        path = unquote(urlsplit(address).path).lstrip("/")
        if not path or path.startswith("../"):
            return None
        places = (path, *(f"{root}/{path}" for root in (*_ROOTS, "content/images", "images")))
        return next((data for place in places if (data := read_below(self.root, place)) is not None), None)


def open_folder(root: Path) -> Source:
    """Return the folder ``root`` as a source.

    Raises:
        SourceError: when it contains no Markdown.
    """
    folder = _Folder(root.resolve(), _generator(root))
    folder.survey()
    if not folder.paths and not folder.faults:
        raise SourceError(f"{root} holds no Markdown file; name the folder that the old site is made of")
    return Source(
        root.name, folder.items, len(folder.paths), (), frozenset(), folder.left_out, Counter(), tuple(folder.faults),
        folder.find,
    )  # fmt: skip


def _texts(root: Path) -> Iterator[str]:
    """Yield the Markdown files below ``root``, without following links."""
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = sorted(
            name for name in folders
            if not name.startswith(".") and (name not in _PASSED)
        )  # fmt: skip
        for name in sorted(files):
            file = Path(folder) / name
            if name.lower().endswith(_ENDS) and not name.startswith(".") and not file.is_symlink():
                yield file.relative_to(root).as_posix()


def _generator(root: Path) -> str:
    names = {path.name for path in root.iterdir()}
    if names & {"_config.yml", "_config.yaml", "_posts"}:
        return "jekyll"
    if names & {"hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "archetypes"}:
        return "hugo"
    if names & {"pelicanconf.py", "publishconf.py"}:
        return "pelican"
    return "eleventy" if any(name.startswith((".eleventy", "eleventy.config")) for name in names) else ""


def _slug(path: str, named: str) -> str:
    stem = Path(path).stem
    return named or (Path(path).parent.name if stem in {"index", "_index"} else stem)


def _status(path: str, fields: Mapping[str, Any]) -> Status:
    said = text_of(first(fields, "status", "visibility")).casefold()
    if first(fields, "draft") is True or said in {"draft", "hidden"} or "_drafts" in path.split("/"):
        return "draft"
    return "private" if said == "private" else "draft" if fields.get("published") is False else "public"


def _below_roots(path: str) -> tuple[str, ...]:
    """Return ``path`` without the root folder of its generator, as its address has it."""
    head, _, rest = path.partition("/")
    return (f"/{rest}",) if head in _ROOTS and rest else (f"/{path}",)


def _rooted(address: str) -> str:
    return address if re.match(r"https?://|/", address) else f"/{address}"


def _absolute(address: str, folder: str) -> str:
    if not address or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#", address):
        return address
    return f"/{normpath(join(folder, address)).removeprefix('../')}"


def _from_root(match: re.Match[str], folder: str, base: str) -> str:
    """Return an absolute link. A relative link to a file is based on the text's folder, others on its address."""
    address = match["address"]
    if re.search(r"\.[a-z0-9]{2,8}(?:[?#].*)?$", address, re.IGNORECASE):
        return match["start"] + _absolute(address, folder)
    if not address or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#", address):
        return match["start"] + address
    return f"{match['start']}{urljoin(base, address)}"
