"""Words, first paragraph and anchors are extracted from HTML."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from plugins.markdown_blocks.html_stats import _VOID, _WITHIN_WORDS, Measures, measure
from plugins.markdown_blocks.sanitise import TAGS, sanitise

_PIECES = (
    *(f"<{tag}>" for tag in sorted(TAGS)),
    *(f"</{tag}>" for tag in sorted(TAGS)),
    *("<p>", "</p>") * 5,
    *("<code>", "</code>", "<sup id='fnref:1'>", "<sup id=fnref2>", "</sup>") * 2,
    *("<p id=a>", "<h2 id='a'>", '<b id="b" title=" id=">', "<i title=' id=\"c\"'>", "<i id='&quot;&amp;<>' lang=en>"),
    *("<td colspan=2 ID=d class=x>", "<br id>", "<b id=''>", "<img alt='<p id=e>' id=e>", "<div id='x y'>", "<", ">"),
    *(
        "one",
        "two ",
        " three",
        "don't",
        "-",
        " – ",
        "&amp;",
        "&lt;b&gt;",
        "&nbsp;",
        "&#x1c;",
        "&am",
        "lt;",
        "\n",
        "É ",
        "²",
    ),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
@example('<b title=" id=" class="x">one</b>')
@example("<p>&nbsp;</p><p>one</p>")
@example("<sup id='fnref:1'>1<sup>2</sup>3</sup>4")
def test_measure_equals_html_parser(text: str) -> None:
    """The properties of any sanitised HTML equal those that Python's HTML parser finds."""
    html = sanitise(text)
    assert measure(html) == _measured_slowly(html)


def _measured_slowly(html: str) -> Measures:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Measures(
        words=len(re.findall(r"\S*\w\S*", "".join(reader.text))),
        prose="".join(reader.prose),
        first_paragraph=" ".join("".join(reader.paragraph).split()),
        anchors=frozenset(reader.ids),
        repeated=frozenset(anchor for anchor, times in Counter(reader.ids).items() if times > 1),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.prose: list[str] = []
        self.paragraph: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self._in_paragraph = False
        self._note_mark = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = next((value for name, value in attrs if name == "id"), None)
        if anchor:
            self.ids.append(anchor)
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
            self.prose.append("\n" if tag == "br" else "\n\f\n")
            if self._in_paragraph:
                self.paragraph.append(" ")
        if tag in _VOID:
            return
        if tag == "p" and not self._open and not "".join(self.paragraph).strip():
            self._in_paragraph = True
        self._open.append(tag)
        if tag == "sup" and anchor and anchor.startswith("fnref") and not self._note_mark:
            self._note_mark = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
        if len(self._open) == self._note_mark:
            self._note_mark = 0
        if self._open:
            self._open.pop()
        if not self._open:
            self._in_paragraph = False

    def handle_data(self, data: str) -> None:
        if self._note_mark:
            return
        self.text.append(data)
        if "code" not in self._open:
            self.prose.append(data)
        if self._in_paragraph:
            self.paragraph.append(data)
