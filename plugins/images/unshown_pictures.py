"""Explain why a picture that a text or front matter refers to is not shown."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from plugins.base.files import backslash_in_path, to_nfc, unreadable_file
from plugins.base.problem import Problem
from plugins.content_model.entry import Entry
from plugins.content_model.validation import closest_match
from plugins.images.pictures import find, refusal
from plugins.views.file_rejection import FileRejection
from plugins.views.view_builder import picture_path


def picture_rejections(
    content: Path, paths: Collection[str], pictures: Iterable[str]
) -> Callable[[str], FileRejection]:
    """Return a function that returns why a normalised path shows no picture.

    Args:
        content: the content folder.
        paths: its files.
        pictures: normalised paths of the shown pictures.
    """
    files = {to_nfc(path): path for path in paths}
    reported = {to_nfc(path) for path in find(paths)}
    names: dict[str, dict[str, str]] = {}
    for path in pictures:
        folder, name = posixpath.split(path)
        names.setdefault(folder, {})[name.casefold()] = name

    def why(path: str) -> FileRejection:
        if path in reported:
            return FileRejection()
        if path not in files:
            folder, name = posixpath.split(path)
            names_in_folder = names.get(folder, {})
            near = names_in_folder.get(closest_match(name.casefold(), names_in_folder) or "", "")
            return FileRejection("missing-picture", near=near)
        try:
            refused = refusal(content / files[path], path)
        except OSError as error:
            problem = unreadable_file(path, error.strerror or str(error))
            return FileRejection(problem.name, problem.message, problem.hint)
        return FileRejection("bad-picture", str(refused), f"{refused.hint}, and write that file's name")

    return why


def image_name_problems(
    entry: Entry, pictures: Collection[str], rejection: Callable[[str], FileRejection | None]
) -> Iterator[Problem]:
    """Yield the problems of the picture name in the front matter of ``entry``.

    Args:
        entry: any entry.
        pictures: normalised paths of the shown pictures.
        rejection: returns why another path is not shown.
    """
    if entry.image is None:
        return
    file, source = entry.image.file, entry.source
    position = source.positions.of(("image", "file"))
    path = picture_path(entry, file)
    why = None if path in pictures else rejection(path)
    if "\\" in file:
        yield backslash_in_path(source.path, position, file)
    elif why is not None and why.name == "missing-picture":
        near = posixpath.join(posixpath.dirname(file), why.near)
        message = f"there is no picture `{file}` in the entry's folder"
        hint = f"did you mean `{near}`?" if why.near else f"put the file at {path}"
        yield Problem(source.path, position, why.name, message, hint)
    elif why is not None and why.name:
        yield Problem(source.path, position, why.name, why.message, why.hint)
