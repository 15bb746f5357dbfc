"""Ask questions at a terminal, and repeat each until its answer is valid.

Plain lines and numbers work in every terminal and with every screen reader, unlike menus that redraw the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TextIO


class UnansweredError(RuntimeError):
    """The input ended before all questions were answered."""


class Questions:
    """Questions written to one stream, with answers read from another.

    Args:
        answers: the stream to read, one answer a line.
        output: the stream that questions are written to.
    """

    def __init__(self, answers: TextIO, output: TextIO) -> None:
        self._answers = answers
        self._output = output

    def text(self, question: str, fault: Callable[[str], str], *, default: str = "") -> str:
        """Ask for one text.

        Args:
            question: the question, without a colon.
            fault: returns what is wrong with an answer and what to do, or "" for a valid answer.
            default: the value of an empty answer.

        Raises:
            UnansweredError: at the end of the input.
        """
        while True:
            answer = self._ask(f"{question} [{default}]: " if default else f"{question}: ") or default
            error = fault(answer)
            if not error:
                return answer
            print(f"  {error}", file=self._output)

    def choices(self, question: str, options: Mapping[str, str], *, several: bool) -> tuple[str, ...]:
        """Ask for a choice among ``options`` and return the chosen keys.

        An option is chosen by its number, key or label. An empty answer chooses the only option if there is just one.

        Args:
            question: the question, without a colon.
            options: labels by key.
            several: True if any number may be chosen, also none.

        Raises:
            UnansweredError: at the end of the input.
        """
        keys = list(options)
        names = {name.casefold(): key for key, label in options.items() for name in (label, key)}
        names |= {str(number): key for number, key in enumerate(keys, start=1)}
        for number, key in enumerate(keys, start=1):
            print(f"  {number:>2}  {options[key]} ({key})", file=self._output)
        hint = "numbers with commas between them, or nothing" if several else "a number"
        default = keys[0] if len(keys) == 1 and not several else ""
        while True:
            answer = self._ask(f"{question} [{default}]: " if default else f"{question} ({hint}): ") or default
            given = [part.strip() for part in answer.split(",") if part.strip()]
            chosen = [names[part.casefold()] for part in given if part.casefold() in names]
            unknown = [part for part in given if part.casefold() not in names]
            if not unknown and (several or len(chosen) == 1):
                return tuple(dict.fromkeys(chosen))
            error = f"there is no `{unknown[0]}`" if unknown else "one is needed"
            print(f"  {error}; write a number of the list above", file=self._output)

    def _ask(self, question: str) -> str:
        print(question, end="", file=self._output, flush=True)
        line = self._answers.readline()
        if not line:
            raise UnansweredError("nobody answered, so nothing was written")
        return line.strip()
