"""Remove elements and attributes that the site does not allow from imported HTML, and note what was removed."""

from __future__ import annotations

import re

import nh3
from turbohtml import Element, Node, Text, parse_fragment

from plugins.authoring.check.alt_text import is_file_name
from plugins.authoring.importing.item import PAGE_BREAK_LEFT_OUT, Note, Urgency, shortened
from plugins.authoring.importing.word_proof import words_of_text
from plugins.content_model.invisible_characters import INVISIBLE, strip_invisible

_TAGS = frozenset(
    """a abbr address article aside b blockquote br caption center cite code col colgroup dd del dfn div dl dt em
    figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section
    small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr""".split()  # noqa: SIM905
)
_ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "name", "class"},
    "blockquote": {"cite"},
    "code": {"class"},
    "pre": {"class"},
    "img": {"src", "alt"},
    "li": {"value"},
    "ol": {"start"},
    "sup": {"class", "data-fn"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags={"script", "style", "noscript", "template", "title", "head", "svg", "math"},
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel", "sms", "help", "data"},
    link_rel=None,
    strip_comments=True,
)
#: Elements that embed another address, and the attributes that hold it.
_EMBEDS = {"iframe": ("src", "data-src"), "embed": ("src",), "object": ("data",), "video": ("src",), "audio": ("src",)}
_CONTROLS = "form, input, select, textarea, button, fieldset"
_NORMAL_WEIGHT = re.compile(r"font-weight\s*:\s*(?:normal|400)")
_TITLE = (Urgency.LEFT_OUT, "a title that shows only under a mouse")
#: The class of a rule that a reader writes for a page break.
PAGE_BREAK = "page-break"
_PAGE_BREAK = re.compile(r"page-break-(?:before|after)\s*:\s*(?!auto|avoid)|display\s*:\s*none", re.IGNORECASE)
_SCRIPTED = re.compile(r"\s*(?:javascript|vbscript|data|file|blob)\s*:", re.IGNORECASE)
#: Deeper trees are not written by people, and exceed Python's recursion limit.
DEEPEST = 100


class TooDeepError(ValueError):
    """The HTML is nested too deeply."""


def cleaned(html: str) -> tuple[Element, list[Note]]:
    """Parse ``html`` into a tree of allowed elements. Return it with notes on removed parts.

    Raises:
        TooDeepError: when it is nested too deeply.
    """
    notes: list[Note] = []
    root = parse_fragment(html)
    if is_too_deep(root):
        raise TooDeepError(f"its HTML is nested more than {DEEPEST} elements deep")
    _embeds_to_links(root, notes)
    _take_out_forms(root, notes)
    _plain_details(root)
    _take_out_page_breaks(root, notes)
    for button in root.select("a.wp-block-file__button"):
        # Only a style separates it from the link before it.
        button.insert_before(Text(" "))
    _tell_titles(root, notes)
    scripts = root.select("script")
    notes += [Note(Urgency.LEFT_OUT, "a script was left out", script.attr("src") or "") for script in scripts]
    for element in root.select("b[style], strong[style]"):
        # Google Docs wraps the whole text in <b style="font-weight:normal">.
        if _NORMAL_WEIGHT.search(element.attr("style") or ""):
            element.unwrap()
    for link in root.select("a[href]"):
        if _SCRIPTED.match(link.attr("href") or ""):
            notes.append(Note(Urgency.LOST, "a link led to no address of the web", (link.attr("href") or "")[:80]))
            link.unwrap()
    tree = parse_fragment(_CLEANER.clean(root.inner_html))
    _plain_characters(tree)
    return tree, notes


def is_too_deep(root: Element) -> bool:
    """Tell whether ``root`` is nested too deeply."""
    level: list[Node] = [root]
    for _ in range(DEEPEST):
        level = [child for node in level if isinstance(node, Element) for child in node.children]
        if not level:
            return False
    return True


def _embeds_to_links(root: Element, notes: list[Note]) -> None:
    for element in root.select(", ".join(_EMBEDS)):
        address = next((found for name in _EMBEDS[element.tag] if (found := element.attr(name))), "") or ""
        if not address:
            source = element.select_one("source[src], embed[src], param[name=movie]")
            address = (source.attr("src") or source.attr("value") or "") if source is not None else ""
        address = f"https:{address}" if address.startswith("//") else address
        if not re.match(r"https?://|/(?!/)", address):
            notes.append(Note(Urgency.LOST, "an embed without an address was left out", f"<{element.tag}>"))
            element.extract()
            continue
        link = Element("a", {"href": address})
        title = " ".join((element.attr("title") or "").split())
        link.append(Text(title or address))
        element.replace_with(Element("p", None, [link]))
        notes.append(Note(Urgency.CHANGED, "a video, a map or another embed became a link", address))


def _take_out_forms(root: Element, notes: list[Note]) -> None:
    for element in root.select(_CONTROLS):
        if element.tag == "form":
            notes.append(Note(Urgency.LOST, "a form was left out", " ".join(element.text.split())[:300]))
            element.extract()
        elif element.tag in {"button", "fieldset"}:
            element.unwrap()
        elif element.closest("form") is None:
            notes.append(Note(Urgency.LOST, "a field of a form was left out", " ".join(element.text.split())[:100]))
            element.extract()


def _take_out_page_breaks(root: Element, notes: list[Note]) -> None:
    """Remove the rules and line breaks that only begin a new sheet of paper."""
    for element in root.select("hr, br"):
        if _PAGE_BREAK.search(element.attr("style") or "") or element.attr("class") == PAGE_BREAK:
            notes.append(Note(Urgency.LEFT_OUT, PAGE_BREAK_LEFT_OUT))
            if element.tag == "br":
                element.replace_with(Text(" "))
            else:
                element.extract()


def _tell_titles(root: Element, notes: list[Note]) -> None:
    """Note each title that says more than its element. Readers see it only with a mouse."""
    for element in root.select("[title]"):
        title = " ".join((element.attr("title") or "").split())
        if element.tag not in {"img", "a", "abbr", "acronym", "dfn"} or is_file_name(title):
            continue
        shown = element.attr("alt") or "" if element.tag == "img" else element.text
        if words_of_text(title) - words_of_text(shown):
            is_short_form = element.tag not in {"img", "a"}
            urgency, what = (Urgency.LOST, "the long form of a short form") if is_short_form else _TITLE
            notes.append(Note(urgency, f"{what} was left out", shortened(f"{shown}: {title}".removeprefix(": "))))


def _plain_details(root: Element) -> None:
    """Replace the summary of a ``details`` element by a bold line."""
    for summary in root.select("summary"):
        strong = Element("strong", None, [child.extract() for child in list(summary.children)])
        summary.replace_with(Element("p", None, [strong]))
    for details in root.select("details"):
        details.tag = "div"


def _plain_characters(root: Element) -> None:
    for node in root.descendants:
        if isinstance(node, Text) and not node.data.isascii():
            node.data = plain(node.data)
        elif isinstance(node, Text) and INVISIBLE.search(node.data):
            node.data = INVISIBLE.sub("", node.data)


def plain(text: str) -> str:
    """Return ``text`` with plain spaces, without soft hyphens and other invisible characters."""
    spaced = re.sub("[\u2028\u2029\x85]", " ", text)
    return INVISIBLE.sub("", strip_invisible(spaced))
