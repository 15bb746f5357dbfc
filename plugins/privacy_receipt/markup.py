"""Find the requests, stores and links that a page, or the HTML in a feed, contains."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree, html

from plugins.base.html_tags import Element, attributes_of
from plugins.engine.outputs import HOLE
from plugins.privacy_receipt import scripts, styles
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import NOTHING, Findings, PrivacyViolation

#: Elements whose text a browser interprets. The parser gives HTML names in lower case.
_WITH_TEXT = frozenset({"script", "style"})
#: Elements whose ``href`` a browser follows only when the reader activates it.
_FOLLOWED_BY_READERS = frozenset({"a", "area"})
#: Attributes that never make a browser fetch an address.
_NEVER = frozenset(
    {
        "about",
        "alt",
        "cite",
        "class",
        "content",
        "datatype",
        "id",
        "itemid",
        "itemprop",
        "itemtype",
        "label",
        "name",
        "placeholder",
        "prefix",
        "profile",
        "property",
        "rel",
        "resource",
        "title",
        "typeof",
        "value",
        "vocab",
        "xmlns",
    }
)
_FETCHED = frozenset(
    {
        "action",
        "background",
        "data",
        "formaction",
        "href",
        "manifest",
        "ping",
        "poster",
        "src",
        "xlink:href",
    }
)
_SETS = frozenset({"srcset", "imagesrcset"})
#: Relations of a ``link`` that make no browser fetch anything.
_PASSIVE_RELATIONS = frozenset(
    {
        "alternate",
        "author",
        "bookmark",
        "canonical",
        "help",
        "license",
        "me",
        "next",
        "prev",
        "search",
    }
)
_ADDRESS = re.compile(r"[\s\x00-\x20]*+(?:[a-zA-Z][a-zA-Z0-9+.\t\n\r-]*+:)?[\t\n\r]*+[/\\][\t\n\r]*+[/\\]")
_QUIET = re.compile(r"\bno-referrer\b")


def read_page(data: bytes, where: str, cache: FragmentCache) -> Findings:
    """Return the findings of the page ``data``, called ``where`` in messages."""
    found = _read_tags(data.decode("utf-8", "replace"), where, cache)
    if found is not None:
        return found
    tree = html.document_fromstring(data or b"<html></html>", parser=etree.HTMLParser(encoding="utf-8"))
    metas = (dict(attributes_of(meta)) for meta in tree.iter("meta"))
    return _Reader(where, cache, quiet=any(map(_is_quiet, metas))).read(tree)


def _is_quiet(meta: Mapping[str, str]) -> bool:
    return meta.get("name", "").lower() == "referrer" and bool(_QUIET.search(meta.get("content", "")))


def read_around(data: bytes, where: str, cache: FragmentCache) -> Findings | None:
    """Return the findings of the page ``data`` that has ``HOLE`` in place of its insert.

    None if only a scan of the whole page can tell: there is a violation, the insert does not stand between elements, or
    its links could send a referrer.
    """
    tags = cache.tags.start_tags(data.decode("utf-8", "replace"))
    if tags is None or tags[HOLE] != 1 or not _has_quiet_meta(tags, cache):
        return None
    return _of_tags(tags, where, cache, quiet=True)


def read_insert(data: bytes, cache: FragmentCache) -> Findings | None:
    """Return the findings of an insert of pages whose links send no referrer; None as in ``read_around``."""
    return _read_tags(data.decode("utf-8", "replace"), "", cache, quiet=True)


def _read_tags(html: str, where: str, cache: FragmentCache, *, quiet: bool = False) -> Findings | None:
    """Return the findings of the start tags of ``html``, each kind of tag read once.

    None if only a parser can tell what is a tag, or if there is a violation, because a parser gives them in order.
    """
    tags = cache.tags.start_tags(html)
    return None if tags is None else _of_tags(tags, where, cache, quiet=quiet or _has_quiet_meta(tags, cache))


def _has_quiet_meta(tags: Iterable[str], cache: FragmentCache) -> bool:
    metas = (dict(meta.attributes) for tag in tags if tag[:5].lower() == "<meta" if (meta := cache.tags.element(tag)))
    return any(map(_is_quiet, metas))


def _of_tags(tags: Counter[str], where: str, cache: FragmentCache, *, quiet: bool) -> Findings | None:
    reader, found = _Reader(where, cache, quiet=quiet), Findings()
    for tag in tags.keys() - cache.silent[quiet]:
        findings = reader.read_tag(tag)
        if findings is not NOTHING:
            found.take(findings, tags[tag])
        elif tag.endswith(">"):
            # A tag without this end is a script or style with its text, which depends on the file.
            cache.silent[quiet].add(tag)
    return None if found.violations else found


def read_fragment(text: str, where: str, cache: FragmentCache) -> Findings:
    """Return the findings of the HTML fragment ``text``. The referrer policy is that of the program that shows it."""
    if "<" not in text:
        return Findings()
    return cache.get_or_compute_text(
        "fragment",
        text,
        lambda: _read_tags(text, where, cache, quiet=True) or _Reader(where, cache, quiet=True).read(_fragment(text)),
    )


def _fragment(text: str) -> etree._Element:
    # The parser of `lxml.html` would call Python for the class of each element.
    pieces = html.fragments_fromstring(text, parser=etree.HTMLParser())
    root = etree.Element("div")
    root.extend(filter(etree.iselement, pieces))
    return root


class _Reader:
    """Reads one tree.

    Args:
        where: the name of the file in messages.
        cache: the findings of earlier fragments.
        quiet: True if no link sends a referrer.
    """

    def __init__(self, where: str, cache: FragmentCache, *, quiet: bool) -> None:
        self._where = where
        self._cache = cache
        self._quiet = quiet

    def read(self, tree: Any) -> Findings:  # noqa: ANN401 - lxml's elements have no types of their own
        found = Findings()
        for each in tree.iter(etree.Element):
            name = str(each.tag).rpartition("}")[2]
            text = str(each.xpath("string()")) if name in _WITH_TEXT else ""
            findings = self._read(Element(name, attributes_of(each), text))
            if findings is not NOTHING:
                found.take(findings)
        return found

    def read_tag(self, tag: str) -> Findings:
        """Return the findings of a tag that ``start_tags`` found."""
        found = self._cache.tags.element(tag)
        return self._read(found) if found else NOTHING

    def _read(self, each: Element) -> Findings:
        """Return the findings of an element. They do not depend on its context."""
        found = NOTHING
        if each.attributes:
            kind = "quiet element" if self._quiet else "element"
            found = self._cache.get_or_compute((kind, each.name, *each.attributes), self._element)
        if each.name in _WITH_TEXT:
            of_text = self._text(each.name, dict(each.attributes).get("type", ""), each.text)
            return of_text if found is NOTHING else found + of_text
        return found

    def _text(self, tag: str, given: str, text: str) -> Findings:
        place, kind = f"{self._where}: <{tag}>", given.strip().lower()
        if tag == "style":
            return self._cache.get_or_compute_text(tag, text, lambda: styles.read(text, place, self._cache.origin))
        found = Findings()
        if kind in {"", "module"} or "javascript" in kind or "ecmascript" in kind:
            if text.strip():
                found.take(scripts.read(text, place, self._cache.origin))
        elif kind in {"importmap", "speculationrules"}:
            try:
                self._fetched(_strings(json.loads(text)), place, found)
            except ValueError:
                found.hides(f"is no {kind} that can be read", place)
        # A browser does not run a script of any other type.
        return found

    def _element(self, name: str, *attributes: tuple[str, str]) -> Findings:
        found, values, tag = Findings(), dict(attributes), name.lower()
        place = f"{self._where}: <{tag}>"
        if tag == "meta":
            self._meta(values, place, found)
        elif tag in _FOLLOWED_BY_READERS:
            self._link(values, place, found)
        followed = {"href"} if tag in _FOLLOWED_BY_READERS or (tag == "link" and _is_passive(values)) else ()
        for attribute, value in attributes:
            key = attribute.lower()
            if key.startswith("on") or (not _is_words(key) and value.strip().lower().startswith("javascript:")):
                found.take(scripts.read(value, f"{place} {key}", self._cache.origin))
            elif key == "style":
                found.take(styles.read(value, place, self._cache.origin))
            elif key == "srcdoc":
                found.take(read_page(value.encode(), place, self._cache))
            elif key not in followed:
                self._fetched(_addresses(key, value), place, found)
        return found

    def _link(self, values: Mapping[str, str], place: str, found: Findings) -> None:
        if self._cache.origin.is_ours(values.get("href", "")):
            return
        found.links_out += 1
        if not self._quiet and "noreferrer" not in values.get("rel", "").split():
            message = f"{place} tells another site where its reader came from"
            found.violations.append(PrivacyViolation("referrer-told", message, 'add  rel="noreferrer"'))

    def _meta(self, values: Mapping[str, str], place: str, found: Findings) -> None:
        does, content = values.get("http-equiv", "").strip().lower(), values.get("content", "")
        if does == "refresh":
            address = re.sub(r"(?is)^[\s\d.;,]*(?:url\s*=)?\s*['\"]?", "", content).rstrip("'\" ")
            self._fetched([address], place, found)
        elif does == "set-cookie":
            found.stores("set-cookie", place)

    def _fetched(self, addresses: Iterable[str], place: str, found: Findings) -> None:
        for address in addresses:
            found.fetches(address, place, self._cache.origin)


def _is_passive(link: Mapping[str, str]) -> bool:
    return set(link.get("rel", "").lower().split()) <= _PASSIVE_RELATIONS


def _addresses(name: str, value: str) -> Iterator[str]:
    """Yield the addresses in the attribute ``name`` that a browser may fetch. An unknown attribute may hold one."""
    if name in _SETS:
        yield from (part.split()[0] for part in value.split(",") if part.split())
    elif name in _FETCHED or (not _is_words(name) and _ADDRESS.match(value)):
        yield value


def _is_words(name: str) -> bool:
    """Return whether the attribute ``name`` is for people or other programs, so that no browser fetches its value."""
    return name in _NEVER or name.startswith(("aria-", "data-", "xmlns"))


def _strings(value: object) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, str):
        if _ADDRESS.match(value):
            yield value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _strings(key)
            yield from _strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below)
