"""Test the division of style sheets into rules."""

from __future__ import annotations

import tinycss2
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.privacy_receipt.styles import _addresses, rules

PARTS = st.sampled_from(
    ["{", "}", "(", ")", "[", "]", '"', "'", "\\", "/*", "*/", "/", ";", ":", "@import ", "@media ", "@namespace ",
     "a ", "\n", "url(", "src(", "image-set(", "element(", "//a.example", "<!--", "-->", "b"]
)  # fmt: skip


@given(parts=st.lists(PARTS, max_size=24))
@example(parts=["a ", "{", "url(", '"', "}", " ", '"', ")", "}", "url(", "//a.example", ")", '"'])
@example(parts=["a ", "{", "image-set(", "}", "b", "{", "}", '"', "//a.example", '"', ")"])
@example(parts=["@import ", "url(", '"', ")", '"', "{", "}", "url(", "//a.example", ")", '"', "{", "}"])
def test_rules_have_the_addresses_of_the_whole(parts: list[str]) -> None:
    """Parsing rule by rule finds the same addresses as parsing the whole text."""
    text = "".join(parts)
    assert "".join(rules(text)) == text
    found = [address for rule in rules(text) for address in _parsed(rule)]
    assert found == _parsed(text)


def test_a_rule_is_divided_from_the_next() -> None:
    """Each rule without comments, escapes and unusual strings stands alone, and the rest is one piece."""
    text = 'a{b:url(c)}@media d{e{f:"g"}}h{}/* i */j{}k{}'
    assert list(rules(text)) == ["a{b:url(c)}", '@media d{e{f:"g"}}', "h{}", "/* i */j{}k{}"]


def _parsed(text: str) -> list[str]:
    return list(_addresses(tinycss2.parse_component_value_list(text)))
