"""Tree: what is done to a body between Python-Markdown's tree and its HTML.

Links and pictures get their real addresses, a picture alone in its paragraph becomes a figure, tables can be
scrolled on a small screen, and headings are read off.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX

from plugins.base.files import backslash_in_path
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.link_targets import RemovedTarget
from plugins.markdown_blocks.blocks import TITLE_SUFFIX
from plugins.markdown_blocks.links import ResolvedLink, resolve
from plugins.markdown_blocks.pictures import find_picture, offer
from plugins.markdown_blocks.render_state import RenderState
from plugins.markdown_blocks.sanitise import allows
from plugins.views.body import Heading
from plugins.views.views import Picture

_HEADING = re.compile(r"h([1-6])")
_ALIGNMENT = re.compile(r"text-align: (left|center|right);")
#: What Python-Markdown makes of a character after a backslash.
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
#: No mark of Markdown is escaped by these.
_WINDOWS = re.compile(r"\\[^\W_]")
_CARD_LISTS = frozenset({"help-list", "commitment-list"})
_CARD_LEVEL = 3


class AddressTreeprocessor(Treeprocessor):
    """Gives links, pictures and tables their final form; runs after attribute lists, which may change addresses."""

    def __init__(self, md: Markdown, job: RenderState) -> None:
        super().__init__(md)
        self._job = job
        self._escapes = UnescapeTreeprocessor()
        self._told: set[str] = set()

    def run(self, root: Element) -> None:
        """Change the tree below ``root``."""
        parents = {child: parent for parent in root.iter() for child in parent}
        shown: list[tuple[Element, Picture]] = []
        # A note stands once in a text, where its link first does.
        self._told.clear()
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
            offer(picture, image, parents[image], self._job.context.root)

    def _link(self, link: Element) -> None:
        if link.get("class") in ("footnote-ref", "footnote-backref"):
            return
        address, position, slip = self._address(link.get("href", ""))
        if not "".join(link.itertext()).strip() and link.find(".//img") is None:
            self._job.report(
                position,
                "empty-link",
                "a link has no words, so nobody can see it",
                "write between the square brackets where the link goes",
            )
        resolved = ResolvedLink("", problem=slip) if slip else resolve(address, position, self._job.context)
        if resolved.problem:
            self._job.problems.append(resolved.problem)
        if resolved.use:
            self._job.links.append(resolved.use)
        if resolved.gone:
            _take_out(link, resolved.gone)
            return
        link.set("href", resolved.href)
        if resolved.note and resolved.href not in self._told:
            self._told.add(resolved.href)
            link.tail = f" ({resolved.note}){link.tail or ''}"
        if resolved.external:
            link.set("rel", "noreferrer")
        elif "rel" in link.attrib:
            del link.attrib["rel"]

    def _address(self, address: str) -> tuple[str, Position, Problem | None]:
        """Return what an address of the tree means, where it stands or is missing, and whether it is one of Windows."""
        written = _ESCAPED.sub(lambda found: f"\\{chr(int(found[1]))}", address)
        places = self._job.places
        position = places.address(written) if written else places.text("]()")
        slip = backslash_in_path(self._job.context.path, position, written) if _WINDOWS.search(written) else None
        return self._escapes.unescape(address), position, slip

    def _picture(self, image: Element, parents: dict[Element, Element]) -> Picture | None:
        address, position, slip = self._address(image.get("src", ""))
        position = self._job.places.picture(address) or position
        if not image.get("alt", "").strip():
            self._job.report(
                position,
                "missing-alt",
                "a picture has no words for people who cannot see it",
                "say between the square brackets what the picture shows",
            )
        found = slip or find_picture(address, position, self._job.context)
        if not isinstance(found, Picture):
            self._job.problems += [found] if found else []
            # Only a picture that was taken back does not stop the build, and of it nothing is said either.
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

    def _fill(self, image: Element, picture: Picture) -> None:
        image.set("src", f"{self._job.context.root}{picture.src}")
        image.set("width", str(picture.width))
        image.set("height", str(picture.height))
        image.set("loading", "lazy")
        image.set("decoding", "async")

    def _check_attributes(self, element: Element) -> None:
        for name in element.attrib:
            if not allows(element.tag, name):
                self._job.report(
                    self._job.places.text(name),
                    "unknown-attribute",
                    f"the attribute `{name}` is not allowed on `<{element.tag}>` and would be lost",
                    "take it out; `{#id}` and `{.class}` may stay",
                )


class HeadingTreeprocessor(Treeprocessor):
    """Reads the headings off the tree; runs after they have their ids."""

    def __init__(self, md: Markdown, job: RenderState) -> None:
        super().__init__(md)
        self._job = job

    def run(self, root: Element) -> None:
        """Note the headings below ``root`` and name the sections of blocks after theirs."""
        names = {token["id"]: html.unescape(token["name"]) for token in _flat(self.md.toc_tokens)}  # type: ignore[attr-defined]
        titled = {element for section in root.iter("section") for element in section.iter()}
        cards = iter([block.position for block in self._job.found if block.name in ("help", "commitments")])
        level = 1
        for element in root.iter():
            if element.tag == "section" and len(element) and "id" in element[0].attrib:
                element.set("aria-labelledby", element[0].get("id", ""))
            elif element.get("class") in _CARD_LISTS:
                position = next(cards, self._job.context.position(0))
                if level < _CARD_LEVEL - 1 and element not in titled:
                    self._cards(position)
            elif (tag := _HEADING.fullmatch(element.tag)) and not element.get("class", "").endswith(TITLE_SUFFIX):
                anchor = element.get("id", "")
                level = self._heading(level, Heading(int(tag[1]), anchor, names.get(anchor, "")))

    def _cards(self, position: Position) -> None:
        """Warn of cards, whose titles are headings of the third level, without a heading above them."""
        self._job.problems.append(
            self._job.context.problem(
                position,
                "heading-skips",
                "cards have headings of level 3, and no heading of level 2 stands before them",
                "write a `##` heading before the block",
                Severity.WARNING,
            )
        )

    def _heading(self, level: int, heading: Heading) -> int:
        position = self._job.places.heading(heading.level)
        if not heading.text:
            self._job.report(position, "empty-heading", "a heading has no words", "write the heading, or take it out")
        if heading.level == 1:
            self._job.report(
                position,
                "second-h1",
                "the title is the only heading of the first level, and this would be a second",
                "write `##` for a heading; for a line that begins with `#`, write `\\#`",
            )
            return 1
        self._job.headings.append(heading)
        if heading.level > level + 1:
            self._job.problems.append(
                self._job.context.problem(
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


def _take_out(link: Element, gone: RemovedTarget) -> None:
    """Make plain words of a link to what was withdrawn; words that name it give way to others."""
    link.tag = "span"
    link.attrib.clear()
    if gone.is_named_in("".join(link.itertext())):
        for child in list(link):
            link.remove(child)
        link.text = gone.words


def _is_alone(image: Element, parent: Element) -> bool:
    return len(parent) == 1 and not (parent.text or "").strip() and not (image.tail or "").strip()


def _align(cell: Element) -> None:
    """Say in a class what Python-Markdown says in a style, which the site's security policy forbids."""
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
