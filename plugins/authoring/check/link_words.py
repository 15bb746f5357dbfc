"""Check the words of links and pictures in Markdown, and find bare addresses.

People who listen to a page often jump from link to link, so each link must say where it leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.authoring.check.alt_text import check_alt
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.markdown_line import Line, LineKind, without_code

_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?P<address>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)|\[[^\[\]\n]+\])"
)
_DEFINED = re.compile(r" {0,3}\[[^\]]+\]:\s")
_BARE = re.compile(r"<?(?P<address>(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?\"'”’)\]])")
_UNCLEAR = frozenset(
    {
        "click",
        "click here",
        "click here for more",
        "details",
        "find out more",
        "follow this link",
        "here",
        "information",
        "learn more",
        "link",
        "more",
        "more details",
        "more info",
        "more information",
        "page",
        "read more",
        "read this",
        "see here",
        "see more",
        "source",
        "tap here",
        "the link",
        "this",
        "this article",
        "this link",
        "this page",
        "this site",
        "this website",
        "website",
    }
)
_SKIPPED = frozenset({LineKind.BLANK, LineKind.CODE, LineKind.FENCE, LineKind.COMMENT, LineKind.HTML, LineKind.SLASHES})


def check_links(lines: Sequence[Line], path: str, first_line: int) -> Iterator[Problem]:
    """Yield a problem for each link or picture of a body without meaningful words, and for each bare address.

    Args:
        lines: the outline of the body.
        path: its file.
        first_line: the file's line on which the body begins.
    """
    for line in lines:
        if line.kind in _SKIPPED:
            continue
        text = without_code(line.without_comments())
        for match in _LINK.finditer(text):
            position = Position(first_line + line.number, match.start("words") + 1)
            if match["picture"]:
                yield from check_alt(match["words"], path, position)
            else:
                yield from _words(match["words"], path, position)
        if not _DEFINED.match(text):
            for bare in _BARE.finditer(_LINK.sub(lambda match: " " * len(match[0]), text)):
                yield _bare(bare["address"], path, Position(first_line + line.number, bare.start("address") + 1))


def _words(words: str, path: str, position: Position) -> Iterator[Problem]:
    said = " ".join(re.sub(r"[*_~.…>→»]+", " ", words).split())
    if said.lower() in _UNCLEAR:
        yield Problem(
            path,
            position,
            "unclear-link",
            f"the link says “{said}”, which tells nothing to people who jump from link to link",
            "write where the link leads, such as the title of the page",
            Severity.WARNING,
        )
    elif _BARE.match(words.strip()):
        yield _bare(words.strip(), path, position)


def _bare(address: str, path: str, position: Position) -> Problem:
    return Problem(
        path,
        position,
        "bare-address",
        f"readers would see `{address}`, and programs that read pages aloud spell it out",
        "write  [words that say where it leads](address)",
        Severity.WARNING,
    )
