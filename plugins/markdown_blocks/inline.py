"""Speed up Python-Markdown's inline processor.

Python-Markdown tries every pattern on every text, although most texts contain no marks. ``FastInlineProcessor`` tries a
pattern only on a text that contains one of its marks. The result is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, util
from markdown.treeprocessors import InlineProcessor

from plugins.markdown_blocks.block_parser import FastMarkdown

#: By name of a pattern: marks of which every match contains at least one. Other patterns are always tried.
MARKS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "magic-link": ("://", "ww.", "wW.", "Ww.", "WW."),
    "entity": ("&",),
    "delimiter": ("*", "_", "~"),
    "hardbreak": ("\\\n",),
    "smarty-em-dashes": ("---",),
    "smarty-en-dashes": ("--",),
    "smarty-ellipses": ("...",),
    **{f"smarty-quotes-{number}": ("'",) for number in (0, 6, 7, 8, 9, 10)},
    **{f"smarty-quotes-{number}": ('"',) for number in (1, 11, 12, 13, 14)},
    **{f"smarty-quotes-{number}": ("\"'",) for number in (2, 5)},
    **{f"smarty-quotes-{number}": ("'\"",) for number in (3, 4)},
}


#: The two passes, with the priorities that Python-Markdown gives them.
_PRIORITIES = {"inline": 20, "smarty": 6}
#: Every text contains this mark.
_ANY = ("",)


class FastInlineProcessor(InlineProcessor):
    """Replaces another inline processor, with its patterns.

    Args:
        md: Python-Markdown, with all its patterns registered.
        replaced: the processor with the patterns.
    """

    def __init__(self, md: Markdown, replaced: InlineProcessor) -> None:
        super().__init__(md)
        self.inlinePatterns = replaced.inlinePatterns
        marks = {
            self.inlinePatterns.get_index_for_name(name): marks
            for name, marks in MARKS.items()
            if name in self.inlinePatterns
        }
        # The base class has no public method to apply one pattern.
        self._apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        self._process = super()._InlineProcessor__processPlaceholders  # type: ignore[misc]
        self._steps: list[tuple[int, Any, tuple[str, ...]]] = [
            (place, pattern, marks.get(place, _ANY)) for place, pattern in enumerate(self.inlinePatterns)
        ]
        self._marks = _shortest(mark for _, _, marks in self._steps for mark in marks)

    # These names override private methods of the base class.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        for mark in self._marks:
            if mark in data:
                break
        else:
            return data
        if isinstance(data, util.AtomicString):
            return data
        for place, pattern, marks in self._steps[patternIndex:]:
            for mark in marks:
                if mark in data:
                    matched, start = True, 0
                    while matched:
                        if isinstance(self.md, FastMarkdown):
                            self.md.check_time()
                        data, matched, start = self._apply(pattern, data, place, start)
                    break
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: FBT001, FBT002, N803 - as it is called
    ) -> list[tuple[Element, list[str]]]:
        if data is not None and util.INLINE_PLACEHOLDER_PREFIX in data:
            found: list[tuple[Element, list[str]]] = self._process(data, parent, isText)
            return found
        if data and isText:
            parent.text = parent.text + data if parent.text else data
        elif data:
            parent.tail = parent.tail + data if parent.tail else data
        return []


def _shortest(marks: Iterable[str]) -> tuple[str, ...]:
    """Return the marks that contain no other mark; a text without them contains none of ``marks``."""
    several = set(marks)
    return tuple(mark for mark in sorted(several) if not any(other in mark for other in several - {mark}))


def use_fast_inline_processors(md: Markdown) -> None:
    """Replace the inline processors of ``md``; must be called after all extensions are loaded."""
    for name, priority in _PRIORITIES.items():
        replaced = md.treeprocessors[name]
        assert isinstance(replaced, InlineProcessor)  # noqa: S101 - for the type checker
        md.treeprocessors.register(FastInlineProcessor(md, replaced), name, priority)
