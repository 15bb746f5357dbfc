"""The functions of other packages that the editor calls; the caller passes them in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from plugins.base.problem import Problem


class DraftFindings(Protocol):
    """The problems in drafts, as the preview returns them."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the drafts."""

    @property
    def fixed(self) -> Mapping[str, str]:
        """The text of each draft after the safe fixes, by path."""

    @property
    def failed(self) -> str:
        """Why the drafts could not be checked, or ""."""


#: Shows the site with drafts, by path, in place of files of the content folder, and returns their problems.
ShowDrafts = Callable[[Mapping[str, bytes]], Awaitable[DraftFindings]]


#: Writes a document as a draft, given the content folder, the name and the bytes of a file and a key of a person;
#: returns the path of the entry, and what is left to do.
ImportDocument = Callable[[Path, str, bytes, str], tuple[str, Sequence[str]]]


class EditorServices(Struct, frozen=True):
    """Functions of other packages. Each raises ``ValueError`` with a message for the author if it fails.

    Attributes:
        create_entry: creates an entry, given the content folder, the kind and the known fields. Returns its path.
        add_log_entry: adds an entry to the record of a commitment, given its options.
        approval_text: returns the text that the narrator of a story approves, what else is missing for publication, and
            details in the text that could identify somebody.
        record_approval: records the narrator's approval, given the bytes of the file that were shown.
        plan_withdrawal: returns the slug of a story, the files that its withdrawal removes, where readers can see it,
            and what a withdrawal cannot reach.
        withdraw: withdraws a story, and returns the report.
        import_document: imports a document.
        reading_ease: says how old somebody must be to read a Markdown text with ease; "" where it is too short.
        publish_command: publishes a content folder, whose path is added; empty where the editor may not.
    """

    create_entry: Callable[[Path, str, Mapping[str, str]], str]
    add_log_entry: Callable[[Path, str, Mapping[str, str]], None]
    approval_text: Callable[[Path, str], tuple[str, Sequence[str], Sequence[str]]]
    record_approval: Callable[[Path, str, bytes], None]
    plan_withdrawal: Callable[[Path, str], tuple[str, Sequence[str], Sequence[str], str]]
    withdraw: Callable[[Path, str], str]
    import_document: ImportDocument
    reading_ease: Callable[[str], str] = lambda _: ""
    publish_command: Sequence[str] = ()
