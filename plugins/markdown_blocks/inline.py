"""Inline: Python-Markdown's pass over the words of a text, without the searches that cannot find anything.

Python-Markdown tries each of its patterns on each piece of text, and most pieces hold none of the marks that most
patterns need. Here a pattern is tried only where such a mark stands. What comes out is the same, byte for byte.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown, util
from markdown.treeprocessors import InlineProcessor

#: By the name of a pattern: what stands in all that it finds, or, of several, one of them. A pattern that is not named
#: here is always tried.
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
#: Stands in every text.
_ANY = ("",)


class QuickInlineProcessor(InlineProcessor):
    """Takes the place of another inline processor, with its patterns.

    Args:
        md: Python-Markdown, with all its patterns registered.
        replaced: the processor whose patterns are taken over.
    """

    def __init__(self, md: Markdown, replaced: InlineProcessor) -> None:
        super().__init__(md)
        self.inlinePatterns = replaced.inlinePatterns
        marks = {
            self.inlinePatterns.get_index_for_name(name): marks
            for name, marks in MARKS.items()
            if name in self.inlinePatterns
        }
        # Private to the class above, which offers no other way to try one pattern.
        self._apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        self._steps: list[tuple[Any, tuple[str, ...]]] = [
            (pattern, marks.get(place, _ANY)) for place, pattern in enumerate(self.inlinePatterns)
        ]

    # The name that Python gives to a private method of the class above: its own calls arrive here.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, util.AtomicString):
            return data
        start, place = 0, patternIndex
        while place < len(self._steps):
            pattern, marks = self._steps[place]
            for mark in marks:
                if mark in data:
                    data, matched, start = self._apply(pattern, data, place, start)
                    break
            else:
                matched, start = False, 0
            if not matched:
                place += 1
        return data


def quicken(md: Markdown) -> None:
    """Replace the inline processors of ``md``; to be called when all its extensions are loaded."""
    for name, priority in _PRIORITIES.items():
        replaced = md.treeprocessors[name]
        assert isinstance(replaced, InlineProcessor)  # noqa: S101 - for the type checker
        md.treeprocessors.register(QuickInlineProcessor(md, replaced), name, priority)
