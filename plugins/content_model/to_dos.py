"""Find the notes ``# To do: ...`` that are left in front matter, registers and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from plugins.base.problem import Position, Problem, Severity
from plugins.base.source_lines import lines_of

#: A comment of YAML or Python that begins with the words, alone on its line or after a value.
_NOTE = re.compile(r"(?:^|(?<=\s))#\s*to[ -]?do\s*:\s*(?P<text>.*)", re.IGNORECASE)
_COMMENT = re.compile(r"\s*#\s*(?P<text>\S.*)")
_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)")


def to_dos(text: str, path: str, first_line: int = 1, *, stops: bool = False) -> Iterator[Problem]:
    """Yield a problem for each note of something to do in ``text``.

    Args:
        text: YAML or Python.
        path: the file.
        first_line: the file's line on which ``text`` begins.
        stops: True for an error, else it is a warning.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        note = _NOTE.search(line)
        if note is not None:
            hint = "do it, then delete this note" + ("; a release waits until nothing is to do here" if stops else "")
            yield Problem(
                path,
                Position(number + first_line, note.start() + 1),
                "to-do",
                f"still to do: {_first_sentence(note['text'], lines[number + 1 :])}",
                hint,
                Severity.ERROR if stops else Severity.WARNING,
                brief="things still to do",
                listed=True,
            )


def to_dos_in(content: Path, path: str, *, stops: bool = False) -> Iterator[Problem]:
    """Yield the same for a file, whose ``path`` is relative to the content folder; nothing if there is no such file."""
    yield from to_dos("\n".join(lines_of(content / path)), path, stops=stops)


def _first_sentence(text: str, below: Sequence[str]) -> str:
    """Return the first sentence of a note, which begins with ``text`` and may go on in the comments below it."""
    words = text.strip()
    for line in below:
        found = _COMMENT.fullmatch(line)
        if found is None or _SENTENCE_END.search(words):
            break
        words = f"{words} {found['text']}"
    end = _SENTENCE_END.search(words)
    return words[: end.start()] if end else words or "something that the note does not say"
