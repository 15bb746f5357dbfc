"""Markdown sources for tests: all existing texts, and Hypothesis strategies for valid and invalid texts."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from tests.sites.building import CONTENT, ROOT

_PIECES = (
    *("/// quote | A", "/// reflection", "///", "////", "//// call-to-action | T", "/// help | samaritans", "/// nope"),
    *("/// content-note", "/// commitments | we-listen-first", "///quote|b", "// help | x", "//", "/// Quote A"),
    *("- a", "* b", "+ c", "1. d", "2) e", "1986. f", "12. g", "plain words", "ends in a colon:", "", "", "", "- - h"),
    *("> i", "> - j", ">   - k", "> /// quote | A", "- /// reflection", "    indented", "        deeper", "\t- tab"),
    *("```", "~~~ py", "````", "`open", "# H", "## H2", "#### H4", "---", "===", "* * *", "<div>", "</div>", "<hr>"),
    *("<!-- c", "-->", "<!-- c -->", "<b>x</b>", "<script>alert(1)</script>", "<![CDATA[", "<?php", "<!x", "&amp;&lt;"),
    *("| a | b |", "|---|---|", "[^1]: note", "see[^1]", "see[^2]", "Term", ": meaning", "*[NHS]: n", "NHS", "**b"),
    *("[x](help:samaritans)", "![a](tree.jpg)", "![a](tree.jpg 'c')", "[r]: https://x.example/", "[a][r]", "[a] (b)"),
    *("https://x.example/?a=b&c", "a@b.example", "020 8191 9191", "{#id .c}", "## H {onclick=x}", '[a](b "t")', "[]()"),
    *("\x02wzxhzdk:0\x03", "\ufeff", "\x0b", "\x85", "\u2028", "\xa0", "ﬁ İ ß", "🎉", "end\\"),
)


def existing_texts() -> dict[Path, str]:
    """Return the text of every Markdown file of the site, the handbook and the test sites."""
    folders = (CONTENT, ROOT / "docs", ROOT / "tests" / "sites")
    files = (file for folder in folders for file in folder.rglob("*.md"))
    return {file: file.read_bytes().decode("utf-8", "replace") for file in files}


def markdown_lines() -> st.SearchStrategy[str]:
    """Return a strategy for texts of valid and almost valid Markdown and blocks."""
    line = st.tuples(st.sampled_from(["", "", "", "  ", "    ", "> ", "- "]), st.sampled_from(_PIECES)).map("".join)
    return st.lists(line, max_size=10).map("\n".join)


def prose() -> st.SearchStrategy[str]:
    """Return a strategy for lines of plain sentences."""
    sentence = "we walked home in the rain - and said 3 things, 1986 or so; it was late *very* late"
    words = st.sampled_from(sentence.split())
    return st.lists(words, min_size=1, max_size=8).map(" ".join).filter(lambda line: line[0].isalpha())
