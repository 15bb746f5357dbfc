"""Translate Invoke's parse errors into plain sentences."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

_UNKNOWN = re.compile(r"No idea what '(.*)' is!")
_MISSING = re.compile(r"'(.*)' did not receive required positional arguments: (.*)")
_NO_VALUE = re.compile(r"Flag <Argument: ([\w-]+).*> needed value and was not given one!")
_VALUE = re.compile(r"Flag <Argument: ([\w-]+).*> doesn't take any value!")


def plain(message: str, *, command: str, commands: Collection[str], options: Collection[str]) -> str:
    """Return Invoke's ``message`` in plain words, with what to do.

    Args:
        message: Invoke's message.
        command: the command that was parsed, or "".
        commands: all commands.
        options: those of ``command``, each with its dashes.
    """
    if found := _UNKNOWN.fullmatch(message):
        word = found[1]
        if word.startswith("-"):
            return _unknown_option(word, command, options)
        close = difflib.get_close_matches(word, commands, n=1, cutoff=0.7)
        if close:
            return f"error: there is no command `{word}`. Did you mean  inv {close[0]} ?"
        if command:
            return f"error: `inv {command}` does not know what to do with `{word}`. See  inv --help {command}"
        return f"error: there is no command `{word}`. To see all of them:  inv --list"
    if found := _MISSING.fullmatch(message):
        wanted = found[2].replace("'", "")
        return f"error: `inv {found[1]}` needs to know: {wanted}. See  inv --help {found[1]}"
    if found := _NO_VALUE.fullmatch(message):
        return f"error: nothing follows `--{found[1]}`. Write its value after it. See  inv --help {command}"
    if found := _VALUE.fullmatch(message):
        return f"error: `--{found[1]}` takes no value. Write it alone. See  inv --help {command}"
    return f"error: {message}"


def _unknown_option(word: str, command: str, options: Collection[str]) -> str:
    if not command:
        return f"error: `{word}` stands before any command. Write the command first:  inv build {word}"
    close = difflib.get_close_matches(word.partition("=")[0], options, n=1)
    said = f"error: `inv {command}` has no option `{word}`."
    return f"{said} Did you mean  {close[0]} ?" if close else f"{said} See  inv --help {command}"
