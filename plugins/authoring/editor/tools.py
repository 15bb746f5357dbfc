"""The functions of other packages that the editor calls; the caller passes them in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plugins.base.problem import Problem


class DraftFindings(Protocol):
    """The problems in drafts, as the preview returns them."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of the texts that were handed over."""

    @property
    def fixed(self) -> Mapping[str, str]:
        """The text of each draft after the safe fixes, by path."""

    @property
    def failed(self) -> str:
        """Why nothing could be found out; "" where it could."""


#: Shows the site with some texts, by path, in place of files of the content folder; returns what is wrong with them.
TryOut = Callable[[Mapping[str, bytes]], Awaitable[DraftFindings]]


#: Writes a document as a draft, given the content folder, the name and the bytes of a file and a key of a person;
#: returns the path of the entry, and what is left to do.
ImportDocument = Callable[[Path, str, bytes, str], tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What the editor asks others to do. Each raises ``ValueError`` with a reason in words where it cannot.

    All but the first are given the content folder and the path of an entry in it.

    Attributes:
        begin: begins an entry of a kind, given the content folder and what is known of it by name; returns its path.
        record: adds what was said and done, by option, to the record of a commitment.
        approval: returns the words that the narrator of a story approves, what is lacking besides before readers may
            see it, and what in the text could tell who somebody is.
        approve: records that the narrator has approved the text, given the file's bytes as they were shown.
        plan: returns the slug of a story, the files that its withdrawal takes out, where readers can see it, and what
            no withdrawal can reach.
        withdraw: takes a story back; returns what was told of it.
        bring: imports a document.
        reading_ease: says how old somebody must be to read a Markdown text with ease; "" where it is too short.
        publish: the command that publishes a content folder, whose path is added; empty where the editor may not.
    """

    begin: Callable[[Path, str, Mapping[str, str]], str]
    record: Callable[[Path, str, Mapping[str, str]], None]
    approval: Callable[[Path, str], tuple[str, Sequence[str], Sequence[str]]]
    approve: Callable[[Path, str, bytes], None]
    plan: Callable[[Path, str], tuple[str, Sequence[str], Sequence[str], str]]
    withdraw: Callable[[Path, str], str]
    bring: ImportDocument
    reading_ease: Callable[[str], str] = lambda _: ""
    publish: Sequence[str] = ()
