"""Read the pages and files of a built site from its folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from msgspec import Struct

_INDEX = "index.html"


class SiteNotFoundError(ValueError):
    """The folder holds no site, or the site has no such page. The message says what to do."""


class BuiltPage(Struct, frozen=True, dict=True):
    """A page of the site.

    Attributes:
        path: its file, relative to the folder of the site.
        data: the bytes of the file.
    """

    path: str
    data: bytes

    @property
    def address(self) -> str:
        """The root-relative address of the page."""
        return "/" + (self.path.removesuffix(_INDEX) if self.path.split("/")[-1] == _INDEX else self.path)

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The parsed page."""
        return html.document_fromstring(self.data)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The names that a fragment of a link to this page may have."""
        return frozenset(self.tree.xpath("//@id")) | frozenset(self.tree.xpath("//a/@name"))

    @property
    def is_redirect(self) -> bool:
        """Whether the page only redirects from an old address."""
        return any(str(element.get("http-equiv")).lower() == "refresh" for element in self.tree.iter("meta"))


class BuiltSite:
    """The site in ``folder``.

    Raises:
        SiteNotFoundError: if the folder has no home page.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        files = (file for file in folder.rglob("*") if file.is_file())
        self.files = frozenset(file.relative_to(folder).as_posix() for file in files)
        found = [BuiltPage(path, (folder / path).read_bytes()) for path in sorted(self.files) if path.endswith(".html")]
        self.redirects = tuple(page for page in found if page.is_redirect)
        self.pages = tuple(page for page in found if not page.is_redirect)
        self._by_path = {page.path: page for page in found}
        if _INDEX not in self._by_path:
            raise SiteNotFoundError(f"there is no site in {folder}/. Build it first, with  inv build")
        self.url = self._own_address()

    @property
    def root(self) -> str:
        """The path prefix of the site on its host, without a slash at the end."""
        return urlsplit(self.url).path.rstrip("/")

    def _own_address(self) -> str:
        """Return the site's public URL from the home page, or "" if it has none."""
        found = self._by_path[_INDEX].tree.xpath("//link[@rel='canonical']/@href")
        return str(found[0]).rstrip("/") if found else ""

    def is_own(self, href: str) -> bool:
        """Return whether ``href`` is an address on this site."""
        parts = urlsplit(href)
        if not parts.scheme and not parts.netloc:
            return True
        own = urlsplit(self.url)
        return (parts.scheme or own.scheme, parts.netloc) == (own.scheme, own.netloc)

    def target(self, page: BuiltPage, href: str) -> str | None:
        """Return the file that the link ``href`` of ``page`` leads to, or None if there is none."""
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
        """Yield the files that a host serves at ``path``."""
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
