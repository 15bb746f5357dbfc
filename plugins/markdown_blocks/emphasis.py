"""Read emphasis (``*``, ``_``) and deletion (``~~``) as pymdown-extensions does.

Its extensions compile the patterns of all three at once, which takes 5 ms for each, and most texts need one.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from pymdownx.delimiterprocessor import Delimiter, DelimiterProcessor

#: Python-Markdown's own patterns for emphasis, which these replace.
_REPLACED = ("not_strong", "strong_em", "em_strong", "em_strong2", "strong", "emphasis", "strong2", "emphasis2")
_PRIORITY = 60


class _LateDelimiter(Delimiter):  # type: ignore[misc]  # pymdownx carries no types
    """A delimiter whose patterns are compiled when a text contains it."""

    def _build_patterns(self, token: str) -> str:
        return re.escape(token)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what the patterns need
        if name.startswith("_") or "boundary" in vars(self):
            raise AttributeError(name)
        super()._build_patterns(self.token)
        return getattr(self, name)


class EmphasisExtension(Extension):
    """Does what ``BetterEmExtension()`` and ``DeleteSubExtension(subscript=False)`` do together."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Replace the patterns of Python-Markdown."""
        md.registerExtension(self)
        for name in _REPLACED:
            md.inlinePatterns.deregister(name, strict=False)
        self._processor = DelimiterProcessor(_LateDelimiter("*", "strong,em"), md)
        self._processor.add(_LateDelimiter("_", "strong,em", smart=True))
        self._processor.add(_LateDelimiter("~", "del", double=True))
        md.inlinePatterns.register(self._processor, "delimiter", _PRIORITY)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "~"]

    def reset(self) -> None:
        """Forget the last text."""
        self._processor.reset()
