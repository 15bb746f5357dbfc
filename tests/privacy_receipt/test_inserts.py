"""Test that a page scanned in two parts is scanned as a whole page is."""

from __future__ import annotations

import pytest

from plugins.engine.outputs import Hole
from plugins.privacy_receipt.inserts import read_around, read_inserts
from plugins.privacy_receipt.markup import read_page
from plugins.privacy_receipt.private_values import PrivateValues
from tests.privacy_receipt.scanning import OURS
from tests.privacy_receipt.test_cache import values

HEAD = '<!doctype html>\n<html lang="en"><meta name="referrer" content="no-referrer"><title>x</title>\n'
REST = '<p><a href="https://other.example/">Other</a></p>\n'
CARDS = '<ul>\n<li><a href="/articles/a/">A</a> <a href="https://third.example/">B</a></li>\n</ul>\n'
NO_VALUES = values()


def parts(before: str, insert: str, after: str, wanted: PrivateValues = NO_VALUES) -> tuple[bool, bool]:
    """Return whether the page around the insert can be scanned alone, and whether the insert can.

    If both can, the findings together are those of the whole page.
    """
    data, at = f"{before}{insert}{after}".encode(), len(before.encode())
    files, hole = {"a.html": data}, Hole.of(data, at, at + len(insert.encode()))
    around = read_around(files, "a.html", hole, OURS, wanted)
    inserts = read_inserts(files, {"a.html": hole}, OURS, wanted)
    if around is not None and inserts:
        assert around + inserts[hole.insert] == read_page(data, "a.html", OURS)
    return around is not None, bool(inserts)


def test_two_parts_are_the_whole() -> None:
    """The counts of a page are those of its insert and of what is around it."""
    assert parts(HEAD + REST, CARDS, f"<p>End</p>\n{REST}") == (True, True)


@pytest.mark.parametrize(
    ("before", "insert", "after", "expected"),
    [
        (f"{HEAD}<img src='https://other.example/a.png'>\n", CARDS, REST, (False, True)),
        (HEAD, "<img src='https://other.example/a.png'>\n", REST, (True, False)),
        (HEAD, f"<!-- {CARDS} -->\n", REST, (True, False)),
        (f"{HEAD}<script>\n", CARDS, "</script>\n", (False, True)),
        (f'{HEAD}<p title="\n', CARDS, '">\n', (False, True)),
        (f"{HEAD}<!--\n", CARDS, "-->\n", (False, True)),
        (f"{HEAD}<p>text ", CARDS, REST, (False, True)),
        (HEAD, CARDS.rstrip(), REST, (True, False)),
        (HEAD.replace("no-referrer", "origin"), CARDS, REST, (False, True)),
    ],
    ids=["violation", "insert", "comment", "script", "attribute", "hidden", "line", "end", "referrer"],
)
def test_a_page_that_only_a_whole_scan_can_tell(
    before: str, insert: str, after: str, expected: tuple[bool, bool]
) -> None:
    """With a violation, or an insert that does not stand between lines and elements, there is no answer."""
    assert parts(before, insert, after) == expected


def test_private_values_are_searched_in_both_parts() -> None:
    """A private value in either part needs a whole scan, which names it."""
    wanted = values("zebedee")
    assert parts(HEAD, CARDS, REST, wanted) == (True, True)
    assert parts(HEAD, CARDS, "<p>Zebedee</p>\n", wanted) == (False, True)
    assert parts(HEAD, "<p>Zebedee</p>\n", REST, wanted) == (True, False)
