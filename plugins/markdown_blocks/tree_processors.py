"""Transform Python-Markdown's element tree before it becomes HTML.

Links and pictures get their final addresses, a picture alone in its paragraph becomes a figure, tables become
scrollable, and headings are collected.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.toc import run_postprocessors
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX

from plugins.base.files import backslash_in_path
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.invisible_characters import is_blank
from plugins.content_model.link_targets import RemovedTarget
from plugins.markdown_blocks.blocks import TITLE_SUFFIX
from plugins.markdown_blocks.links import ResolvedLink, resolve
from plugins.markdown_blocks.pictures import find_picture, set_sources
from plugins.markdown_blocks.render_state import RenderState
from plugins.markdown_blocks.sanitise import allows
from plugins.views.body import Heading
from plugins.views.views import Picture

_HEADING = re.compile(r"h([1-6])")
_ALIGNMENT = re.compile(r"text-align: (left|center|right);")
#: Python-Markdown's placeholder of an escaped character.
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
#: A backslash before a letter or digit, which escapes no mark of Markdown.
_WINDOWS = re.compile(r"\\[^\W_]")
_CARD_LISTS = frozenset({"help-list", "commitment-list"})
_CARD_LEVEL = 3


class AddressTreeprocessor(Treeprocessor):
    """Finishes links, pictures and tables; must run after attribute lists, which may change addresses."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self._state = state
        self._escapes = UnescapeTreeprocessor()
        self._shown_notes: set[str] = set()

    def run(self, root: Element) -> None:
        """Transform the tree below ``root``."""
        parents = {child: parent for parent in root.iter() for child in parent}
        shown: list[tuple[Element, Picture]] = []
        # A note is shown only at the first link with it.
        self._shown_notes.clear()
        for element in list(root.iter()):
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                picture = self._picture(element, parents)
                if picture is not None:
                    shown.append((element, picture))
            elif element.tag in ("td", "th"):
                _align(element)
            elif element.tag == "table":
                _wrap_table(element, parents[element])
            if element.attrib:
                self._check_attributes(element)
        for image, picture in shown:
            set_sources(picture, image, parents[image], self._state.context.root)

    def _link(self, link: Element) -> None:
        if link.get("class") in ("footnote-ref", "footnote-backref"):
            return
        address, position, slip = self._address(link.get("href", ""))
        if self._shows_nothing("".join(link.itertext())) and link.find(".//img") is None:
            self._state.report(
                position,
                "empty-link",
                "a link has no words, so nobody can see it",
                "write between the square brackets where the link goes",
            )
        resolved = ResolvedLink("", problem=slip) if slip else resolve(address, position, self._state.context)
        if resolved.problem:
            self._state.problems.append(resolved.problem)
        if resolved.use:
            self._state.links.append(resolved.use)
        if resolved.gone:
            _remove_link(link, resolved.gone)
            return
        link.set("href", resolved.href)
        if resolved.note and resolved.href not in self._shown_notes:
            self._shown_notes.add(resolved.href)
            link.tail = f" ({resolved.note}){link.tail or ''}"
        if resolved.external:
            link.set("rel", "noreferrer")
        elif "rel" in link.attrib:
            del link.attrib["rel"]

    def _address(self, address: str) -> tuple[str, Position, Problem | None]:
        """Return the unescaped address, its position, and a problem if it is a Windows path."""
        positions = self._state.positions
        written = _ESCAPED.sub(lambda found: f"\\{chr(int(found[1]))}", address)
        position = positions.address(written) if written else positions.text("]()")
        slip = backslash_in_path(self._state.context.path, position, written) if _WINDOWS.search(written) else None
        return self._escapes.unescape(address), position, slip

    def _picture(self, image: Element, parents: dict[Element, Element]) -> Picture | None:
        address, position, slip = self._address(image.get("src", ""))
        position = self._state.positions.picture(address) or position
        if self._shows_nothing(image.get("alt", "")):
            self._state.report(
                position,
                "missing-alt",
                "a picture has no words for people who cannot see it",
                "say between the square brackets what the picture shows",
            )
        found = slip or find_picture(address, position, self._state.context)
        if not isinstance(found, Picture):
            self._state.problems += [found] if found else []
            # Only a withdrawn picture does not stop the build, and its alternative text is removed too.
            taken_back = found is not None and found.severity is Severity.WARNING
            image.tag, image.text = "span", "" if taken_back else image.get("alt", "")
            image.attrib.clear()
            return None
        self._fill(image, found)
        parent = parents[image]
        if parent.tag == "p" and _is_alone(image, parent):
            parent.tag = "figure"
            parent.set("class", "picture")
            parent.text = image.tail = None
            if caption := image.attrib.pop("title", None):
                SubElement(parent, "figcaption").text = caption
        return found

    def _shows_nothing(self, text: str) -> bool:
        """Return True if readers see nothing of ``text``, which may hold placeholders of Python-Markdown."""
        if STX in text:
            text = html.unescape(run_postprocessors(text, self.md))
        return is_blank(text)

    def _fill(self, image: Element, picture: Picture) -> None:
        image.set("src", f"{self._state.context.root}{picture.src}")
        image.set("width", str(picture.width))
        image.set("height", str(picture.height))
        image.set("loading", "lazy")
        image.set("decoding", "async")

    def _check_attributes(self, element: Element) -> None:
        for name in element.attrib:
            if not allows(element.tag, name):
                self._state.report(
                    self._state.positions.text(name),
                    "unknown-attribute",
                    f"the attribute `{name}` is not allowed on `<{element.tag}>` and would be lost",
                    "take it out; `{#id}` and `{.class}` may stay",
                )


class HeadingTreeprocessor(Treeprocessor):
    """Collects the headings; must run after they have ids."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self._state = state

    def run(self, root: Element) -> None:
        """Collect the headings below ``root``, and label the sections of blocks with theirs."""
        names = {token["id"]: html.unescape(token["name"]) for token in _flat(self.md.toc_tokens)}  # type: ignore[attr-defined]
        titled = {element for section in root.iter("section") for element in section.iter()}
        cards = iter([block.position for block in self._state.found if block.name in ("help", "commitments")])
        level = 1
        for element in root.iter():
            if element.tag == "section" and len(element) and "id" in element[0].attrib:
                element.set("aria-labelledby", element[0].get("id", ""))
            elif element.get("class") in _CARD_LISTS:
                position = next(cards, self._state.context.position(0))
                if level < _CARD_LEVEL - 1 and element not in titled:
                    self._cards(position)
            elif (tag := _HEADING.fullmatch(element.tag)) and not element.get("class", "").endswith(TITLE_SUFFIX):
                anchor = element.get("id", "")
                level = self._heading(level, Heading(int(tag[1]), anchor, names.get(anchor, "")))

    def _cards(self, position: Position) -> None:
        """Warn about cards, whose titles are level-three headings, without a heading above them."""
        self._state.problems.append(
            self._state.context.problem(
                position,
                "heading-skips",
                "cards have headings of level 3, and no heading of level 2 stands before them",
                "write a `##` heading before the block",
                Severity.WARNING,
            )
        )

    def _heading(self, level: int, heading: Heading) -> int:
        position = self._state.positions.heading(heading.level)
        if is_blank(heading.text):
            self._state.report(position, "empty-heading", "a heading has no words", "write the heading, or take it out")
        if heading.level == 1:
            self._state.report(
                position,
                "second-h1",
                "the title is the only heading of the first level, and this would be a second",
                "write `##` for a heading; for a line that begins with `#`, write `\\#`",
            )
            return 1
        self._state.headings.append(heading)
        if heading.level > level + 1:
            self._state.problems.append(
                self._state.context.problem(
                    position,
                    "heading-skips",
                    f"a heading of level {heading.level} follows one of level {level}, so people who listen to the "
                    "page think that they missed one",
                    f"write `{'#' * (level + 1)}`",
                    Severity.WARNING,
                )
            )
        return heading.level


def _flat(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


def _remove_link(link: Element, gone: RemovedTarget) -> None:
    """Replace a link to a withdrawn entry by its words, or by other words if they name the entry."""
    link.tag = "span"
    link.attrib.clear()
    if gone.is_named_in("".join(link.itertext())):
        for child in list(link):
            link.remove(child)
        link.text = gone.words


def _is_alone(image: Element, parent: Element) -> bool:
    return len(parent) == 1 and not (parent.text or "").strip() and not (image.tail or "").strip()


def _align(cell: Element) -> None:
    """Replace the style attribute, which the security policy forbids, by a class."""
    alignment = _ALIGNMENT.fullmatch(cell.attrib.pop("style", ""))
    if alignment and alignment[1] != "left":
        cell.set("class", f"align-{alignment[1]}")
    if cell.tag == "th":
        cell.set("scope", "col")


def _wrap_table(table: Element, parent: Element) -> None:
    wrapper = Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": "Table"})
    wrapper.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = wrapper
    wrapper.append(table)
