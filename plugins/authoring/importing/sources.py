"""Detect the type of each file to import, and open it as a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from plugins.authoring.importing.docx import read_docx
from plugins.authoring.importing.google_docs import read_html, read_markdown
from plugins.authoring.importing.item import Item
from plugins.authoring.importing.markdown_folder import open_folder
from plugins.authoring.importing.odt import read_odt
from plugins.authoring.importing.source import Source, SourceError
from plugins.authoring.importing.wxr import Export

_TAKEN = "a .docx, an .odt, an .html or an .md file, a WordPress export (.xml), or a folder of Markdown files"
_DOCUMENTS: Mapping[str, Callable[[Path], Item]] = {
    ".docx": read_docx,
    ".odt": read_odt,
    ".html": read_html,
    ".htm": read_html,
    ".md": read_markdown,
}
_INSTEAD = {
    ".doc": "open it in Word or LibreOffice and save it as .docx",
    ".rtf": "open it in Word or LibreOffice and save it as .docx",
    ".pages": "in Pages, choose File, Export To, Word",
    ".gdoc": "in Google Docs, choose File, Download, Microsoft Word (.docx)",
    ".zip": "unpack it, and name the folder or the file within",
    ".gz": "unpack it, and name the file within",
    ".pdf": "a PDF holds no paragraphs; ask for the document that it was made of",
    ".txt": "save it as .md",
}
_START = 4_096


def open_sources(paths: Sequence[str], timezone: str) -> list[Source]:
    """Return the sources at ``paths``. All parts of a WordPress export are one source.

    Args:
        paths: files and folders.
        timezone: of the old site.

    Raises:
        SourceError: when a file is missing, or of an unsupported type.
    """
    if not paths:
        raise SourceError(f"nothing says what to import; name {_TAKEN}")
    found: list[Source] = []
    exports: list[Path] = []
    for given in dict.fromkeys(paths):
        path = Path(given)
        end = path.suffix.lower()
        if path.is_dir():
            found.append(open_folder(path))
        elif not path.is_file():
            raise SourceError(f"there is no file or folder {given}; check its name")
        elif end in _DOCUMENTS:
            found.append(_document(path, _DOCUMENTS[end]))
        elif end in {".xml", ".wxr"}:
            exports.append(_checked_export(path))
        else:
            hint = _INSTEAD.get(end, f"name {_TAKEN}")
            raise SourceError(f"{given} is of the type `{end or 'none'}`, which cannot be read; {hint}")
    if exports:
        found.append(_export(exports, timezone))
    return found


def _document(path: Path, read: Callable[[Path], Item]) -> Source:
    def items() -> Iterator[Item]:
        yield read(path)

    read(path)  # an unreadable source raises before anything is written
    return Source(path.name, items, 1)


def _checked_export(path: Path) -> Path:
    with path.open("rb") as stream:
        start = stream.read(_START)
    text = start.decode("utf-16" if start[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace").lower()
    if "<rss" not in text and "wordpress" not in text:
        raise SourceError(
            f"{path} is no WordPress export; in WordPress, choose Tools, Export, All content, and name the file that "
            "it gives you"
        )
    return path


def _export(paths: Sequence[Path], timezone: str) -> Source:
    export = Export(paths, timezone)
    survey = export.survey
    if not survey.texts and not survey.faults:
        raise SourceError(
            f"{', '.join(map(str, paths))}: there is no post and no page in it; choose All content in WordPress"
        )
    return Source(
        ", ".join(path.name for path in paths), export.items, survey.texts, tuple(survey.homes),
        frozenset(survey.secrets), survey.left_out, survey.mended, tuple(survey.faults),
    )  # fmt: skip
