"""Read a folder of another generator's Markdown (Hugo, Jekyll, Pelican, Eleventy) as items."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.authoring.importing.foreign_front_matter import (
    FrontMatterError,
    day_of,
    first,
    picture_of,
    split_front_matter,
    text_of,
    texts_of,
)
from plugins.authoring.importing.generator_config import read_site
from plugins.authoring.importing.generator_site import ROOTS, GeneratorSite, Named
from plugins.authoring.importing.generator_text import plain_markdown
from plugins.authoring.importing.item import Item, Kind, Note, Photo, Status, Urgency, shortened
from plugins.authoring.importing.markdown_html import to_html
from plugins.authoring.importing.media import read_below
from plugins.authoring.importing.source import Source, SourceError
from plugins.authoring.importing.to_dos import ToDo, to_do

_ENDS = (".md", ".markdown", ".mdown", ".mkd")
#: Folders of generators that hold no texts.
_PASSED = frozenset(
    """node_modules _site public output themes theme layouts _layouts _includes includes archetypes vendor _sass
    __pycache__ resources dist""".split()  # noqa: SIM905
)
_ABOUT_THE_PROJECT = frozenset({"readme", "license", "licence", "changelog", "contributing", "code_of_conduct"})
_DATED = re.compile(r"^(\d{4}-\d\d-\d\d)-(.+)$")
#: Fields of the picture at the top of a text, and of its summary, in the order of preference.
_PHOTOS = (
    "image", "cover", "featured_image", "featuredimage", "feature_image", "featureimage", "cover_image", "coverimage",
    "header_image", "thumbnail", "hero", "banner", "images", "header", "og_image",
)  # fmt: skip
_SUMMARIES = ("description", "summary", "excerpt", "subtitle")
#: Other fields that are read, or that only the generator needs.
_READ = frozenset(
    """title date author authors tags keywords categories category section aliases redirect_from image_alt alt
    cover_alt featured_image_alt imagealt""".split()  # noqa: SIM905
)
_FEWEST_WORDS = 3
_LARGEST = 10_000_000
_MOST_TEXTS = 50_000
_RELATIVE = re.compile(r"""(?P<start><(?:a|img)\s[^<>]*?(?:href|src)=")(?P<address>[^"<>]*+)(?=")""")


class _Folder(Struct):
    root: Path
    site: GeneratorSite
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
        # Where two texts have one name, that in the main language keeps it.
        self.paths.sort(key=lambda path: self.site.split_language(path)[1] not in {"", self.site.language})

    def _made(self, path: str, fields: Mapping[str, Any], body: str) -> Item:
        markdown, notes = plain_markdown(body)
        title = text_of(first(fields, "title"))
        html = to_html(markdown)
        if not title:
            # Without a title field, the first heading is the title.
            found = re.match(r"\s*<h1>(.*?)</h1>", html, re.DOTALL)
            title = re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""
            html = html[found.end() :] if found else html
        dated = _DATED.match(Path(self.site.split_language(path)[0]).stem)
        plain_path, language = self.site.split_language(path)
        slug = text_of(first(fields, "slug")) or self._slug(plain_path, dated[2] if dated else "")
        published = day_of(first(fields, "date", "published", "publishdate", "pubdate", "created"))
        published = published or day_of(dated[1] if dated else None)
        tags = tuple(tag for tag in texts_of(first(fields, "tags", "keywords")) if tag not in {"post", "posts", "all"})
        photo = self._photo(fields, path, notes)
        if language and language != self.site.language:
            notes.append(to_do(ToDo.LANGUAGE, language))
        notes += _left_out(fields)
        item = Item(
            key=f"folder {self.root.name} {path}",
            place=path,
            html="",
            title=title,
            slug=slug,
            summary=text_of(first(fields, *_SUMMARIES)),
            published=published,
            updated=day_of(first(fields, "lastmod", "updated", "modified", "last_modified_at")),
            author=text_of(first(fields, "author", "authors")),
            categories=texts_of(first(fields, "categories", "category", "section")),
            tags=tags,
            kind=self._kind(path, fields, has_day=published is not None),
            status=_status(path, fields),
            photo=photo,
            notes=tuple(notes),
        )
        addresses = self._addresses(path, fields, item)
        base = urlsplit(addresses[0]).path
        names = tuple(self._names(path, base))
        return replace(
            item, addresses=addresses, names=names,
            html=_RELATIVE.sub(partial(_from_root, folder=dirname(path), base=base), html),
        )  # fmt: skip

    def _names(self, path: str, address: str) -> Iterator[str]:
        """Yield the other names that links of the site's folder use for the text ``path`` at ``address``."""
        plain_path, language = self.site.split_language(path)
        for form in (path, plain_path) if language in {"", self.site.language} else (path,):
            yield f"/{form}"
            yield self.site.below_root(form)
            if form.endswith("/index.md"):
                yield f"/{dirname(form)}"
        # Links of templates name the address without the folder of the site.
        yield address.removeprefix(self.site.folder)
        if "_posts/" in path:
            yield f"/_posts/{basename(path)}"

    def _photo(self, fields: Mapping[str, Any], path: str, notes: list[Note]) -> Photo | None:
        """Return the picture that the front matter of the text ``path`` names."""
        found = first(fields, *_PHOTOS)
        if found is None:
            return None
        of_photo = found[0] if isinstance(found, list) else found
        address = picture_of(of_photo)
        if not address:
            notes.append(Note(Urgency.LOST, "a picture of the front matter was not understood", shortened(str(found))))
            return None
        alt = text_of(first(fields, "image_alt", "alt", "cover_alt", "featured_image_alt", "imagealt"))
        alt = alt or (text_of(of_photo.get("alt")) if isinstance(of_photo, dict) else "")
        # Some themes look for it beside the text, others in the folder of all pictures.
        ways = (_absolute(address, dirname(path)), _absolute(address, ""))
        return Photo(next((way for way in ways if self.find(way) is not None), ways[0]), alt)

    def _kind(self, path: str, fields: Mapping[str, Any], *, has_day: bool) -> Kind:
        layout = text_of(first(fields, "layout", "type", "template")).casefold()
        if "page" in layout.split("/")[-1] or "pages" in path.split("/")[:-1]:
            return "page"
        return "post" if has_day or "post" in layout else "page"

    def _addresses(self, path: str, fields: Mapping[str, Any], item: Item) -> tuple[str, ...]:
        """Return the old addresses of the text: from its fields, else as its generator derives them from its path."""
        others = texts_of(first(fields, "aliases", "redirect_from"))
        given = text_of(first(fields, "permalink", "url", "save_as"))
        named = Named(
            path, item.slug, bool(text_of(first(fields, "slug"))), item.title, item.published, item.categories,
            is_post=item.kind == "post",
        )  # fmt: skip
        return tuple(dict.fromkeys((self.site.address(named, given), *map(self.site.rooted, others))))

    def _slug(self, path: str, named: str) -> str:
        stem = Path(path).stem
        if self.site.is_home(path):
            return ""
        return named or (Path(path).parent.name if stem in {"index", "_index"} else stem)

    def find(self, address: str) -> bytes | None:
        """Return the bytes of the file at ``address``, in the folder or in a static folder of a generator."""
        path = unquote(urlsplit(address).path).lstrip("/")
        if not path or path.startswith("../"):
            return None
        places = (path, *(f"{root}/{path}" for root in (*ROOTS, "content/images", "images")))
        return next((data for place in places if (data := read_below(self.root, place)) is not None), None)


def open_folder(root: Path) -> Source:
    """Return the folder ``root`` as a source.

    Raises:
        SourceError: when it contains no Markdown.
    """
    site = read_site(root)
    folder = _Folder(root.resolve(), site, faults=list(site.faults))
    folder.survey()
    if not folder.paths and not folder.faults:
        raise SourceError(f"{root} holds no Markdown file; name the folder that the old site is made of")
    homes = (site.home,) if site.home else ()
    return Source(
        root.name, folder.items, len(folder.paths), homes, frozenset(), folder.left_out, Counter(),
        tuple(folder.faults), folder.find,
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


def _left_out(fields: Mapping[str, Any]) -> Iterator[Note]:
    """Yield a note for each field with a sentence that no part of the draft takes."""
    taken = text_of(first(fields, *_SUMMARIES))
    for name, value in fields.items():
        words = text_of(value) if isinstance(value, str) else ""
        is_read = name in _READ or words == taken
        if not is_read and len(words.split()) >= _FEWEST_WORDS:
            yield Note(Urgency.LEFT_OUT, "a field of the front matter was left out", f"{name}: {shortened(words)}")


def _status(path: str, fields: Mapping[str, Any]) -> Status:
    said = text_of(first(fields, "status", "visibility")).casefold()
    if first(fields, "draft") is True or said in {"draft", "hidden"} or "_drafts" in path.split("/"):
        return "draft"
    return "private" if said == "private" else "draft" if fields.get("published") is False else "public"


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
