"""Replace typographic spaces after list marks by plain ones.

Word processors and phone keyboards insert no-break spaces after the mark of a list, which Markdown does not accept.
"""

from __future__ import annotations

import re

#: No-break, figure, narrow, ideographic and typographic spaces.
STRANGE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ANY = re.compile(f"[{STRANGE}]")
_AFTER_MARK = re.compile(
    rf"[ \t{STRANGE}]*+(?:>[ \t{STRANGE}]?)*[ \t{STRANGE}]*+(?:[-*+]|\d{{1,9}}[.)]|#{{1,6}}|>|:)[ {STRANGE}]+"
)


def with_plain_spaces(line: str) -> str:
    """Return ``line`` with plain spaces around the mark that it begins with."""
    if line.isascii():
        return line
    mark = _AFTER_MARK.match(line)
    return _ANY.sub(" ", mark[0]) + line[mark.end() :] if mark else line
