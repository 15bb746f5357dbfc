"""Find typing slips and American spellings with the program ``typos``.

It lists common slips rather than all correct words, so it does not report names and rare words. The register
``spelling.yaml`` holds the organisation's own words, each with its reason.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from msgspec import Struct

from plugins.base.problem import Position, Problem, Severity

_BRITISH, _AMERICAN = "en-gb", "en-us"


class SpellingError(RuntimeError):
    """The program ``typos`` could not be run; the message says how to fix that."""


class Slip(Struct, frozen=True):
    """A word that is not spelt as in Britain.

    Attributes:
        path: its file, relative to the content folder.
        position: where it begins.
        word: as it is written there.
        corrections: what may be meant, the likeliest first; with the capitals of ``word``.
        american: True if it is right in America.
    """

    path: str
    position: Position
    word: str
    corrections: tuple[str, ...]
    american: bool


class SpellingRun:
    """A run of ``typos`` for each English: started early and read late, so that other work is done meanwhile.

    A context manager, which ends the programs if their output was not read.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Start the programs on ``texts``, by their files.

        They are passed as one text: with a list of a thousand files, the program takes twenty times as long.

        Raises:
            SpellingError: when the program is not there.
        """
        self._lines = [
            (path, number, line)
            for path, text in texts.items()
            for number, line in enumerate(text.replace("\0", " ").split("\n"), start=1)
        ]
        data = "\n".join(line for _, _, line in self._lines).encode("utf-8", "replace")
        self._british, self._american = _start(_BRITISH, data), _start(_AMERICAN, data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for program in (self._british, self._american):
            with program:
                program.kill()

    def slips(self) -> tuple[Slip, ...]:
        """Wait for the programs, and return what they found."""
        found = list(_parsed(self._british.communicate()[0]))
        wrong_in_america = {str(one["typo"]) for one in _parsed(self._american.communicate()[0])}
        return tuple(self._slips(found, wrong_in_america))

    def _slips(self, found: Iterable[Mapping[str, object]], wrong_in_america: Collection[str]) -> Iterator[Slip]:
        for one in found:
            path, number, line = self._lines[int(str(one["line_num"])) - 1]
            before = line.encode("utf-8", "replace")[: int(str(one["byte_offset"]))].decode("utf-8", "replace")
            word, corrections = str(one["typo"]), one["corrections"]
            yield Slip(
                path,
                Position(number, len(before) + 1),
                word,
                tuple(map(str, corrections)) if isinstance(corrections, list) else (),
                american=word not in wrong_in_america,
            )


def check_spelling(slips: Iterable[Slip]) -> Iterator[Problem]:
    """Yield a warning for each of ``slips``."""
    for slip in slips:
        better = " or ".join(f"“{word}”" for word in slip.corrections)
        hint = f"write {better}" if better else "write another word"
        if slip.american:
            yield Problem(
                slip.path,
                slip.position,
                "american-spelling",
                f"“{slip.word}” is spelt as in America, and we write as in Britain",
                hint,
                Severity.WARNING,
            )
        else:
            yield Problem(
                slip.path,
                slip.position,
                "misspelling",
                f"“{slip.word}” looks like a slip of the keyboard",
                f"{hint}; if the word is right, add it to content/register/spelling.yaml with the reason",
                Severity.WARNING,
            )


def _start(locale: str, data: bytes) -> subprocess.Popen[bytes]:
    """Start the program for one English on ``data``."""
    program = Path(sysconfig.get_path("scripts")) / "typos"
    command = [str(program), "--isolated", "--no-check-filenames", "--locale", locale, "--format", "json", "-"]
    try:
        running = subprocess.Popen(  # noqa: S603 - a program of our own environment, no text of an author's in it
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except FileNotFoundError as error:
        raise SpellingError(
            "the program  typos  is not there, so spelling cannot be checked; install what the project needs:  "
            ".venv/bin/pip install -c constraints.txt -e .",
        ) from error
    # The program reads to the end before it writes, so this cannot deadlock.
    if running.stdin is not None:
        running.stdin.write(data)
        running.stdin.close()
        running.stdin = None
    return running


def _parsed(output: bytes) -> Iterator[Mapping[str, object]]:
    for line in output.splitlines():
        one = json.loads(line)
        if isinstance(one, dict) and one.get("type") == "typo":
            yield one
