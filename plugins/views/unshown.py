"""Unshown: why a file that a text names as a picture is not shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnshownFile:
    """Why there is no picture.

    Attributes:
        name: of the problem to be told where the picture is named; "" where all is told at the file itself.
        message: as in ``Problem``.
        hint: as in ``Problem``.
        near: the name, in the same folder, of the picture that is most likely meant, or "".
    """

    name: str = ""
    message: str = ""
    hint: str = ""
    near: str = ""


def no_reason(_path: str) -> UnshownFile | None:
    """Return None, where nobody looks at pictures."""
    return None
