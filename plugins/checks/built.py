"""Built: a finished site as the gate reads it from its folder."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_INDEX = "index.html"


class NoSite(ValueError):  # noqa: N818 - it is what it says
    """There is nothing to check; the message says why and what to do."""


@dataclass(frozen=True)
class BuiltPage:
    """One page.

    Attributes:
        path: its file, relative to the folder of the site.
        data: the bytes of that file.
    """

    path: str
    data: bytes

    @property
    def address(self) -> str:
        """Its address, from the root of the site on."""
        return "/" + (self.path.removesuffix(_INDEX) if self.path.split("/")[-1] == _INDEX else self.path)

    @property
    def type(self) -> str:
        """What it has in common with its like: pages at one level of one section are of one type."""
        parts = self.address.strip("/").split("/")
        return "/".join([*parts[:-1], "*"]) if len(parts) > 1 else parts[0]

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The parsed page."""
        return html.document_fromstring(self.data)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every name that a link to a part of this page may use."""
        return frozenset(self.tree.xpath("//@id")) | frozenset(self.tree.xpath("//a/@name"))

    @property
    def leads_elsewhere(self) -> bool:
        """Tell whether it is a small page at an old address."""
        return any(str(element.get("http-equiv")).lower() == "refresh" for element in self.tree.iter("meta"))

    @property
    def indexable(self) -> bool:
        """Tell whether search engines may list it."""
        robots = " ".join(
            str(element.get("content")) for element in self.tree.iter("meta") if element.get("name") == "robots"
        )
        return "noindex" not in robots

    @property
    def styles(self) -> tuple[str, ...]:
        """The text of each style sheet that stands in the page itself."""
        return tuple(str(element.text_content()) for element in self.tree.iter("style"))


class BuiltSite:
    """The site in ``folder``.

    Raises:
        NoSite: when there is no page in it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        files = (file for file in folder.rglob("*") if file.is_file())
        self.files = frozenset(file.relative_to(folder).as_posix() for file in files)
        found = [BuiltPage(path, (folder / path).read_bytes()) for path in sorted(self.files) if path.endswith(".html")]
        self.redirects = tuple(page for page in found if page.leads_elsewhere)
        self.pages = tuple(page for page in found if not page.leads_elsewhere)
        self._by_path = {page.path: page for page in found}
        if _INDEX not in self._by_path:
            raise NoSite(f"there is no site in {folder}/. Build it first, with  inv build")
        self.url = self._own_address()

    @property
    def root(self) -> str:
        """The path below which the site lives on its host, without a slash at its end."""
        return urlsplit(self.url).path.rstrip("/")

    def _own_address(self) -> str:
        """The public address, as the home page gives it; "" when it gives none."""
        found = self._by_path[_INDEX].tree.xpath("//link[@rel='canonical']/@href")
        return str(found[0]).rstrip("/") if found else ""

    def some(self, addresses: Sequence[str]) -> tuple[BuiltPage, ...]:
        """Return the pages at ``addresses``; all when none is given.

        Raises:
            NoSite: when there is no page at one of them.
        """
        by_address = {page.address: page for page in self.pages}
        unknown = [address for address in addresses if address not in by_address]
        if unknown:
            raise NoSite(f"there is no page at {', '.join(unknown)} in {self.folder}/; write addresses as  /help/")
        return tuple(by_address[address] for address in addresses) or self.pages

    def sample(self, pages: Sequence[BuiltPage]) -> tuple[BuiltPage, ...]:
        """Return one page of each type among ``pages``: the largest, where most can go wrong."""
        largest: dict[str, BuiltPage] = {}
        for page in pages:
            best = largest.get(page.type)
            if best is None or len(page.data) > len(best.data):
                largest[page.type] = page
        return tuple(page for page in pages if largest[page.type] is page)

    def is_own(self, href: str) -> bool:
        """Tell whether the address ``href``, as a page writes it, is on this site."""
        parts = urlsplit(href)
        if not parts.scheme and not parts.netloc:
            return True
        own = urlsplit(self.url)
        return (parts.scheme or own.scheme, parts.netloc) == (own.scheme, own.netloc)

    def target(self, page: BuiltPage, href: str) -> str | None:
        """Return the file that the link ``href`` of ``page`` leads to; None when there is none."""
        path = unquote(urlsplit(href).path)
        if not path:
            return page.path
        if path.startswith("/"):
            if self.root and not path.startswith(f"{self.root}/"):
                return None
            path = path.removeprefix(self.root).lstrip("/")
        else:
            path = self._joined(page.path.rpartition("/")[0], path)
        return next((file for file in self._forms(path) if file in self.files), None)

    @staticmethod
    def _forms(path: str) -> Iterator[str]:
        """The files that a host shows at ``path``."""
        if path and not path.endswith("/"):
            yield path
        yield f"{path.rstrip('/')}/{_INDEX}".lstrip("/")

    @staticmethod
    def _joined(folder: str, path: str) -> str:
        parts = [part for part in folder.split("/") if part]
        for part in path.split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part != ".":
                parts.append(part)
        return "/".join(parts)

    def page(self, path: str) -> BuiltPage | None:
        """Return the page in the file ``path``."""
        return self._by_path.get(path)

    def travelling(self, path: str) -> int:
        """Return how many bytes the file ``path`` has as it travels."""
        return gzipped((self.folder / path).read_bytes())


def gzipped(data: bytes) -> int:
    """Return how many bytes ``data`` has as hosts send it: gzip at level 6, the usual one."""
    return len(gzip.compress(data, 6, mtime=0))
