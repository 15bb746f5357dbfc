"""Asking: questions to a person at a terminal, until each has an answer that can be used.

Plain lines and numbers, no menus that move: they work in every terminal and with every screen reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TextIO


class UnansweredError(RuntimeError):
    """Nobody answers: the terminal was closed."""


class Questions:
    """Asks on one stream and reads the answers from another."""

    def __init__(self, answers: TextIO, shown: TextIO) -> None:
        """Read ``answers``; show questions on ``shown``."""
        self._answers = answers
        self._shown = shown

    def text(self, question: str, fault: Callable[[str], str], *, default: str = "") -> str:
        """Ask for one text.

        Args:
            question: what to ask.
            fault: says what is wrong with an answer, and how to mend it; "" where nothing is.
            default: what an empty answer means.

        Raises:
            UnansweredError: when there is no more to read.
        """
        while True:
            answer = self._ask(f"{question} [{default}]: " if default else f"{question}: ") or default
            wrong = fault(answer)
            if not wrong:
                return answer
            print(f"  {wrong}", file=self._shown)

    def choices(self, question: str, known: Mapping[str, str], *, several: bool) -> tuple[str, ...]:
        """Ask for one of ``known``, words by key, or for ``several`` (which may be none), by number, key or words.

        Where there is one alone to choose, no answer means that.

        Raises:
            UnansweredError: when there is no more to read.
        """
        keys = list(known)
        names = {name.casefold(): key for key, words in known.items() for name in (words, key)}
        names |= {str(number): key for number, key in enumerate(keys, start=1)}
        for number, key in enumerate(keys, start=1):
            print(f"  {number:>2}  {known[key]} ({key})", file=self._shown)
        hint = "numbers with commas between them, or nothing" if several else "a number"
        default = keys[0] if len(keys) == 1 and not several else ""
        while True:
            answer = self._ask(f"{question} [{default}]: " if default else f"{question} ({hint}): ") or default
            given = [part.strip() for part in answer.split(",") if part.strip()]
            found = [names[part.casefold()] for part in given if part.casefold() in names]
            unknown = [part for part in given if part.casefold() not in names]
            if not unknown and (several or len(found) == 1):
                return tuple(dict.fromkeys(found))
            wrong = f"there is no `{unknown[0]}`" if unknown else "one is needed"
            print(f"  {wrong}; write a number of the list above", file=self._shown)

    def _ask(self, question: str) -> str:
        print(question, end="", file=self._shown, flush=True)
        line = self._answers.readline()
        if not line:
            raise UnansweredError("nobody answered, so nothing was written")
        return line.strip()
