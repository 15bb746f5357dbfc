"""Open an entry, make its file from a form, and autosave, check or save it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from plugins.authoring.editor.entries.autosave import Autosave
from plugins.authoring.editor.entries.entry_list import EntryList
from plugins.authoring.editor.entries.entry_location import EntryLocation, find_entry
from plugins.authoring.editor.form.form import EntryForm, Fields, form
from plugins.authoring.editor.form.form_problems import FormProblem, fix_line, locate_problems
from plugins.authoring.editor.form.form_state import FormState
from plugins.authoring.editor.form.front_matter_edit import LayoutError
from plugins.authoring.editor.form.labels import label
from plugins.authoring.editor.form.source_text import SourceText
from plugins.authoring.editor.services import ShowDrafts
from plugins.base.atomic_write import replace_bytes
from plugins.base.positions import Value
from plugins.base.problem import Severity
from plugins.content_model.entry import Entry
from plugins.content_model.loader import parse_entry

#: Number of recent versions that are kept, so that the fields of a form can be applied to the version it shows.
_REMEMBERED = 400


class StaleVersionError(LookupError):
    """The version that a form shows is no longer stored."""


class ConflictError(Exception):
    """The file was changed by somebody else. Nothing was written.

    Attributes:
        theirs: the file as it is now.
        mine: the version that would have been written.
    """

    def __init__(self, theirs: SourceText, mine: SourceText) -> None:
        super().__init__("the file was changed meanwhile")
        self.theirs = theirs
        self.mine = mine


class OpenEntry(Struct, frozen=True):
    """An entry that is open in the editor.

    Attributes:
        location: where it is.
        base: the saved version that the author started from.
        now: the author's latest version.
        form: None if the front matter cannot be read.
        entry: the parsed entry, or None if it has an error.
    """

    location: EntryLocation
    base: SourceText
    now: SourceText
    form: EntryForm | None
    entry: Entry | None


class EntryEditor:
    """Opens, checks and saves the entries of one content folder.

    Args:
        entries: the entries.
        autosaves: the unsaved versions.
        show_drafts: shows unsaved versions in the preview, and returns their problems.
    """

    def __init__(self, entries: EntryList, autosaves: Autosave, show_drafts: ShowDrafts) -> None:
        self.entries = entries
        self.autosaves = autosaves
        self._show_drafts = show_drafts
        self._fields: dict[type[Entry], Fields] = {}
        self._known: OrderedDict[str, SourceText] = OrderedDict()

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.entries.content

    def open(self, path: str) -> OpenEntry:
        """Return the entry ``path``, with its unsaved version.

        Raises:
            EntryNotFoundError: if there is none.
            NotUtf8Error: if it is not UTF-8.
        """
        location = find_entry(self.content, path)
        saved, unsaved = SourceText(location.file.read_bytes()), self.autosaves.find(path)
        base, now = (unsaved.base, unsaved.now) if unsaved else (saved, saved)
        self._remember(base, now)
        values = now.values
        made = form(self._fields_of(location), values, self.entries.library()) if values is not None else None
        return OpenEntry(location, base, now, made, entry_of(now, location))

    def apply(self, location: EntryLocation, state: FormState) -> SourceText:
        """Return the version that results from ``state``.

        Raises:
            StaleVersionError: if the version that the form shows is no longer stored.
            LayoutError: if a field cannot be changed safely.
        """
        source = self._source(location, state.version)
        if state.source is not None:
            made = source.with_text(state.source)
        else:
            fields = self._fields_of(location)
            values = {name: value for name, value in state.values.items() if name in fields.names}
            made = source.with_parts(values, state.body, fields.order)
        self._remember(made)
        return made

    def autosave(self, path: str, state: FormState) -> SourceText:
        """Autosave the version that results from ``state``, and return it."""
        location = find_entry(self.content, path)
        made = self.apply(location, state)
        self.autosaves.store(path, self._source(location, state.base), made)
        return made

    async def check(self, path: str, source: SourceText) -> list[FormProblem]:
        """Show ``source`` in the preview, and return its problems, with those that would stop its publication.

        Raises:
            ValueError: if the preview could not check it.
        """
        found = await self._show_drafts({path: source.data})
        if found.failed:
            raise ValueError(found.failed)
        problems = [problem for problem in found.problems if problem.path == path]
        located = locate_problems(source, problems, found.fixed.get(path, ""))
        known = {(one.name, one.way, one.line) for one in located}
        return [
            *located,
            *(one for one in self._publication_errors(path, source) if (one.name, one.way, one.line) not in known),
        ]

    def _publication_errors(self, path: str, source: SourceText) -> list[FormProblem]:
        """Return the errors that ``source``, a draft, would have on its own if it were published."""
        location = find_entry(self.content, path)
        if source.values is None or source.values.get("status") == "published":
            return []
        values = self.published_values(location, source.values)
        try:
            published = source.with_parts(values, source.body, self._fields_of(location).order)
        except LayoutError:
            # No field of it can be changed, so the form cannot publish it either.
            return []
        found = parse_entry(published.text, path, location.kind)[1]
        return locate_problems(published, [problem for problem in found if problem.severity is Severity.ERROR])

    def published_values(self, location: EntryLocation, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return the fields that publication sets in an entry with ``values``: the status, and a missing day."""
        made: dict[str, Value] = {"status": "published"}
        if location.kind.needs_date() and not values.get("published"):
            made["published"] = self.entries.today().isoformat()
        return made

    async def fix(self, path: str, state: FormState, line: int) -> SourceText:
        """Autosave the version of ``state`` with the problem at ``line`` fixed (from 1), or all safe fixes if 0.

        Raises:
            ValueError: if there is no safe fix.
        """
        made = self.autosave(path, state)
        found = await self._show_drafts({path: made.data})
        mended = found.fixed.get(path, "")
        if found.failed or not mended:
            raise ValueError(found.failed or "nothing of it can be mended by itself")
        source = made.with_text(fix_line(made.text, mended, line + made.first_line - 1) if line else mended)
        self._remember(source)
        self.autosaves.store(path, self._source(find_entry(self.content, path), state.base), source)
        return source

    def save(self, path: str, state: FormState, *, seen: str = "") -> SourceText:
        """Write the version of ``state`` to its file.

        Args:
            path: the entry.
            state: the state of the form.
            seen: digest of somebody else's version that the author has seen and wants to replace.

        Raises:
            ConflictError: if the file was changed since the author started. Nothing is written.
        """
        location = find_entry(self.content, path)
        made = self._with_alias(location, self.apply(location, state))
        saved = SourceText(location.file.read_bytes())
        if saved.digest not in {state.base, seen, made.digest}:
            raise ConflictError(saved, made)
        if made.data != saved.data:
            replace_bytes(location.file, made.data)
        self._remember(made)
        self.autosaves.delete(path)
        return made

    def _with_alias(self, location: EntryLocation, made: SourceText) -> SourceText:
        """Add the old address of a published entry to its aliases."""
        before, after = entry_of(SourceText(location.file.read_bytes()), location), entry_of(made, location)
        if before is None or after is None or not before.is_live(self.entries.today()):
            return made
        if after.permalink == before.permalink or before.permalink in after.aliases:
            return made
        held = (made.values or {}).get("aliases")
        aliases: list[Value] = [*(held if isinstance(held, list) else []), before.permalink.rstrip("/")]
        return made.with_parts({"aliases": aliases}, made.body, self._fields_of(location).order)

    def discard(self, path: str) -> None:
        """Discard the unsaved version."""
        self.autosaves.delete(find_entry(self.content, path).path)

    def restore(self, path: str, version: SourceText) -> None:
        """Autosave ``version``, an earlier one. The file is not changed."""
        location = find_entry(self.content, path)
        self.autosaves.store(path, SourceText(location.file.read_bytes()), version)

    def _fields_of(self, location: EntryLocation) -> Fields:
        if location.kind not in self._fields:
            self._fields[location.kind] = Fields.of(location.kind)
        return self._fields[location.kind]

    def _source(self, location: EntryLocation, digest: str) -> SourceText:
        known = self._known.get(digest)
        if known is not None:
            return known
        unsaved = self.autosaves.find(location.path)
        sources: list[SourceText] = [SourceText(location.file.read_bytes())]
        if unsaved is not None:
            sources += [unsaved.base, unsaved.now]
        for source in sources:
            if source.digest == digest:
                return source
        raise StaleVersionError(digest)

    def _remember(self, *sources: SourceText) -> None:
        for source in sources:
            self._known[source.digest] = source
            self._known.move_to_end(source.digest)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


def entry_of(source: SourceText, location: EntryLocation) -> Entry | None:
    """Return the entry in ``source``, or None if it has an error."""
    return parse_entry(source.text, location.path, location.kind)[0]


def error_message(error: Exception) -> str:
    """Return the message for the author about ``error``."""
    if isinstance(error, LayoutError):
        return f"“{label(str(error))}” is laid out in a way that the form cannot change. Change it in the whole text."
    if isinstance(error, StaleVersionError):
        return "This page is of an earlier run. Load it again: what you wrote last is kept."
    return str(error)
