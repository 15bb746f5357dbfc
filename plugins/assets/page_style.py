"""Extract the CSS that one page uses, and create the page's security policy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lxml import etree

from plugins.assets.stylesheet import Declaration, StyleGroup, StyleRule, declarations
from plugins.base import html_tags
from plugins.base.bounded import BoundedDict
from plugins.base.cache import Cache, NoCache
from plugins.base.html_tags import TagReader, attributes_of
from plugins.engine.build_parts import PageStyle
from plugins.engine.security_policy import page_policy

#: Elements that are part of every page; a parser adds them.
_ALWAYS = frozenset({"html", "head", "body"})


class PageStyles:
    """Creates the style of each page; pages with the same elements and classes share one.

    Args:
        rules: all rules of the theme.
        digest: differs for other rules.
        cache: keeps the styles of pages.
    """

    def __init__(self, rules: Iterable[StyleRule | StyleGroup], digest: str = "", cache: Cache | None = None) -> None:
        self._rules = tuple(rules)
        self.digest = digest
        self._cache = cache or NoCache()
        self._selector_names = frozenset(_all_needs(self._rules))
        self._names = _Names(self._selector_names)
        self._styles: dict[tuple[frozenset[str], bool, bool], PageStyle] = {}

    def for_page(self, html: str, *, scripts: bool, manifest: bool = False) -> PageStyle:
        """Return the style of the page ``html`` and its policy.

        Args:
            html: the body of the page, including everything that scripts may add, for example in templates.
            scripts: whether the page loads scripts.
            manifest: whether the page links to the web manifest.
        """
        return self._cache.get_or_compute(
            "page style",
            (self.digest, html, scripts, manifest),
            lambda: self._style(html, scripts=scripts, manifest=manifest),
        )

    def names(self, html: str) -> Sequence[str]:
        """Return the elements, classes and ids in ``html`` that selectors name."""
        return sorted(self._names.of(html) & self._selector_names)

    def _style(self, html: str, *, scripts: bool, manifest: bool) -> PageStyle:
        names = (self._names.of(html) | _ALWAYS) & self._selector_names
        key = (names, scripts, manifest)
        if key not in self._styles:
            css = "".join(_texts(_with_used_properties(_matching(self._rules, names))))
            self._styles[key] = PageStyle(css, page_policy(css, scripts=scripts, manifest=manifest))
        return self._styles[key]


class _Names:
    """Finds the elements, classes (``.name``) and ids (``#name``) of pages, and keeps those of the last tags.

    Args:
        wanted: the names that selectors have. Other ids may be left out.
    """

    def __init__(self, wanted: Collection[str]) -> None:
        self._reader = TagReader()
        ids = "|".join(sorted(re.escape(name[1:]) for name in wanted if name.startswith("#")))
        #: Addresses and ids that no selector names, with which many tags occur only once. Without them, few do.
        self._unnamed = re.compile(rf' (?:href="[^"<>]*"|id="(?!(?:{ids})")[^"<>&]*")')
        self._of_tags = BoundedDict[str, frozenset[str]](html_tags.MAX_TAGS)

    def of(self, html: str) -> frozenset[str]:
        """Return the names in ``html``."""
        tags = self._reader.start_tags(self._unnamed.sub("", html))
        return _parsed_names(html) if tags is None else frozenset[str]().union(*map(self._of_tag, tags))

    def _of_tag(self, tag: str) -> frozenset[str]:
        if tag not in self._of_tags:
            found = self._reader.element(tag)
            self._of_tags[tag] = _names_of(found.name, dict(found.attributes)) if found else frozenset()
        return self._of_tags[tag]


def _names_of(name: str, attributes: Mapping[str, str]) -> frozenset[str]:
    classes, key = attributes.get("class", "").split(), attributes.get("id", "")
    return frozenset((name, *(f".{one}" for one in classes), *([f"#{key}"] if key else [])))


def _parsed_names(html: str) -> frozenset[str]:
    # The parser refuses empty text, and returns None for a comment alone. An unfinished template may produce both.
    tree = etree.HTML(html) if html.strip() else None
    elements = () if tree is None else tree.iter(etree.Element)
    return frozenset[str]().union(*(_names_of(str(found.tag), dict(attributes_of(found))) for found in elements))


def _all_needs(rules: Iterable[StyleRule | StyleGroup]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, StyleGroup):
            yield from _all_needs(rule.rules)
        else:
            for selector in rule.selectors:
                yield from selector.needs


def _matching(rules: Iterable[StyleRule | StyleGroup], names: frozenset[str]) -> Iterator[StyleRule | StyleGroup]:
    for rule in rules:
        if isinstance(rule, StyleGroup):
            yield StyleGroup(rule.condition, tuple(_matching(rule.rules, names)), rule.text)
        else:
            selectors = tuple(selector for selector in rule.selectors if selector.needs <= names)
            if selectors:
                yield StyleRule(selectors, rule.declarations)


def _with_used_properties(rules: Iterable[StyleRule | StyleGroup]) -> tuple[StyleRule | StyleGroup, ...]:
    """Remove custom properties that nothing refers to, directly or through another."""
    all_rules = tuple(rules)
    all_declarations = list(declarations(all_rules))
    used = {name for declaration in all_declarations if not _is_custom(declaration) for name in declaration.uses}
    fresh = used
    while fresh:
        fresh = {
            name for declaration in all_declarations if declaration.name in fresh for name in declaration.uses
        } - used
        used |= fresh
    return tuple(_pruned(all_rules, used))


def _pruned(rules: Iterable[StyleRule | StyleGroup], used: set[str]) -> Iterator[StyleRule | StyleGroup]:
    for rule in rules:
        if isinstance(rule, StyleGroup):
            yield StyleGroup(rule.condition, tuple(_pruned(rule.rules, used)), rule.text)
        else:
            used_declarations = tuple(part for part in rule.declarations if not _is_custom(part) or part.name in used)
            yield StyleRule(rule.selectors, used_declarations)


def _is_custom(declaration: Declaration) -> bool:
    return declaration.name.startswith("--")


def _texts(rules: Iterable[StyleRule | StyleGroup]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, StyleGroup):
            inner = "".join(_texts(rule.rules))
            yield f"{rule.condition}{{{inner}}}" if inner else rule.text
        elif rule.declarations:
            selectors = ",".join(selector.text for selector in rule.selectors)
            yield f"{selectors}{{{';'.join(declaration.text for declaration in rule.declarations)}}}"
