"""The reason why a file that a text names is not published as a picture or document."""

from __future__ import annotations

from msgspec import Struct


class FileRejection(Struct, frozen=True):
    """Why a file is not published.

    Attributes:
        name: as in ``Problem``. "" if the file has a problem of its own, so that the text needs none.
        message: as in ``Problem``.
        hint: as in ``Problem``.
        near: the name of the file in the same folder that is most likely meant, or "".
    """

    name: str = ""
    message: str = ""
    hint: str = ""
    near: str = ""


def no_rejection(_path: str) -> FileRejection | None:
    """Return None. The default lookup of a build without the images plugin."""
    return None
