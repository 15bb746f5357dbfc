"""Check alt texts: the words that say what a picture shows to people who do not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.base.problem import Position, Problem, Severity

_CALLED = re.compile(
    r"(?:(?:an?|the|this) )?(?:image|picture|photo|photograph|pic|graphic|screenshot) (?:of|showing|shows)\b",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"""\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?)
    | (?:IMG|DSC|DSCN|DCIM|PXL|Screenshot|Untitled|Image|Picture|Photo|Graphic)[\ _-]?[\d\ _-]+
    | (?=[^-_]*[-_])\w[\w-]*\w
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: What Word adds to the descriptions that it makes.
_GENERATED = re.compile(r"description automatically generated|AI-generated content may be incorrect", re.IGNORECASE)


def is_by_program(alt: str) -> bool:
    """Tell whether a program made ``alt``: a file name, or a description that nobody checked."""
    return is_file_name(alt) or _GENERATED.search(alt) is not None


def is_file_name(alt: str) -> bool:
    """Tell whether ``alt`` is the name that a camera or a program gave the file."""
    return _FILE_NAME.fullmatch(alt.strip()) is not None


def check_alt(alt: str, path: str, position: Position) -> Iterator[Problem]:
    """Yield a warning if a program made ``alt``, or if it begins with words such as "a photo of".

    Args:
        alt: the alt text.
        path: the file.
        position: where it begins.
    """
    words = alt.strip()
    if is_file_name(words):
        yield Problem(
            path,
            position,
            "alt-is-file-name",
            f"`{words}` is the name of a file, which tells nothing to people who do not see the picture",
            "say in a sentence what the picture shows",
            Severity.WARNING,
        )
    elif is_by_program(words):
        yield Problem(
            path,
            position,
            "alt-by-program",
            "a program described the picture, and it may be wrong about what matters in it",
            "say in a sentence of your own what the picture shows",
            Severity.WARNING,
        )
    elif called := _CALLED.match(words):
        yield Problem(
            path,
            position,
            "alt-says-picture",
            f"the text begins with “{called[0]}”, and programs that read pages aloud say so already",
            "begin with what the picture shows",
            Severity.WARNING,
        )
