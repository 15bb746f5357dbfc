"""Split the file of an entry into front matter and text, and join them without changing any other byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from msgspec import Struct

from plugins.authoring.editor.form.front_matter_edit import changed, read
from plugins.base.line_ends import unix_line_ends
from plugins.base.positions import Value
from plugins.content_model.front_matter import Split, split
from plugins.content_model.yaml_reader import YamlError

_BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LEAD = re.compile(r"(?:[ \t]*\n)*")


class NotUtf8Error(ValueError):
    """The file is not saved as UTF-8."""


class SourceText(Struct, frozen=True, dict=True):
    """One version of a file.

    Attributes:
        data: its bytes.
    """

    data: bytes

    @cached_property
    def written(self) -> str:
        """The text with its original line ends.

        Raises:
            NotUtf8Error: when it is not UTF-8.
        """
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotUtf8Error from error

    @cached_property
    def text(self) -> str:
        """The text with newlines as line ends, as the loader reads it."""
        return unix_line_ends(self.written)

    @property
    def digest(self) -> str:
        """Identifier of this version."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def _parts(self) -> Split | None:
        found = split(self.text, "")
        return found if isinstance(found, Split) else None

    @cached_property
    def values(self) -> dict[str, Value] | None:
        """The values of the front matter, or None if it cannot be parsed. Then only the whole text can be changed."""
        if self._parts is None:
            return None
        try:
            return read(self._parts.yaml)
        except YamlError:
            return None

    @property
    def front_matter(self) -> str:
        """The YAML between the fences, or ""."""
        return self._parts.yaml if self._parts else ""

    @property
    def body(self) -> str:
        """The Markdown, without the blank lines around it."""
        return self._cut[1]

    @property
    def first_line(self) -> int:
        """The line of the file on which ``body`` begins, from 1."""
        return (self._parts.body_line if self._parts else 1) + self._cut[0].count("\n")

    @cached_property
    def _cut(self) -> tuple[str, str, str]:
        whole = self._parts.body if self._parts else self.text
        start = found.end() if (found := _LEAD.match(whole)) else 0
        end = max(start, len(whole.rstrip(" \t\n")))
        return whole[:start], whole[start:end], whole[end:]

    def with_parts(self, values: Mapping[str, Value], body: str, order: Sequence[str]) -> SourceText:
        """Return the file with other values and another text.

        Args:
            values: the values of the form.
            body: the Markdown, without the blank lines around it.
            order: all fields of the model, in its order.

        Raises:
            LayoutError: if a field cannot be changed safely.
            ValueError: if the file has no readable front matter.
        """
        if self._parts is None or self.values is None:
            raise ValueError("the file has no front matter that can be read")
        lines = self.text.split("\n")
        fence = self._parts.body_line - 2
        yaml = changed(self._parts.yaml, values, order)
        lead, core, tail = self._cut
        text = unix_line_ends(body)
        if text != core:
            text = text.strip("\n")
            if not core:
                lead, tail = lead or "\n", tail or "\n"
        if not self._parts.yaml:
            yaml = yaml.removesuffix("\n")
        inside = yaml.split("\n") if yaml or fence > 1 else []
        return self.with_text("\n".join([lines[0], *inside, lines[fence], lead + text + tail]))

    def with_text(self, text: str) -> SourceText:
        """Return the file with another text and the line ends of this one."""
        text = unix_line_ends(text)
        if text == self.text:
            return self
        return SourceText(_with_ends(text, self.written).encode())


def _with_ends(text: str, before: str) -> str:
    """Return ``text`` with the line ends of ``before``. New lines get the most common one."""
    pieces = [piece for piece in _LINE.findall(before) if piece]
    ends = [piece[len(piece.rstrip("\r\n")) :] for piece in pieces]
    kinds = {end for end in ends if end}
    if kinds <= {"\n"}:
        return text
    usual = max(dict.fromkeys(end for end in ends if end), key=ends.count)
    if len(kinds) == 1:
        return text.replace("\n", usual)
    old, new = [piece.rstrip("\r\n") for piece in pieces], text.split("\n")
    made = [usual] * len(new)
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        made[block.b : block.b + block.size] = [end or usual for end in ends[block.a : block.a + block.size]]
    return "".join(line + end for line, end in zip(new[:-1], made, strict=False)) + new[-1]
