"""Open an entry, make its file from a form, and autosave, check or save it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.authoring.editor.autosave import Autosave
from plugins.authoring.editor.entry_list import EntryList
from plugins.authoring.editor.form import EntryForm, Fields, form
from plugins.authoring.editor.front_matter import LayoutError
from plugins.authoring.editor.places import Place, find
from plugins.authoring.editor.sheet import Sheet
from plugins.authoring.editor.tools import TryOut
from plugins.authoring.editor.troubles import Trouble, fix_line, troubles
from plugins.authoring.editor.wording import label
from plugins.base.atomic_write import replace_bytes
from plugins.base.positions import Value
from plugins.content_model.entry import Entry
from plugins.content_model.loader import parse_entry

#: Number of recent versions that are kept, so that the fields of a form can be applied to the version it shows.
_REMEMBERED = 400


class StaleError(LookupError):
    """The version that a form shows is no longer stored."""


class ConflictError(Exception):
    """The file was changed by somebody else. Nothing was written.

    Attributes:
        theirs: the file as it is now.
        mine: the version that would have been written.
    """

    def __init__(self, theirs: Sheet, mine: Sheet) -> None:
        super().__init__("the file was changed meanwhile")
        self.theirs = theirs
        self.mine = mine


@dataclass(frozen=True, slots=True)
class FormState:
    """The state of a form, as a page sends it.

    Attributes:
        base: digest of the saved version that the author started from.
        version: digest of the version that the form shows.
        values: the fields. Empty if the whole text was sent.
        body: the Markdown.
        source: the whole text, or None if there is a form.
    """

    base: str
    version: str
    values: Mapping[str, Value]
    body: str
    source: str | None = None

    @classmethod
    def of(cls, sent: object) -> FormState:
        """Validate ``sent``, which was parsed from JSON.

        Raises:
            TypeError: if it has another form.
        """
        if not isinstance(sent, dict):
            raise TypeError("a state is an object")
        base, version, body = (_text(sent.get(name, "")) for name in ("base", "version", "body"))
        source = sent.get("source")
        values = sent.get("values", {})
        if not isinstance(values, dict):
            raise TypeError("values are an object")
        fields = {_text(name): _value(value) for name, value in values.items()}
        return cls(base, version, fields, body, None if source is None else _text(source))


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry that is open in the editor.

    Attributes:
        place: where it is.
        base: the saved version that the author started from.
        now: the author's latest version.
        form: None if the front matter cannot be read.
        entry: the parsed entry, or None if it has an error.
    """

    place: Place
    base: Sheet
    now: Sheet
    form: EntryForm | None
    entry: Entry | None


class Writing:
    """Opens, checks and saves the entries of one content folder.

    Args:
        entries: the entries.
        autosave: the unsaved versions.
        try_out: shows unsaved versions in the preview, and returns their problems.
    """

    def __init__(self, entries: EntryList, autosave: Autosave, try_out: TryOut) -> None:
        self.entries = entries
        self.autosave = autosave
        self._try_out = try_out
        self._fields: dict[type[Entry], Fields] = {}
        self._known: OrderedDict[str, Sheet] = OrderedDict()

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.entries.content

    def open(self, path: str) -> Opened:
        """Return the entry ``path``, with its unsaved version.

        Raises:
            NoPlaceError: if there is none.
            NotTextError: if it is not UTF-8.
        """
        place = find(self.content, path)
        saved, unsaved = Sheet(place.file.read_bytes()), self.autosave.find(path)
        base, now = (unsaved.base, unsaved.now) if unsaved else (saved, saved)
        self._remember(base, now)
        values = now.values
        made = form(self._fields_of(place), values, self.entries.library()) if values is not None else None
        return Opened(place, base, now, made, entry_of(now, place))

    def made(self, place: Place, state: FormState) -> Sheet:
        """Return the version that results from ``state``.

        Raises:
            StaleError: if the version that the form shows is no longer stored.
            LayoutError: if a field cannot be changed safely.
        """
        sheet = self._sheet(place, state.version)
        if state.source is not None:
            made = sheet.with_text(state.source)
        else:
            fields = self._fields_of(place)
            values = {name: value for name, value in state.values.items() if name in fields.names}
            made = sheet.with_parts(values, state.body, fields.order)
        self._remember(made)
        return made

    def keep(self, path: str, state: FormState) -> Sheet:
        """Autosave the version that results from ``state``, and return it."""
        place = find(self.content, path)
        made = self.made(place, state)
        self.autosave.keep(path, self._sheet(place, state.base), made)
        return made

    async def check(self, path: str, sheet: Sheet) -> list[Trouble]:
        """Show ``sheet`` in the preview, and return its problems.

        Raises:
            ValueError: if the preview could not check it.
        """
        found = await self._try_out({path: sheet.data})
        if found.failed:
            raise ValueError(found.failed)
        problems = [problem for problem in found.problems if problem.path == path]
        return troubles(sheet, problems, found.fixed.get(path, ""))

    async def fix(self, path: str, state: FormState, line: int) -> Sheet:
        """Autosave the version of ``state`` with the problem at ``line`` fixed (from 1), or all safe fixes if 0.

        Raises:
            ValueError: if there is no safe fix.
        """
        made = self.keep(path, state)
        found = await self._try_out({path: made.data})
        mended = found.fixed.get(path, "")
        if found.failed or not mended:
            raise ValueError(found.failed or "nothing of it can be mended by itself")
        sheet = made.with_text(fix_line(made.text, mended, line + made.first_line - 1) if line else mended)
        self._remember(sheet)
        self.autosave.keep(path, self._sheet(find(self.content, path), state.base), sheet)
        return sheet

    def save(self, path: str, state: FormState, *, seen: str = "") -> Sheet:
        """Write the version of ``state`` to its file.

        Args:
            path: the entry.
            state: the state of the form.
            seen: digest of somebody else's version that the author has seen and wants to replace.

        Raises:
            ConflictError: if the file was changed since the author started. Nothing is written.
        """
        place = find(self.content, path)
        made = self._with_alias(place, self.made(place, state))
        saved = Sheet(place.file.read_bytes())
        if saved.digest not in {state.base, seen, made.digest}:
            raise ConflictError(saved, made)
        if made.data != saved.data:
            replace_bytes(place.file, made.data)
        self._remember(made)
        self.autosave.forget(path)
        return made

    def _with_alias(self, place: Place, made: Sheet) -> Sheet:
        """Add the old address of a published entry to its aliases."""
        before, after = entry_of(Sheet(place.file.read_bytes()), place), entry_of(made, place)
        if before is None or after is None or not before.is_live(self.entries.today()):
            return made
        if after.permalink == before.permalink or before.permalink in after.aliases:
            return made
        held = (made.values or {}).get("aliases")
        aliases: list[Value] = [*(held if isinstance(held, list) else []), before.permalink.rstrip("/")]
        return made.with_parts({"aliases": aliases}, made.body, self._fields_of(place).order)

    def forget(self, path: str) -> None:
        """Discard the unsaved version."""
        self.autosave.forget(find(self.content, path).path)

    def go_back_to(self, path: str, version: Sheet) -> None:
        """Autosave ``version``, an earlier one. The file is not changed."""
        place = find(self.content, path)
        self.autosave.keep(path, Sheet(place.file.read_bytes()), version)

    def _fields_of(self, place: Place) -> Fields:
        if place.kind not in self._fields:
            self._fields[place.kind] = Fields.of(place.kind)
        return self._fields[place.kind]

    def _sheet(self, place: Place, digest: str) -> Sheet:
        known = self._known.get(digest)
        if known is not None:
            return known
        unsaved = self.autosave.find(place.path)
        sheets: list[Sheet] = [Sheet(place.file.read_bytes())]
        if unsaved is not None:
            sheets += [unsaved.base, unsaved.now]
        for sheet in sheets:
            if sheet.digest == digest:
                return sheet
        raise StaleError(digest)

    def _remember(self, *sheets: Sheet) -> None:
        for sheet in sheets:
            self._known[sheet.digest] = sheet
            self._known.move_to_end(sheet.digest)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


def entry_of(sheet: Sheet, place: Place) -> Entry | None:
    """Return the entry in ``sheet``, or None if it has an error."""
    return parse_entry(sheet.text, place.path, place.kind)[0]


def in_words(error: Exception) -> str:
    """Return the message for the author about ``error``."""
    if isinstance(error, LayoutError):
        return f"“{label(str(error))}” is laid out in a way that the form cannot change. Change it in the whole text."
    if isinstance(error, StaleError):
        return "This page is of an earlier run. Load it again: what you wrote last is kept."
    return str(error)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    # JSON can contain lone surrogates, which UTF-8 cannot encode.
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _value(value: object) -> Value:
    if isinstance(value, dict):
        return {_text(name): _value(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_value(one) for one in value]
    return None if value is None else _text(value)
