"""A term of the glossary is explained where it is first used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown_blocks.world import RENDERER, html, world

GLOSSARY = {"NHS": "National Health Service", "NHS 111": "A telephone line", "GP": "A doctor", "A&E": "Emergency"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("The NHS.", '<p>The <abbr title="National Health Service">NHS</abbr>.</p>', id="a term"),
        pytest.param("NHS 111", '<p><abbr title="A telephone line">NHS 111</abbr></p>', id="the longest term"),
        pytest.param("GPs", "<p>GPs</p>", id="part of a word"),
        pytest.param("`GP`", "<p><code>GP</code></p>", id="code"),
        pytest.param("## GP", '<h2 id="gp">GP</h2>', id="a heading"),
        pytest.param("[GP](/help/)", '<p><a href="/help/">GP</a></p>', id="a link"),
        pytest.param("A&E", '<p><abbr title="Emergency">A&amp;E</abbr></p>', id="a term with a sign"),
        pytest.param("*[XY]: A meaning\n\nXY", '<p><abbr title="A meaning">XY</abbr></p>', id="a term of the author"),
    ],
)
def test_terms(source: str, expected: str) -> None:
    """Terms are explained in running text only."""
    assert html(source, world(glossary=GLOSSARY)) == expected


def test_only_the_first_use() -> None:
    """Only the first use of a term is explained."""
    body = html("## GP\n\nA *GP*, a GP and the NHS; GP.\n\n- NHS\n- GP", world(glossary=GLOSSARY))
    assert body.count("<abbr") == 2
    assert '<em><abbr title="A doctor">GP</abbr></em>, a GP and the <abbr' in body


def test_without_a_glossary() -> None:
    """Without a glossary nothing is marked up."""
    assert html("NHS") == "<p>NHS</p>"


@given(st.lists(st.sampled_from(["NHS", " 111", "GP", "A&E", "a", "*", "`", " ", "\n", "\n\n- "])).map("".join))
def test_unused_terms_have_no_effect(text: str) -> None:
    """Terms that a text does not contain have no effect on it."""
    wide = GLOSSARY | {"GP surgery xyz": "A place", "ZZ": "The end"}
    assert RENDERER.render(text, world(glossary=wide)) == RENDERER.render(text, world(glossary=GLOSSARY))
