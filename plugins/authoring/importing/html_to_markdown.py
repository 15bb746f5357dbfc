"""Convert a normalised tree to the site's Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from turbohtml import Element, Markdown, Text

from plugins.authoring.importing.footnotes import MARK, MARK_END, Footnote
from plugins.authoring.importing.own_blocks import CLOSE, END, OPEN
from plugins.markdown_blocks.normalise import normalise

#: Converts an element, given the Markdown of its content.
_Converter: TypeAlias = Callable[[Element, str], str]
#: Stand for an opening brace, which begins attributes in the site's Markdown, and for a ``<`` that could begin a tag.
_BRACE, _LESS = "\ue030", "\ue032"
#: Stands before a character that is syntax here but not for the converter.
_ESCAPE = "\ue031"
#: Separates lists that the converter would join to the list before, which may be the end of a quote.
_GAP = "\ue038"
_JOINED = ":is(ul, ol, blockquote) + :is(ul, ol)"
#: Stands for a bar in a table cell, which the converter would escape twice in bold text.
_BAR = "\ue039"
#: Stands for a line break that is written as a tag.
_BREAK = "\ue033"
#: Stand for the beginning and end of bold and italic text.
_STRONG, _EM = ("\ue034", "\ue035"), ("\ue036", "\ue037")
_SIGNS = {_STRONG[0]: ("strong", "**"), _EM[0]: ("em", "*")}
_EMPHASIS = re.compile(f"[{_STRONG[0]}-{_EM[1]}]")
#: Stands before the definition of a term.
_DEFINES = "\ue014"
#: Enclose a comment for authors.
ASIDE, ASIDE_END = "\ue015", "\ue016"
_FENCE = re.compile(r"^\s*(?:[-*>]\s+|\d+[.)]\s+)*(`{3,}|~{3,})")
_LINE_START = re.compile(r"^(\s*(?:(?:[-*+]|\d+\.|>)\s+)*)(/{3,}|: |:$|//(?=\s*[\w-]*\s*(?:\||$)))")
_ADDRESS = re.compile(r"(?<![\w/@])(?:https?://|www\.)[^\s<>\"\[\]{}\\|^`*\ue000-\ue0ff]+", re.IGNORECASE)
_BARE_END = ".,:;!?'’”)_~"
#: An item of a nested list, which needs an indent of four spaces.
_NESTED = re.compile(r"^ +(?:[-*+]|\d+\.) ", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def _raw(tag: str) -> _Converter:
    def convert(_element: Element, inner: str) -> str:
        return f"<{tag}>{inner}</{tag}>" if inner.strip() else inner

    return convert


def _emphasis(opening: str, closing: str) -> _Converter:
    def convert(_element: Element, inner: str) -> str:
        words = inner.strip()
        if not words:
            return inner
        start = len(inner) - len(inner.lstrip())
        return f"{inner[:start]}{opening}{words}{closing}{inner[start + len(words) :]}"

    return convert


def _term(_element: Element, inner: str) -> str:
    return f"\n\n{' '.join(inner.split())}\n"


def _definition(_element: Element, inner: str) -> str:
    lines = inner.strip().split("\n")
    first, *more = lines
    return "\n".join([f"{_DEFINES}{first}", *(f"    {line}" if line.strip() else "" for line in more)]) + "\n"


_OPTIONS = Markdown(
    lists=Markdown.Lists(bullets="-"),
    document=Markdown.Document(line_break="backslash"),
    tables=Markdown.Tables(cell_blocks="text"),
    converters={
        "sup": _raw("sup"),
        "sub": _raw("sub"),
        "dt": _term,
        "dd": _definition,
        **dict.fromkeys(("strong", "b"), _emphasis(*_STRONG)),
        **dict.fromkeys(("em", "i"), _emphasis(*_EM)),
    },
)


def to_markdown(root: Element, footnotes: Sequence[Footnote] = ()) -> str:
    """Return the Markdown of ``root``, with the definitions of ``footnotes`` at its end."""
    parts = [_converted(root)]
    for footnote in footnotes:
        first, *more = _converted(footnote.content).strip().split("\n")
        lines = [f"[^{footnote.number}]: {first}", *(f"    {line}" if line.strip() else "" for line in more)]
        parts.append("\n".join(lines))
    text = "\n\n".join(part.strip("\n") for part in parts if part.strip())
    if _NESTED.search(text):
        text = normalise(text)
    # Comments come last, because the normalisation of lists removes them.
    text = re.sub(f"{ASIDE}([^{ASIDE_END}]*){ASIDE_END}", lambda match: f"<!-- {_unescaped(match[1])} -->", text)
    return text + "\n"


def _converted(root: Element) -> str:
    _prepare(root)
    return _finish(root.to_markdown(_OPTIONS))


def _prepare(root: Element) -> None:
    """Replace characters that the converter does not escape by their stand-ins, and link each bare address."""
    for items in root.select(_JOINED):
        items.insert_before(Element("p", None, [Text(_GAP)]))
    # In emphasis within a list, the converter would cut off the words that follow a line break.
    for line_break in root.select("td br, th br, li strong br, li b br, li em br, li i br"):
        line_break.replace_with(Text(_BREAK if line_break.closest("code") is None else " "))
    _keep_spaces_around_code(root)
    for node in list(root.descendants):
        if not isinstance(node, Text) or node.parent is None:
            continue
        holder = node.parent
        if isinstance(holder, Element) and (holder.tag in {"code", "pre"} or holder.closest("pre, code") is not None):
            continue
        if ASIDE in node.data:
            continue
        if "|" in node.data and isinstance(holder, Element) and holder.closest("td, th") is not None:
            node.data = node.data.replace("|", _BAR)
        in_link = isinstance(holder, Element) and holder.closest("a") is not None
        if not in_link and _ADDRESS.search(node.data):
            _link_addresses(node)
            continue
        node.data = _marked(node.data)
        if in_link and node.data.lstrip().startswith("^"):
            # The definition of a footnote begins with this.
            node.data = node.data.replace("^", f"{_ESCAPE}^", 1)


def _keep_spaces_around_code(root: Element) -> None:
    """Repeat spaces at the ends of code beside it. Markdown removes them, and they may separate words."""
    for code in root.select("code"):
        if code.closest("pre") is not None:
            continue
        if code.text[:1].isspace():
            code.insert_before(Text(" "))
        if code.text[-1:].isspace():
            code.insert_after(Text(" "))


def _link_addresses(node: Text) -> None:
    pieces: list[Element | Text] = []
    at = 0
    for found in _ADDRESS.finditer(node.data):
        address = found[0]
        shorter = address.rstrip(_BARE_END)
        if not ("(" in shorter and address[len(shorter) :] == ")"):
            address = shorter
        if not address.lower().startswith("http") or "." not in address:
            continue
        pieces.append(Text(_marked(node.data[at : found.start()])))
        pieces.append(Element("a", {"href": address}, [Text(address)]))
        at = found.start() + len(address)
    pieces.append(Text(_marked(node.data[at:])))
    node.replace_with(*pieces)


def _marked(text: str) -> str:
    return text.replace("{", _BRACE).replace("<", _LESS)


def _finish(markdown: str) -> str:
    lines: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        opening = _FENCE.match(line)
        if fence:
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            lines.append(line)
            continue
        if opening:
            fence = opening[1]
            lines.append(line)
            continue
        lines.append(_LINE_START.sub(r"\1\\\2", line).rstrip())
    text = "\n".join(lines)
    text = _emphasised(re.sub(f"^[ >]*{_GAP}$", "", text, flags=re.MULTILINE))
    text = (
        text.replace(_BRACE, "\\{")
        .replace(_LESS, "&lt;")
        .replace(_BREAK, "<br>")
        .replace(_ESCAPE, "\\")
        .replace(_BAR, "\\|")
    )
    text = re.sub(f"{OPEN}([^{CLOSE}]*){CLOSE}", lambda match: f"/// {_unescaped(match[1])}", text)
    text = text.replace(END, "///")
    text = re.sub(f"\n+{_DEFINES}", "\n: ", text)
    text = re.sub(f"{MARK}(\\d+){MARK_END}", r"[^\1]", text)
    return _BLANK_LINES.sub("\n\n", text)


def _emphasised(text: str) -> str:
    """Return ``text`` with asterisks in place of the stand-ins for bold and italic.

    Adjacent asterisks of two elements are ambiguous, so the inner or later element is written as a tag. So is an
    element that begins or ends with punctuation within a word, where asterisks do not work.
    """
    open_marks: list[int] = []
    written: dict[int, str] = {}
    for found in _EMPHASIS.finditer(text):
        at, sign = found.start(), found[0]
        if sign in _SIGNS:
            open_marks.append(at)
            continue
        if not open_marks:
            written[at] = ""
            continue
        begin = open_marks.pop()
        tag, stars = _SIGNS[text[begin]]
        before, after = text[begin - 1 : begin], text[at + 1 : at + 2]
        shares_begin, shares_end = before in _SIGNS, bool(_EMPHASIS.match(after)) and after not in _SIGNS
        touches = (
            (bool(_EMPHASIS.match(before)) and not shares_begin)
            or after in _SIGNS
            or shares_begin != shares_end
            or "*" in {before, after}
            or (_is_word(text[begin::-1]) and not _is_word(text[begin:at]))
            or (_is_word(text[at:]) and not _is_word(text[at:begin:-1]))
        )
        written[begin], written[at] = (f"<{tag}>", f"</{tag}>") if touches else (stars, stars)
    return _EMPHASIS.sub(lambda found: written.get(found.start(), ""), text)


def _is_word(text: str) -> bool:
    """Tell whether the first character of ``text`` that is no stand-in belongs to a word."""
    found = re.match(f"[{_STRONG[0]}-{_EM[1]}]*(.)", text, re.DOTALL)
    return bool(found and (found[1].isalnum() or found[1] == "_"))


def _unescaped(argument: str) -> str:
    """Return the text of the first line of a block, where Markdown syntax has no effect."""
    return re.sub(r"\\(?=[^\w\s]|_)", "", argument).replace("&lt;", "<").replace("&amp;", "&")
