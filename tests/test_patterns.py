"""Test that each regular expression matches any text in linear time.

A long line must not delay a build, and no text may block one.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from re import Pattern, _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import asdict

import plugins
from plugins.content_model import fields

#: Lengths of a text, each four times the one before. The first detects exponential time.
LENGTHS = (24, 96, 384, 1536)
#: Shorter times, in seconds, are not compared. A linear match of the last length takes a hundredth of this.
WORTH_COMPARING = 0.004
#: Four times the text takes four times as long in linear time, and sixteen times in quadratic time.
MOST_GROWTH = 8
_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
_CALL = re.compile(rf"\b(\w+)\.({'|'.join(_METHODS)})\b")
_DIRECT = re.compile(rf"\bre\.({'|'.join(_METHODS)})\(")
#: Ends of a text after which a repetition fails to match: an unusual character, and the end of a line.
_ENDS = ("\0", "\n\0")
#: The number of repetitions of a pattern that are tried.
_PLACES = 3


#: The packages of the plugins, and the modules beside them.
PACKAGES = sorted(module.name for module in pkgutil.iter_modules(plugins.__path__, "plugins."))


class Place(Struct, frozen=True):
    """A pattern of the plugins, and how it is used.

    Attributes:
        pattern: the pattern.
        method: the method that matches a text with it.
    """

    pattern: Pattern[str]
    method: str


def modules(package: str) -> Iterator[str]:
    """Yield the names of the modules of ``package``, and its own."""
    yield package
    path = getattr(importlib.import_module(package), "__path__", [])
    for module in pkgutil.walk_packages(path, f"{package}."):
        if not module.name.endswith("__main__"):
            yield module.name


@cache
def methods_by_name() -> dict[tuple[str, str], set[str]]:
    """Return the methods called on each name, such as ``_SLUG.fullmatch``, by module.

    Other modules may use a name without an underscore, so its module is "".
    """
    found: dict[tuple[str, str], set[str]] = {}
    for package in PACKAGES:
        for module in modules(package):
            for name, method in _CALL.findall(source(module)):
                found.setdefault((module if name.startswith("_") else "", name), set()).add(method)
    return found


def source(module: str) -> str:
    """Return the text of ``module``."""
    return Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")


def patterns(package: str) -> dict[str, Place]:
    """Return each pattern of ``package`` with each method that matches a text with it, by a name for messages."""
    found: dict[str, Place] = {}
    for module in modules(package):
        for name, value in vars(importlib.import_module(module)).items():
            home = module if name.startswith("_") else ""
            for pattern in _within(value):
                for method in methods_by_name().get((home, name), {"search"}):
                    found[f"{method} {pattern.pattern!r} {pattern.flags}"] = Place(pattern, method)
        for written, method in _written(source(module)):
            found[f"{method} {written!r}"] = Place(re.compile(written), method)
    return found


def _written(text: str) -> Iterator[tuple[str, str]]:
    """Yield each pattern that a call such as ``re.sub("a+", …)`` holds, with the method."""
    if not _DIRECT.search(text):
        return
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[ast.Constant(value=str(written)), *_]
            ) if method in _METHODS:
                yield written, method


def _within(value: object) -> Iterator[Pattern[str]]:
    if isinstance(value, Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, Struct):
        for part in asdict(value).values():
            yield from _within(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _within(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _within(part)


def hostile(pattern: Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield a prefix for each repetition of ``pattern``, and a text that it repeats."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    letters = list(dict.fromkeys(_letters(tree)))
    # Letters are equivalent, other characters are not. Those that end a repetition are often last.
    words, marks = ([one for one in letters if one.isalnum() == is_word] for is_word in (True, False))
    lines = ["\n"] if pattern.flags & re.MULTILINE else []
    chosen = dict.fromkeys([*words[:1], *words[-1:], *marks[:1], *marks[-3:], *lines])
    pumps = dict.fromkeys([*chosen, *map("".join, itertools.product(chosen, repeat=2))])
    places = list(dict.fromkeys([("", ""), *_repetitions(tree, "")]))
    for before, body in places[:_PLACES]:
        for pump in dict.fromkeys([*([body] if body else []), *pumps]):
            yield before, pump


def _possessive_bodies(tree: Any) -> Iterator[Any]:
    """Yield what each possessive repetition repeats, and what each atomic group holds."""
    for code, value in tree:
        if code is _constants.POSSESSIVE_REPEAT:
            yield value[2]
        elif code is _constants.ATOMIC_GROUP:
            yield value
        for inner in _inner(code, value):
            yield from _possessive_bodies(inner)


def _letters(tree: Any) -> Iterator[str]:
    for code, value in tree:
        yield from _letters_of(code, value)


def _letters_of(code: Any, value: Any) -> Iterator[str]:
    if code is _constants.LITERAL:
        yield chr(value)
    elif code is _constants.IN:
        # A negated set: any other character matches.
        parts = value if value[0][0] is not _constants.NEGATE else value[:1]
        for inner, part in parts:
            yield chr(part[0]) if inner is _constants.RANGE else next(_letters_of(inner, part), "x")
    elif code is _constants.CATEGORY:
        name = str(value)
        yield "!" if "NOT" in name else "1" if "DIGIT" in name else " " if "SPACE" in name else "a"
    elif code in {_constants.ANY, _constants.NOT_LITERAL, _constants.NEGATE}:
        yield "x"
    else:
        for inner in _inner(code, value):
            yield from _letters(inner)


def _inner(code: Any, value: Any) -> tuple[Any, ...]:
    """Return the parts of a part of a pattern."""
    if code is _constants.BRANCH:
        return tuple(value[1])
    if code in {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}:
        return (value[2],)
    if code is _constants.SUBPATTERN:
        return (value[3],)
    if code in {_constants.ASSERT, _constants.ASSERT_NOT}:
        return (value[1],)
    return (value,) if code is _constants.ATOMIC_GROUP else ()


def _example(tree: Any) -> str:
    return "".join(_example_of(code, value) for code, value in tree)


def _example_of(code: Any, value: Any) -> str:
    inner = _inner(code, value)
    if code in {_constants.ASSERT, _constants.ASSERT_NOT}:
        return ""
    if code in {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}:
        return str(_example(inner[0]) * min(value[0], 4))
    if inner:
        return _example(inner[0])
    return next(_letters_of(code, value), "")


def _repetitions(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    for code, value in tree:
        repeats = code in {_constants.MAX_REPEAT, _constants.MIN_REPEAT} and value[1] is _constants.MAXREPEAT
        if repeats:
            yield before, _example(value[2])
        for inner in _inner(code, value):
            yield from _repetitions(inner, before)
        before += _example_of(code, value)


def seconds(read: Callable[[str], object], text: str, times: int) -> float:
    """Return the least processor time of several calls of ``read``, because other work only adds to it."""
    least = float("inf")
    for _ in range(times):
        begin = time.process_time()
        read(text)
        least = min(least, time.process_time() - begin)
    return least


def grows_too_fast(read: Callable[[str], object], before: str, pump: str) -> bool:
    """Tell whether ``read`` takes far more than four times as long for four times the text of ``pump``."""
    return any(_grows(read, before, pump, end) for end in _ENDS)


def _grows(read: Callable[[str], object], before: str, pump: str, end: str) -> bool:
    def text(length: int) -> str:
        return before + pump * (length // len(pump)) + end

    for length in LENGTHS:
        if seconds(read, text(length), 1) > WORTH_COMPARING:
            longer, shorter = (seconds(read, text(size), 5) for size in (length, length // 4))
            return longer > WORTH_COMPARING and longer > MOST_GROWTH * shorter
    return False


def reader(pattern: Pattern[str], method: str) -> Callable[[str], object]:
    """Return a function that matches a whole text with ``pattern``."""
    if method in {"search", "match", "fullmatch"}:
        return getattr(pattern, method)  # type: ignore[no-any-return]
    return lambda text: pattern.sub("", text)


@pytest.mark.parametrize("package", PACKAGES)
def test_patterns_take_linear_time(package: str) -> None:
    """Whatever text each repetition of a pattern matches, the time grows linearly with the text."""
    slow = [
        (name, hostile_text)
        for name, place in patterns(package).items()
        for hostile_text in hostile(place.pattern)
        if grows_too_fast(reader(place.pattern, place.method), *hostile_text)
    ]
    assert slow == []


def test_patterns_are_found() -> None:
    """Patterns are found by the names that hold them and in calls of ``re``, with the methods of those calls."""
    found = {(place.pattern.pattern, place.method) for place in patterns("plugins.content_model").values()}
    assert {method for pattern, method in found if pattern == fields._SLUG.pattern} == {"fullmatch"}
    assert list(_written('re.sub("a+", "", text)\nre.compile("b")\nother.sub("c", "")')) == [("a+", "sub")]


@pytest.mark.parametrize(
    ("pattern", "method"),
    [(r"https?://[^\s/?#]+\.[^\s/?#]+[^\s]*", "fullmatch"), (r"\s+$", "search"), (r"(a+)+b", "match")],
    ids=["cubic", "quadratic", "exponential"],
)
def test_slow_patterns_are_detected(pattern: str, method: str) -> None:
    """The texts detect patterns with quadratic, cubic and exponential time."""
    slow = re.compile(pattern)
    assert any(grows_too_fast(reader(slow, method), *place) for place in hostile(slow))


def _old_pythons_fail(pattern: Pattern[str]) -> bool:
    one = {_constants.IN, _constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY}
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    return any(len(body) != 1 or body[0][0] not in one for body in _possessive_bodies(tree))


@pytest.mark.parametrize("package", PACKAGES)
def test_possessive_repetitions_repeat_one_character(package: str) -> None:
    """No possessive repetition repeats a group: Python before 3.11.5 matches some of them wrongly (gh-106052)."""
    assert [name for name, place in patterns(package).items() if _old_pythons_fail(place.pattern)] == []


@pytest.mark.parametrize(("text", "fails"), [(r"a(?:bb|c)*+d", True), (r"(?>aa|b)c", True), (r"[ab]*+c\s++", False)])
def test_possessive_groups_are_found(text: str, *, fails: bool) -> None:
    """Possessive groups and atomic groups are told from possessive characters."""
    assert _old_pythons_fail(re.compile(text)) == fails
