"""Select the files of a content folder that contain an entry, and report texts that would be ignored."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from plugins.base.files import Files, is_markdown, to_nfc
from plugins.base.problem import Position, Problem
from plugins.content_model.entry import Entry
from plugins.content_model.invisible_characters import describe, is_invisible, normalise_name
from plugins.content_model.validation import closest_match

#: Extensions of texts in other formats: Markdown variants, plain text, web pages, office documents.
_OTHER_TEXTS = frozenset(
    {
        *(".markdown", ".mdown", ".mdwn", ".mdtxt", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd"),
        *(".txt", ".text", ".rst", ".adoc", ".asciidoc", ".tex"),
        *(".html", ".htm", ".xhtml", ".mht", ".mhtml", ".webarchive"),
        *(
            ".docx",
            ".docm",
            ".dotx",
            ".doc",
            ".dot",
            ".odt",
            ".fodt",
            ".ott",
            ".rtf",
            ".rtfd",
            ".pages",
            ".wpd",
            ".wps",
        ),
        *(".gdoc", ".sxw", ".abw", ".epub"),
    }
)


def entry_files(
    files: Files, kinds: Mapping[str, type[Entry]], documents: Collection[str] = ()
) -> tuple[list[tuple[str, type[Entry]]], list[Problem]]:
    """Return the files that contain an entry, each with its kind, and problems of other files.

    Args:
        files: the files of the content folder.
        kinds: kind of entry by top-level folder.
        documents: extensions of the files that readers may download. These are not reported as texts.
    """
    problems = [*files.problems, *_unknown_folders(files.paths, kinds), *map(_odd_name, _odd_names(files.paths, kinds))]
    problems += _same_names(files.paths)
    by_folder: dict[str, list[str]] = {}
    for path in files.paths:
        by_folder.setdefault(path.partition("/")[0] if "/" in path else "", []).append(path)
    found: list[tuple[str, type[Entry]]] = []
    for folder, kind in kinds.items():
        inside = by_folder.get(folder, ())
        found += ((path, kind) for path in inside if is_markdown(path))
        others = (other_text(path) for path in inside if not path.lower().endswith((".md", *documents)))
        problems += map(_other_text, dict.fromkeys(filter(None, others)))
    return found, problems


def _unknown_folders(paths: Iterable[str], kinds: Mapping[str, type[Entry]]) -> Iterator[Problem]:
    """Yield a problem for each folder that contains Markdown and is not read."""
    seen: set[str] = set()
    for path in paths:
        folder = path.split("/")[0] if "/" in path else ""
        if not is_markdown(path) or folder in {*kinds, *seen} or normalise_name(folder) in kinds:
            continue
        seen.add(folder)
        close = closest_match(folder, kinds)
        yield Problem(
            path,
            Position(),
            "unknown-folder",
            "the file stands where nothing is read, so its text would be missing from the site",
            f"did you mean the folder `{close}`?" if close else f"put it in one of: {', '.join(kinds)}",
        )


def _odd_names(paths: Iterable[str], kinds: Container[str]) -> Iterator[str]:
    """Yield each file that is not read because its path contains invisible or misleading characters."""
    for path in paths:
        if path.isascii() and path == path.strip():
            continue
        seems = "/".join(map(normalise_name, path.split("/")))
        if seems != path and is_markdown(seems) and seems.partition("/")[0] in kinds and not _is_read(path, kinds):
            yield path


def _same_names(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each path that differs from another in capitals or in the form of accents only."""
    seen: dict[str, str] = {}
    for path in paths:
        first = seen.setdefault(to_nfc(path).casefold(), path)
        if first != path:
            yield Problem(
                path,
                Position(),
                "same-name",
                f"Windows and macOS take its name for that of {first}, and keep only one of the two",
                "give one of them another name",
            )


def _is_read(path: str, kinds: Container[str]) -> bool:
    return is_markdown(path) and path.partition("/")[0] in kinds


def _odd_name(path: str) -> Problem:
    odd = next((character for character in path if is_invisible(character)), " ")
    return Problem(
        path,
        Position(),
        "odd-character",
        f"the path of the file holds {describe(odd)} in column {path.rindex(odd) + 1}, so it is not read",
        "give the file or the folder that name again, typed by hand",
    )


def other_text(path: str) -> str:
    """Return ``path`` if it is a text in another format, or the part of it that is a folder of such a format, else "".

    Some programs on macOS save a text as a folder.
    """
    parts = path.split("/")
    kinds = (posixpath.splitext(part)[1].lower() in _OTHER_TEXTS for part in parts)
    return next(("/".join(parts[: number + 1]) for number, is_other in enumerate(kinds) if is_other), "")


def _other_text(path: str) -> Problem:
    return Problem(
        path,
        Position(),
        "unknown-file-type",
        f"a file of the type `{posixpath.splitext(path)[1]}` is not read, so its text would be missing from the site",
        "save it as Markdown with a name ending in  .md; to link to it, save it as PDF",
    )
