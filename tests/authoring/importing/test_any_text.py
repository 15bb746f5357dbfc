"""Property tests: no import loses a word, leaves problems other than to-dos, or changes on a second run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.authoring.check.command import problems_in
from plugins.base.problem import Severity
from tests.authoring.importing.exports import Post, write_export
from tests.authoring.importing.world import TO_DOS, Rendering, actions, bring, converted, new_content
from tests.examples import examples
from tests.sites.building import AS_OF, snapshot

# fmt: off
_SIGNS = st.sampled_from((
    "*", "_", "`", "~~", "# ", "- ", "1. ", "2) ", "> ", "/// quote | A", "///", ": ", "{.a}", "{: #b}", "|", "^",
    "[^1]", "[sic]", "[x]", "(y)", "\\", "&amp;", "&lt;b&gt;", "&amp;amp;", "!", "=", "--", "---", "...", "“", "’", "'",
    '"', "$", "%", "*[NHS]: ", "[^1]: ", "+ ", "www.example.net", "https://example.net/a_b?c=d_e&amp;f", "snake_case",
    "&nbsp;", "&shy;", "<br>", "\n", "\n\n", " ", "  ", "\t",
))
# fmt: on
_WORD = st.sampled_from(
    [
        "a",
        "walk",
        "before",
        "work",
        "helps",
        "many",
        "people",
        "to",
        "sleep",
        "well",
        "é",
        "Ω",
        "日本",
        "12",
        "1986",
        "£5",
    ]
)
_INLINE = st.lists(_WORD | _SIGNS, min_size=1, max_size=8).map(" ".join)


def _table(rows: list[list[str]]) -> str:
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows)}</table>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{one}</li>' for one in items)}</{tag}>"


def _wrapped(tags: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(tags), inner)


_MARKED = st.lists(_INLINE | _wrapped(("b", "strong", "em", "i", "del", "sup", "code", "span"), _INLINE), min_size=1,
                   max_size=3).flatmap(lambda parts: st.sampled_from((" ".join(parts), "".join(parts))))  # fmt: skip
_LINKED = _MARKED | st.builds("<a href='https://example.net/{0}'>{1}</a>".format, st.integers(0, 9), _INLINE)
_BLOCK = st.recursive(
    _wrapped(("p", "h1", "h2", "h3", "h5", "p"), _LINKED) | _LINKED,
    lambda inner: (
        st.builds(_list, st.sampled_from(("ul", "ol")), st.lists(inner, min_size=1, max_size=3))
        | st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(_table)
        | _wrapped(("blockquote", "div", "section", "figure"), inner)
    ),
    max_leaves=6,
)
_BODY = st.builds(str.join, st.sampled_from(("\n\n", "\n", "")), st.lists(_BLOCK, min_size=1, max_size=5))
_RENDERING = Rendering()


@settings(max_examples=examples(150))
@given(_BODY)
@example("<p>a<code>&nbsp; a</code></p>")
@example("<table><tr><td>a</td><td>a</td></tr><tr><td>a</td><td>a <b>| www.example.net</b></td></tr></table>")
@example("<blockquote><ul><li>a</li></ul></blockquote><ol><li>walk</li></ol>")
def test_no_word_is_lost(html: str) -> None:
    """The rendered Markdown of any HTML has exactly the words of the source."""
    made = converted(html, _RENDERING)
    assert made.proof.holds, (made.proof, made.markdown)


@settings(max_examples=examples(8))
@given(st.lists(_BODY, min_size=1, max_size=3))
def test_the_whole_import_holds(bodies: list[str]) -> None:
    """Posts with any body become drafts without problems other than to-dos. A second run changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        content = new_content(Path(folder) / "content")
        posts = [Post(number, f"Post {number}", body) for number, body in enumerate(bodies, start=1)]
        export = write_export(Path(folder) / "export.xml", posts)
        report = bring(content, export)
        assert actions(report) == {"new": len(bodies)}
        assert all(not outcome.words["lost"] for outcome in report.outcomes)
        problems = problems_in(content, as_of=AS_OF, cache=str(Path(folder) / "cache"))
        assert {one.name for one in problems if one.severity is Severity.ERROR} <= TO_DOS
        before = snapshot(content)
        assert actions(bring(content, export)) == {"unchanged": len(bodies)}
        assert snapshot(content) == before
