"""Unpacking: reads the words of an index, as the script of the search page does."""

from __future__ import annotations

from collections.abc import Iterator


def unpacked(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return for each stem of a packed ``text`` the pages that hold it, with the level of the stem there."""
    found: dict[str, list[tuple[int, int]]] = {}
    pieces = text.split(" ") if text else []
    stem = ""
    for name, signs in zip(pieces[::2], pieces[1::2], strict=True):
        stem = stem[: int(name[0], 36)] + name[1:]
        page = -1
        found[stem] = []
        for number in _numbers(signs):
            page += 1 + (number >> 2)
            found[stem].append((page, number & 3))
    return found


def _numbers(signs: str) -> Iterator[int]:
    number, scale = 0, 1
    for sign in signs:
        digit = ord(sign) - 35
        digit -= digit > 56
        number += (digit % 45) * scale
        scale *= 45
        if digit < 45:
            yield number
            number, scale = 0, 1
