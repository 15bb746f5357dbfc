"""Parse and minify the theme's style files as one list of rules.

The order is base, compositions, components, utilities, and by path within each. Cascade layers (``@layer``) would set
this order too, but phones from before 2022 ignore all rules in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import tinycss2
from msgspec import Struct
from msgspec.structs import replace
from tinycss2 import ast

from plugins.engine.settings import SettingsError

#: Characters next to which white space has no meaning.
_TIGHT = ",>/"
_TIGHT_IN_SELECTORS = ",>+~"


class Selector(Struct, frozen=True):
    """One selector of a rule.

    Attributes:
        text: minified.
        needs: the classes (``.name``), ids (``#name``) and elements that a page must have for it to match, including
            those of a single selector in ``:has()``. States and attributes may change later, and arguments of functions
            such as ``:is()`` may be alternatives, so they are not included.
    """

    text: str
    needs: frozenset[str]


class Declaration(Struct, frozen=True):
    """A declaration: property name, minified text, and the custom properties that its value refers to."""

    name: str
    text: str
    uses: frozenset[str]


class StyleRule(Struct, frozen=True):
    """A style rule."""

    selectors: tuple[Selector, ...]
    declarations: tuple[Declaration, ...]


class StyleGroup(Struct, frozen=True):
    """Rules under a condition, such as ``@media print``, or an at-rule without rules that is kept as ``text``."""

    condition: str
    rules: tuple[StyleRule | StyleGroup, ...]
    text: str = ""


class StyleError(SettingsError):
    """Invalid CSS; the message contains the file and the line."""


def files(theme: Path) -> Iterator[Path]:
    """Yield the theme's style files in the order of the cascade."""
    yield from sorted((theme / "styles" / "base").glob("*.css"), key=_base_order)
    yield from sorted((theme / "styles" / "compositions").glob("*.css"))
    yield from sorted((theme / "components").glob("*/*.css"))
    yield from sorted((theme / "styles" / "utilities").glob("*.css"))


def _base_order(file: Path) -> tuple[int, str]:
    """Sort key: the reset, the tokens, then other files by name."""
    first = ("reset", "tokens")
    return (first.index(file.stem) if file.stem in first else len(first), file.name)


def sheets(theme: Path) -> tuple[tuple[str, str], ...]:
    """Return the name and the text of each style file of the theme, in the order of the cascade."""
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in files(theme))


def rules(sources: Iterable[tuple[str, str]]) -> tuple[StyleRule | StyleGroup, ...]:
    """Return all rules of style files.

    Args:
        sources: name and text of each file.

    Raises:
        StyleError: when a file is not valid CSS.
    """
    return tuple(rule for name, text in sources for rule in read(text, name))


def inline_constants(rules: Sequence[StyleRule | StyleGroup]) -> tuple[StyleRule | StyleGroup, ...]:
    """Return ``rules`` with references to constant custom properties replaced by their values.

    A custom property is constant when only ``:root`` sets it, once and outside of any condition.
    """
    counts = Counter(declaration.name for declaration in declarations(rules))
    values = {
        declaration.name: declaration.text.partition(":")[2]
        for rule in rules
        if isinstance(rule, StyleRule) and [selector.text for selector in rule.selectors] == [":root"]
        for declaration in rule.declarations
        if declaration.name.startswith("--") and counts[declaration.name] == 1
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
    """Replace references to ``values`` in a declaration, repeatedly because a value may refer to other properties."""
    text, uses = declaration.text, declaration.uses
    for _ in values:
        replaceable = uses & values.keys()
        if not replaceable:
            break
        for name in replaceable:
            text = text.replace(f"var({name})", values[name])
        uses = frozenset(_custom(tinycss2.parse_component_value_list(text.partition(":")[2])))
        # Only references with a fallback remain, and those are not replaced.
        if replaceable <= uses:
            break
    return replace(declaration, text=text, uses=uses)


def declarations(rules: Iterable[StyleRule | StyleGroup]) -> Iterator[Declaration]:
    """Yield the declarations of all ``rules``."""
    for rule in rules:
        yield from declarations(rule.rules) if isinstance(rule, StyleGroup) else rule.declarations


def read(css: str, name: str = "") -> tuple[StyleRule | StyleGroup, ...]:
    """Return the rules of ``css``; ``name`` is the file name for error messages.

    Raises:
        StyleError: when it is not valid CSS.
    """
    return tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), name))


def _rules(nodes: Sequence[ast.Node], name: str) -> Iterator[StyleRule | StyleGroup]:
    for node in nodes:
        if isinstance(node, ast.ParseError):
            raise StyleError(f"{name}:{node.source_line}: {node.message}")
        if isinstance(node, ast.QualifiedRule):
            yield StyleRule(tuple(_selectors(node.prelude)), tuple(_declarations(node.content, name)))
        elif isinstance(node, ast.AtRule):
            condition = f"@{node.at_keyword} {_minified(node.prelude)}".rstrip()
            if node.content is None:
                yield StyleGroup(condition, (), f"{condition};")
            elif node.lower_at_keyword in {"media", "supports", "container"}:
                inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                yield StyleGroup(condition, tuple(_rules(inner, name)))
            else:
                yield StyleGroup(condition, (), f"{condition}{{{_kept(node.content, name)}}}")


def _kept(content: Sequence[ast.Node], name: str) -> str:
    """Return the minified content of an at-rule that every page keeps, such as ``@font-face`` or ``@keyframes``."""
    if not any(isinstance(part, ast.CurlyBracketsBlock) for part in content):
        return _joined(content, name)
    return "".join(f"{_minified(step.prelude)}{{{_joined(step.content, name)}}}" for step in _steps(content, name))


def _steps(content: Sequence[ast.Node], name: str) -> Iterator[ast.QualifiedRule]:
    for node in tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True):
        if not isinstance(node, ast.QualifiedRule):
            message = node.message if isinstance(node, ast.ParseError) else "a rule inside a rule is not supported"
            raise StyleError(f"{name}:{node.source_line}: {message}")
        yield node


def _joined(content: Sequence[ast.Node], name: str) -> str:
    return ";".join(declaration.text for declaration in _declarations(content, name))


def _declarations(content: Sequence[ast.Node], name: str) -> Iterator[Declaration]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if not isinstance(node, ast.Declaration):
            message = node.message if isinstance(node, ast.ParseError) else "a rule inside a rule is not supported"
            raise StyleError(f"{name}:{node.source_line}: {message}")
        important = "!important" if node.important else ""
        # Names of custom properties are case-sensitive.
        property_name = node.name if node.name.startswith("--") else node.lower_name
        text = f"{property_name}:{_minified(node.value)}{important}"
        yield Declaration(property_name, text, frozenset(_custom(node.value)))


def _custom(nodes: Sequence[ast.Node]) -> Iterator[str]:
    """Yield the custom properties that a value refers to."""
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
            yield Selector(_minified(part, _TIGHT_IN_SELECTORS), frozenset(_needs(part)))
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
        elif isinstance(node, ast.FunctionBlock) and _is_simple_has(node):
            yield from _needs(node.arguments)
        before = node


def _is_simple_has(function: ast.FunctionBlock) -> bool:
    """Return whether ``function`` is a ``:has()`` with one selector."""
    return function.lower_name == "has" and not any(_is_literal(part, ",") for part in function.arguments)


def _is_literal(node: ast.Node | None, mark: str) -> bool:
    return isinstance(node, ast.LiteralToken) and node.value == mark


def _minified(nodes: Sequence[ast.Node], tight: str = _TIGHT) -> str:
    """Return tokens as text without comments and unnecessary white space."""
    text, space = "", False
    for node in nodes:
        if isinstance(node, ast.WhitespaceToken):
            space = True
            continue
        if isinstance(node, ast.Comment):
            continue
        token = _minified_token(node, tight)
        if space and text and token not in tight and text[-1] not in f"{tight}:":
            text += " "
        text, space = text + token, False
    return text


def _minified_token(node: ast.Node, tight: str) -> str:
    if isinstance(node, ast.FunctionBlock):
        return f"{node.name}({_minified(node.arguments, tight)})"
    if isinstance(node, ast.ParenthesesBlock):
        return f"({_minified(node.content)})"
    if isinstance(node, ast.SquareBracketsBlock):
        return f"[{_minified(node.content)}]"
    return tinycss2.serialize([node])
