"""Style sheet: the theme's layers as one list of rules.

The order is the cascade: base, compositions, components, utilities; within each, by path. Cascade layers
(``@layer``) would say the same, but phones from before 2022 ignore everything inside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import tinycss2
from tinycss2 import ast

from plugins.engine.settings import SettingsError

#: Characters beside which white space means nothing: in any list of tokens, and in selectors besides.
_TIGHT = ",>"
_TIGHT_IN_SELECTORS = ",>+~"


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector of a rule.

    Attributes:
        text: as small as it can be written.
        needs: the classes (``.name``), ids (``#name``) and elements that a page must have for it to match anything.
            One selector in ``:has()`` counts. States, attributes and what stands in ``:is()`` and its like do not: they
            may come later, or be one of several.
    """

    text: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property with its value, and the custom properties that the value refers to."""

    name: str
    text: str
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A style rule."""

    selectors: tuple[Selector, ...]
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class StyleGroup:
    """Rules under a condition, such as ``@media print``; with no rules at all, an at-rule to keep as it is."""

    condition: str
    rules: tuple[StyleRule | StyleGroup, ...]
    text: str = ""


class StyleError(SettingsError):
    """A style file that cannot be understood; the message says which and where."""


def files(theme: Path) -> Iterator[Path]:
    """Yield the theme's style files in the order of the cascade."""
    yield from sorted((theme / "styles" / "base").glob("*.css"), key=_base_order)
    yield from sorted((theme / "styles" / "compositions").glob("*.css"))
    yield from sorted((theme / "components").glob("*/*.css"))
    yield from sorted((theme / "styles" / "utilities").glob("*.css"))


def _base_order(file: Path) -> tuple[int, str]:
    """The reset comes before the tokens, and both before what uses them."""
    first = ("reset", "tokens")
    return (first.index(file.stem) if file.stem in first else len(first), file.name)


def sheets(theme: Path) -> tuple[tuple[str, str], ...]:
    """Return the name and the text of each style file of the theme, in the order of the cascade."""
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in files(theme))


def rules(read_from: Iterable[tuple[str, str]]) -> tuple[StyleRule | StyleGroup, ...]:
    """Return all rules of ``read_from``, names and texts of style files.

    Raises:
        StyleError: where one is not CSS.
    """
    return tuple(rule for name, text in read_from for rule in read(text, name))


def folded(rules: Sequence[StyleRule | StyleGroup]) -> tuple[StyleRule | StyleGroup, ...]:
    """Return ``rules`` with each custom property that never changes replaced by its value: shorter, and the same.

    Those are the ones that the root sets, outside any condition, and that nothing else sets.
    """
    times = Counter(declaration.name for declaration in declarations(rules))
    values = {
        declaration.name: declaration.text.partition(":")[2]
        for rule in rules
        if isinstance(rule, StyleRule) and [selector.text for selector in rule.selectors] == [":root"]
        for declaration in rule.declarations
        if declaration.name.startswith("--") and times[declaration.name] == 1
    }
    return tuple(_with_values(rules, values))


def _with_values(
    rules: Sequence[StyleRule | StyleGroup], values: Mapping[str, str]
) -> Iterator[StyleRule | StyleGroup]:
    for rule in rules:
        if isinstance(rule, StyleGroup):
            yield replace(rule, rules=tuple(_with_values(rule.rules, values)))
        else:
            yield replace(rule, declarations=tuple(_with_value(part, values) for part in rule.declarations))


def _with_value(declaration: Declaration, values: Mapping[str, str]) -> Declaration:
    """A value may refer to further properties; none refers to itself, which would mean nothing in CSS either."""
    text, uses = declaration.text, declaration.uses
    for _ in values:
        known = uses & values.keys()
        if not known:
            break
        for name in known:
            text = text.replace(f"var({name})", values[name])
        uses = frozenset(_custom(tinycss2.parse_component_value_list(text.partition(":")[2])))
        if known <= uses:
            break  # it has a fallback, which stays
    return replace(declaration, text=text, uses=uses)


def declarations(rules: Iterable[StyleRule | StyleGroup]) -> Iterator[Declaration]:
    """Yield the declarations of all ``rules``."""
    for rule in rules:
        yield from declarations(rule.rules) if isinstance(rule, StyleGroup) else rule.declarations


def read(css: str, name: str = "") -> tuple[StyleRule | StyleGroup, ...]:
    """Return the rules of ``css``; ``name`` is that of its file, for messages.

    Raises:
        StyleError: where it is not CSS.
    """
    return tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), name))


def _rules(nodes: Sequence[ast.Node], name: str) -> Iterator[StyleRule | StyleGroup]:
    for node in nodes:
        if isinstance(node, ast.ParseError):
            raise StyleError(f"{name}:{node.source_line}: {node.message}")
        if isinstance(node, ast.QualifiedRule):
            yield StyleRule(tuple(_selectors(node.prelude)), tuple(_declarations(node.content, name)))
        elif isinstance(node, ast.AtRule):
            condition = f"@{node.at_keyword} {_small(node.prelude)}".rstrip()
            if node.content is None:
                yield StyleGroup(condition, (), f"{condition};")
            elif node.lower_at_keyword in {"media", "supports", "container"}:
                inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                yield StyleGroup(condition, tuple(_rules(inner, name)))
            else:
                yield StyleGroup(condition, (), f"{condition}{{{_small(node.content)}}}")


def _declarations(content: Sequence[ast.Node], name: str) -> Iterator[Declaration]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if not isinstance(node, ast.Declaration):
            message = node.message if isinstance(node, ast.ParseError) else "a rule inside a rule is not supported"
            raise StyleError(f"{name}:{node.source_line}: {message}")
        important = "!important" if node.important else ""
        # The name of a custom property may hold capital letters.
        property_name = node.name if node.name.startswith("--") else node.lower_name
        text = f"{property_name}:{_small(node.value)}{important}"
        yield Declaration(property_name, text, frozenset(_custom(node.value)))


def _custom(nodes: Sequence[ast.Node]) -> Iterator[str]:
    """The custom properties that a value refers to."""
    for node in nodes:
        if isinstance(node, ast.FunctionBlock):
            if node.lower_name == "var":
                yield from (part.value for part in node.arguments[:2] if isinstance(part, ast.IdentToken))
            yield from _custom(node.arguments)
        elif isinstance(node, ast.ParenthesesBlock):
            yield from _custom(node.content)


def _selectors(prelude: Sequence[ast.Node]) -> Iterator[Selector]:
    part: list[ast.Node] = []
    for node in [*prelude, None]:
        if node is None or _is_literal(node, ","):
            yield Selector(_small(part, _TIGHT_IN_SELECTORS), frozenset(_needs(part)))
            part = []
        else:
            part.append(node)


def _needs(nodes: Sequence[ast.Node]) -> Iterator[str]:
    before: ast.Node | None = None
    for node in nodes:
        if isinstance(node, ast.IdentToken):
            if _is_literal(before, "."):
                yield f".{node.value}"
            elif not _is_literal(before, ":"):
                yield node.lower_value
        elif isinstance(node, ast.HashToken):
            yield f"#{node.value}"
        elif isinstance(node, ast.FunctionBlock) and _takes_one_that_has(node):
            yield from _needs(node.arguments)
        before = node


def _takes_one_that_has(function: ast.FunctionBlock) -> bool:
    """Tell whether ``function`` is a `:has()` of one selector."""
    return function.lower_name == "has" and not any(_is_literal(part, ",") for part in function.arguments)


def _is_literal(node: ast.Node | None, mark: str) -> bool:
    return isinstance(node, ast.LiteralToken) and node.value == mark


def _small(nodes: Sequence[ast.Node], tight: str = _TIGHT) -> str:
    """Return tokens as text, without comments and needless white space."""
    text, space = "", False
    for node in nodes:
        if isinstance(node, ast.WhitespaceToken):
            space = True
            continue
        if isinstance(node, ast.Comment):
            continue
        piece = _piece(node, tight)
        if space and text and piece not in tight and text[-1] not in f"{tight}:":
            text += " "
        text, space = text + piece, False
    return text


def _piece(node: ast.Node, tight: str) -> str:
    if isinstance(node, ast.FunctionBlock):
        return f"{node.name}({_small(node.arguments, tight)})"
    if isinstance(node, ast.ParenthesesBlock):
        return f"({_small(node.content)})"
    if isinstance(node, ast.SquareBracketsBlock):
        return f"[{_small(node.content)}]"
    return tinycss2.serialize([node])
