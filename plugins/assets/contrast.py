"""Check the contrast of the theme's colours (WCAG 2.2, 1.4.6 and 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import tinycss2

from plugins.base.problem import Position, Problem, Severity

#: The file with every colour, in the theme.
TOKENS = "styles/base/tokens.css"
#: The least contrast of text, and of shapes that one must see.
_TEXT, _SHAPE = 7.0, 3.0
#: Where the curve of sRGB begins.
_LINEAR_BELOW = 0.04045
#: The pairs of tokens that stand on each other, with the least contrast of each.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((word, ground, _TEXT) for word, ground in product(("ink", "soft", "head", "link"), ("paper", "card", "tint"))),
    *((word, ground, _TEXT) for word, ground in (("moon", "night"), ("moon", "hill"), ("lamp", "night"))),
    *((word, ground, _TEXT) for word, ground in (("on-key", "key"), ("lamplit", "lamp"))),
    *((shape, ground, _SHAPE) for shape, ground in product(("edge",), ("paper", "card"))),
)


class _Token(NamedTuple):
    value: str
    position: Position


_Tokens = Mapping[str, _Token]


def check_contrast(css: str, path: str) -> Iterator[Problem]:
    """Yield a warning for each pair of colours in the tokens ``css`` that is too hard to tell apart.

    Args:
        css: the text of the file.
        path: the file, for messages.
    """
    told: set[tuple[_Token, _Token]] = set()
    for time, tokens in _times_of_day(css):
        for over, under, least in PAIRS:
            if over not in tokens or under not in tokens or (tokens[over], tokens[under]) in told:
                continue
            ratio = _contrast(tokens[over].value, tokens[under].value)
            if ratio is None or ratio >= least:
                continue
            told.add((tokens[over], tokens[under]))
            yield Problem(
                path,
                max(tokens[over].position, tokens[under].position),
                "low-contrast",
                f"`--{over}` on `--{under}` has a contrast of {ratio:.1f}:1 {time}, and needs {least:.0f}:1",
                "make one of the two darker or lighter",
                Severity.WARNING,
            )


def _times_of_day(css: str) -> Iterator[tuple[str, _Tokens]]:
    """Yield the colours of each time of day, in words: those of the page, and of stories, in light and dark mode."""
    light, dark = _blocks(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    day, dusk = light.get(":root", {}), light.get(".dusk", {})
    night = {**day, **dark.get(":root", {})}
    yield "by day", day
    yield "by day, on stories", {**day, **dusk}
    yield "in dark mode", night
    yield "in dark mode, on stories", {**night, **dusk, **dark.get(".dusk", {})}


def _blocks(rules: list[Any]) -> tuple[dict[str, _Tokens], dict[str, _Tokens]]:
    """Return the tokens by selector: outside any condition, and in dark mode."""
    light: dict[str, _Tokens] = {}
    dark: dict[str, _Tokens] = {}
    for rule in rules:
        if rule.type == "qualified-rule":
            light[tinycss2.serialize(rule.prelude).strip()] = _tokens(rule)
        elif rule.type == "at-rule" and "dark" in tinycss2.serialize(rule.prelude) and rule.content is not None:
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            dark |= _blocks([each for each in inner if each.type == "qualified-rule"])[0]
    return light, dark


def _tokens(rule: Any) -> _Tokens:  # noqa: ANN401 - a node of tinycss2
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return {
        each.name.removeprefix("--"): _Token(
            tinycss2.serialize(each.value).strip(), Position(each.source_line, each.source_column)
        )
        for each in found
        if each.type == "declaration"
    }


def _contrast(one: str, other: str) -> float | None:
    """Return the contrast of two colours, 1 to 21, or None if either is no plain colour."""
    try:
        lights = sorted((_luminance(one), _luminance(other)))
    except ValueError:
        return None
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    from PIL import ImageColor  # noqa: PLC0415 - the contrasts are mostly in the cache

    red, green, blue = (_linear(part / 255) for part in ImageColor.getrgb(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """Return the light of one part of a colour in sRGB, both from 0 to 1."""
    return part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
