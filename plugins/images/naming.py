"""Naming: why what a text or a front matter names as a picture is not shown."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from plugins.content_model.entry import Entry
from plugins.content_model.files import backslashed, in_one_form, unreadable
from plugins.content_model.problem import Problem
from plugins.content_model.unshown import Unshown
from plugins.content_model.validation import nearest
from plugins.content_model.viewing import picture_path
from plugins.images.pictures import find, refusal


def reasons(content: Path, paths: Collection[str], pictures: Iterable[str]) -> Callable[[str], Unshown]:
    """Return what tells why a path shows no picture; it is asked in one form (``in_one_form``).

    Args:
        content: the content folder.
        paths: its files.
        pictures: those that are shown, in one form.
    """
    files = {in_one_form(path): path for path in paths}
    told = {in_one_form(path) for path in find(paths)}
    names: dict[str, dict[str, str]] = {}
    for path in pictures:
        folder, name = posixpath.split(path)
        names.setdefault(folder, {})[name.casefold()] = name

    def why(path: str) -> Unshown:
        if path in told:
            return Unshown()
        if path not in files:
            folder, name = posixpath.split(path)
            beside = names.get(folder, {})
            return Unshown("missing-picture", near=beside.get(nearest(name.casefold(), beside) or "", ""))
        try:
            refused = refusal(content / files[path], path)
        except OSError as error:
            problem = unreadable(path, error.strerror or str(error))
            return Unshown(problem.name, problem.message, problem.mend)
        return Unshown("bad-picture", str(refused), f"{refused.mend}, and write that file's name")

    return why


def misnamed(entry: Entry, pictures: Collection[str], unshown: Callable[[str], Unshown | None]) -> Iterator[Problem]:
    """Yield what is wrong with the name of the picture in the front matter of ``entry``.

    Args:
        entry: any.
        pictures: those that are shown, in one form.
        unshown: tells why another path is not.
    """
    if entry.image is None:
        return
    file, source = entry.image.file, entry.source
    position = source.positions.of(("image", "file"))
    path = picture_path(entry, file)
    why = None if path in pictures else unshown(path)
    if "\\" in file:
        yield backslashed(source.path, position, file)
    elif why is not None and why.name == "missing-picture":
        near = posixpath.join(posixpath.dirname(file), why.near)
        message = f"there is no picture `{file}` in the entry's folder"
        mend = f"did you mean `{near}`?" if why.near else f"put the file at {path}"
        yield Problem(source.path, position, why.name, message, mend)
    elif why is not None and why.name:
        yield Problem(source.path, position, why.name, why.message, why.mend)
