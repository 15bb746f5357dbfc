"""Parse the modules of the plugins for the architecture rules."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

#: A function from a project's folder to the violations in it.
Rule = Callable[[Path], list[str]]
#: Rules, each with violations: files to write into a copy of the project.
Rules = list[tuple[Rule, list[dict[str, str]]]]


def modules(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of the plugins with its syntax tree."""
    for file in sorted((root / "plugins").rglob("*.py")):
        yield file, parsed(file.read_text(encoding="utf-8"))


@cache
def parsed(source: str) -> ast.Module:
    """Return the tree of a module; the same source is parsed once for all rules."""
    return ast.parse(source)


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return the tree and everything in it; it is walked once for all rules."""
    return tuple(ast.walk(tree))


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted names that a module imports, at any level."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield base
            if node.module:
                yield from (f"{base}.{alias.name}" for alias in node.names)


def dotted_end(node: ast.expr) -> str:
    """Return the last name of a dotted expression or a call of one, or "" for another expression."""
    if isinstance(node, ast.Call):
        return dotted_end(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
