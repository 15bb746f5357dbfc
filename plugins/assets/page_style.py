"""Page style: of the theme's rules, those that one page can use, and the policy that allows them and little else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from lxml import etree

from plugins.assets.stylesheet import Declaration, StyleGroup, StyleRule, declarations
from plugins.base.cache import Cache, NoCache
from plugins.engine.build_parts import PageStyle
from plugins.engine.security_policy import page_policy

#: Elements that every page has, and those that a parser adds.
_ALWAYS = frozenset({"html", "head", "body"})


class PageStyles:
    """Gives each page its style; pages of the same elements and classes share one.

    Args:
        rules: all rules of the theme.
        cache: remembers which style a page got.
    """

    def __init__(self, rules: Iterable[StyleRule | StyleGroup], cache: Cache | None = None) -> None:
        self._rules = tuple(rules)
        self._memo = cache or NoCache()
        self.digest = hashlib.sha256(repr(tuple(_plainly(self._rules))).encode()).hexdigest()
        self._known = frozenset(_all_needs(self._rules))
        self._made: dict[tuple[frozenset[str], bool, bool], PageStyle] = {}

    def for_page(self, html: str, *, scripts: bool, manifest: bool = False) -> PageStyle:
        """Return the style of the page ``html`` and its policy.

        Args:
            html: the body of the page, with everything that scripts may add to it later, in templates for example.
            scripts: whether the page has scripts of ours.
            manifest: whether the page leads to the web manifest.
        """
        return self._memo.get_or_compute(
            "page style",
            (self.digest, html, scripts, manifest),
            lambda: self._style(html, scripts=scripts, manifest=manifest),
        )

    def _style(self, html: str, *, scripts: bool, manifest: bool) -> PageStyle:
        names = (_names(html) | _ALWAYS) & self._known
        wanted = (names, scripts, manifest)
        if wanted not in self._made:
            css = "".join(_texts(_with_used_properties(_matching(self._rules, names))))
            self._made[wanted] = PageStyle(css, page_policy(css, scripts=scripts, manifest=manifest))
        return self._made[wanted]


def _names(html: str) -> frozenset[str]:
    """The elements, classes and ids that ``html`` holds."""
    if not html.strip():
        # A template that is just being written may give nothing; the parser would refuse that.
        return frozenset()
    tags, classes, ids = set[str](), set[str](), set[str]()
    for element in etree.HTML(html).iter(etree.Element):
        tags.add(element.tag)
        classes.add(element.get("class", ""))
        ids.add(element.get("id", ""))
    # Most elements have the same few classes: each list of them is taken apart once.
    names = (f".{name}" for together in classes for name in together.split())
    return frozenset((*tags, *names, *(f"#{name}" for name in ids if name)))


def _plainly(rules: Iterable[StyleRule | StyleGroup]) -> Iterator[object]:
    """The rules without sets, whose order is another in each process."""
    for rule in rules:
        if isinstance(rule, StyleGroup):
            yield rule.condition, tuple(_plainly(rule.rules)), rule.text
        else:
            selectors = tuple((selector.text, tuple(sorted(selector.needs))) for selector in rule.selectors)
            yield selectors, tuple(declaration.text for declaration in rule.declarations)


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
    """Take out custom properties that nothing refers to, directly or through another."""
    kept = tuple(rules)
    stated = list(declarations(kept))
    used = {name for declaration in stated if not _is_custom(declaration) for name in declaration.uses}
    fresh = used
    while fresh:
        fresh = {name for declaration in stated if declaration.name in fresh for name in declaration.uses} - used
        used |= fresh
    return tuple(_pruned(kept, used))


def _pruned(rules: Iterable[StyleRule | StyleGroup], used: set[str]) -> Iterator[StyleRule | StyleGroup]:
    for rule in rules:
        if isinstance(rule, StyleGroup):
            yield StyleGroup(rule.condition, tuple(_pruned(rule.rules, used)), rule.text)
        else:
            wanted = tuple(part for part in rule.declarations if not _is_custom(part) or part.name in used)
            yield StyleRule(rule.selectors, wanted)


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
