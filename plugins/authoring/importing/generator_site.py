"""Derive the old addresses of the texts of a static site generator."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from posixpath import basename, dirname

from msgspec import Struct, field

from plugins.authoring.importing.destination import slug_of

#: Root folders of generators, which are not part of addresses. Jekyll has none.
ROOTS = ("content", "src", "source", "docs", "static", "assets", "public")
_ROOTS_OF = {"jekyll": (), "hugo": ("content",), "pelican": ("content",)}
#: The patterns behind Jekyll's names for the form of addresses.
JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKEN = re.compile(r":([a-z_]+)(\[[^\]]*\])?")
#: A part of a pattern of Pelican, such as ``{slug}`` or ``{date:%Y}``.
_PELICAN_TOKEN = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
#: Pelican's own patterns of articles and pages.
PELICAN_PATTERNS = {"article_url": "{slug}.html", "page_url": "pages/{slug}.html"}
#: A pattern of an address has parts that stand for something.
_PATTERN = re.compile(r"/:|^:|[{}]")
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[a-z]{2,4})?)$", re.IGNORECASE)
#: Two-letter codes that file names of a site without a list of languages may end with.
_CODES = frozenset(
    """ar bg bn ca cs cy da de el en es et eu fa fi fr ga gd gl gu gv he hi hr hu is it ja ko kw lt lv mk mt nl no pa
    pl pt ro ru sk sl sq sr sv ta th tr uk ur vi zh""".split()  # noqa: SIM905
)


class Named(Struct, frozen=True):
    """What an old address may be made of.

    Attributes:
        path: of the file, from the root of the site's folder.
        slug: of the text.
        has_slug: True if its front matter names the slug.
        title: of the text.
        day: on which it appeared, or None.
        categories: of the text.
        is_post: False for a page.
    """

    path: str
    slug: str
    has_slug: bool
    title: str
    day: dt.date | None
    categories: tuple[str, ...]
    is_post: bool


class GeneratorSite(Struct, frozen=True):
    """A folder of a static site generator.

    Attributes:
        generator: hugo, jekyll, pelican, eleventy, or "" if unknown.
        home: address of the home page without a trailing slash, or "" if its host is unknown.
        folder: path of the home page without a trailing slash, which every address begins with.
        permalinks: patterns of addresses, by section; the key "" holds for every post. For Pelican, by setting.
        ugly_sections: sections with addresses such as ``/posts/a.html`` (``uglyURLs`` of Hugo); "" means every section.
        languages: the folder of each language, or "", by code.
        language: code of the main language, or "".
        prefixes_all: True if addresses of the main language begin with its code too.
        faults: parts of the configuration that cannot be read, each with the reason.
    """

    generator: str = ""
    home: str = ""
    folder: str = ""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    ugly_sections: AbstractSet[str] = frozenset()
    languages: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    prefixes_all: bool = False
    faults: tuple[tuple[str, str], ...] = ()

    def split_language(self, path: str) -> tuple[str, str]:
        """Split the code of a language from ``path``, where its name or its folder has one. Return the rest, and it."""
        stem, dot, end = path.rpartition(".")
        found = _LANGUAGE.search(basename(stem))
        code = found[1].lower() if found else ""
        if code and (code in self.languages or (not self.languages and code in _CODES)):
            return f"{stem[: -len(code) - 1]}{dot}{end}", code
        for code, folder in self.languages.items():
            if folder and path.startswith(f"{folder}/"):
                return f"content/{path.removeprefix(f'{folder}/')}", code
        return path, ""

    def below_root(self, path: str) -> str:
        """Return ``path`` from the root of the addresses, with a slash before it."""
        head, _, rest = path.partition("/")
        return f"/{rest}" if rest and head in _ROOTS_OF.get(self.generator, ROOTS) else f"/{path}"

    def is_home(self, path: str) -> bool:
        """Tell whether ``path`` is the file of the home page."""
        return bool(re.fullmatch(r"/_?index\.\w+", self.below_root(self.split_language(path)[0])))

    def address(self, named: Named, given: str = "") -> str:
        """Return the old address of a text, from the root of its host.

        Args:
            named: what it is made of.
            given: the address or the pattern in its front matter, or "".
        """
        path, code = self.split_language(named.path)
        code = code or self.language
        language = f"/{code}" if code != self.language or (code and self.prefixes_all) else ""
        if given and not _PATTERN.search(given):
            return self.rooted(given)
        if self.generator == "pelican":
            made = self._pelican(named)
        else:
            made = self._in_ugly_section(path, self._patterned(named, path, given) or self._by_path(named, path))
        return f"{self.folder}{language}{made}"

    def rooted(self, address: str) -> str:
        """Return ``address``, an absolute one or a path in the site, from the root of its host."""
        return address if re.match(r"https?://", address) else f"{self.folder}/{address.lstrip('/')}"

    def _patterned(self, named: Named, path: str, given: str) -> str:
        """Return the address by a pattern, or "" if there is none, or the text lacks a part of it."""
        sections = dirname(self.below_root(path)).strip("/").split("/")
        if self._is_bundle(path):
            sections = sections[:-1]
        pattern = given if given and "{" not in given else self.permalinks.get(sections[0] if sections else "", "")
        if not pattern and named.is_post and self.generator == "jekyll":
            pattern = self.permalinks.get("", JEKYLL_STYLES["date"])
        if not pattern or basename(path).startswith("_index."):
            return ""
        tokens = self._tokens(named, path, sections)
        try:
            made = _TOKEN.sub(lambda match: _cut(tokens[match[1]], match[2] or ""), pattern)
        except KeyError:
            return ""
        return re.sub(r"/{2,}", "/", f"/{made}")

    def _tokens(self, named: Named, path: str, sections: list[str]) -> dict[str, str]:
        """Return the values of the parts of a pattern that the text has, as Hugo and Jekyll name them."""
        name = basename(dirname(path) if self._is_bundle(path) else path.rpartition(".")[0])
        title = _in_address(named.title) if self.generator == "hugo" else named.slug
        made = {
            "filename": name, "contentbasename": name, "slugorfilename": named.slug,
            "slugorcontentbasename": named.slug, "title": title,
            "slug": title if self.generator == "hugo" and not named.has_slug else named.slug,
            "section": sections[0] if sections else "", "sections": "/".join(sections),
            "categories": "/".join(map(slug_of, named.categories)), "output_ext": ".html",
        }  # fmt: skip
        if (day := named.day) is not None:
            made |= {
                "year": f"{day:%Y}", "short_year": f"{day:%y}", "month": f"{day:%m}", "i_month": str(day.month),
                "monthname": f"{day:%B}".lower(), "short_month": f"{day:%b}", "long_month": f"{day:%B}",
                "day": f"{day:%d}", "i_day": str(day.day), "y_day": f"{day:%j}", "weekday": f"{day:%w}",
                "weekdayname": f"{day:%A}".lower(), "yearday": str(int(f"{day:%j}")),
            }  # fmt: skip
        return made

    def _by_path(self, named: Named, path: str) -> str:
        """Return the address that the generator derives from the path of a text."""
        inner = self.below_root(path).rpartition(".")[0]
        if self.generator == "jekyll":
            inner = re.sub(r"^/_", "/", inner)
            if not inner.endswith("/index"):
                return f"{inner}/" if self.permalinks.get("", "").endswith("/") else f"{inner}.html"
        folder = re.sub(r"/_?index$", "", inner)
        if self.generator == "hugo" and named.has_slug:
            folder = f"{dirname(folder).rstrip('/')}/{named.slug}"
        return f"{folder}/"

    def _in_ugly_section(self, path: str, address: str) -> str:
        """Return ``address`` with ``.html`` in place of its last slash, if the section is one of these."""
        section = self.below_root(path).strip("/").partition("/")[0]
        if self.ugly_sections.isdisjoint({"", section}) or basename(path).startswith("_index.") or address == "/":
            return address
        return f"{address.rstrip('/')}.html"

    def _pelican(self, named: Named) -> str:
        """Return the address by Pelican's pattern, or by its own one if the text lacks a part of it."""
        setting = "article_url" if named.is_post else "page_url"
        values = {"slug": named.slug, "category": "".join(map(slug_of, named.categories[:1])), "lang": self.language}

        def value(match: re.Match[str]) -> str:
            if match[1] == "date" and named.day is not None:
                return named.day.strftime(match[2] or "%Y-%m-%d")
            return values.get(match[1], "")

        pattern = self.permalinks.get(setting) or PELICAN_PATTERNS[setting]
        if not all(map(value, _PELICAN_TOKEN.finditer(pattern))):
            pattern = PELICAN_PATTERNS[setting]
        return f"/{_PELICAN_TOKEN.sub(value, pattern).lstrip('/')}"

    @staticmethod
    def _is_bundle(path: str) -> bool:
        return basename(path).startswith("index.")


def _in_address(words: str) -> str:
    """Return ``words`` as Hugo writes them in an address: it keeps letters of every script."""
    plain = unicodedata.normalize("NFC", words).lower()
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.+-]", "", re.sub(r"\s", "-", plain))).strip("-")


def _cut(value: str, brackets: str) -> str:
    """Return ``value`` with only the sections that ``brackets`` choose, such as ``[1:]`` or ``[last]``."""
    begin, colon, end = brackets.strip("[]").replace("last", "-1").partition(":")
    parts = value.split("/")
    try:
        first, stop = int(begin or 0), int(end) if end else None
        return "/".join(parts[first:stop] if colon or not brackets else parts[first : first + 1 or None])
    except ValueError:
        return value
