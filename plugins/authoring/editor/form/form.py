"""Build the form of a kind of entry from its model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from plugins.authoring.editor.form.labels import CONTENT_NOTES, choice, hint, label
from plugins.base.positions import Value
from plugins.content_model.entry import Entry
from plugins.content_model.field_docs import FieldNote, notes
from plugins.content_model.fields import SUMMARY_LENGTH
from plugins.content_model.library import Library
from plugins.content_model.page import Person

#: Fields that only commands and the editor's actions write, top-level and nested.
_MANAGED = frozenset({"id", "feed_id", "approved_text", "log", "wording", "next_review"})
#: Fields above the text.
_HEAD = frozenset({"title", "summary", "statement", "you_can_expect", "role"})
#: Fields that are seldom needed.
_RARE = frozenset(
    {"aliases", "exit_link", "expires", "illustrative", "layout", "medical", "review_due", "reviewed_on"}
    | {"safety_declined", "slug", "updated", "acknowledged"}
)
#: Fields of the consent to a story, which has its own steps.
_CONSENT = ("consent", "safeguarding", "acknowledged")
_LONG = frozenset({"text", "summary", "reason"})
#: Text fields of one line.
_SHORT = frozenset(
    {"title", "role", "by_role", "owner_role", "display_name", "publisher", "credit", "ref", "form_version"}
)
_LONGEST = {"summary": SUMMARY_LENGTH, "title": 70}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Widget(Struct, frozen=True):
    """One field of a form.

    Attributes:
        name: of the field.
        label: its label.
        hint: its help text.
        shape: kind of control: line, text, day, flag, choice, several, group, items (of texts), or groups.
        needed: True if the field is required.
        value: its value.
        choices: values and their labels.
        offers: suggested values, for a list of texts.
        longest: limit of the character counter. 0 for none.
        fields: the widgets of a group, or of a new item of groups.
        items: the widgets of each existing group.
        fixed: True if it is read-only.
    """

    name: str
    label: str
    hint: str
    shape: str
    needed: bool = False
    value: Value = None
    choices: Sequence[tuple[str, str]] = ()
    offers: Sequence[str] = ()
    longest: int = 0
    fields: Sequence[Widget] = ()
    items: Sequence[Sequence[Widget]] = ()
    fixed: bool = False


class Fields(Struct, frozen=True):
    """The fields of a kind of entry, in the order of its model.

    Attributes:
        notes: the documentation of each.
    """

    notes: Sequence[FieldNote]

    @classmethod
    def of(cls, kind: type[Entry]) -> Fields:
        """Return the fields of ``kind``. Slow, because their help texts are parsed from the code."""
        return cls(notes(kind))

    @property
    def order(self) -> Sequence[str]:
        """The names of all fields."""
        return [note.name for note in self.notes]

    @property
    def shown(self) -> Sequence[FieldNote]:
        """The fields that a form sends."""
        return [note for note in self.notes if note.name not in _MANAGED]

    @property
    def names(self) -> frozenset[str]:
        """The names of ``shown``."""
        return frozenset(note.name for note in self.shown)


class EntryForm(Struct, frozen=True):
    """The form of an entry.

    Attributes:
        head: the title, and the fields above the text.
        main: the other common fields.
        consent: the fields of the consent to a story.
        rare: seldom needed fields.
    """

    head: Sequence[Widget]
    main: Sequence[Widget]
    consent: Sequence[Widget]
    rare: Sequence[Widget]


def form(fields: Fields, values: Mapping[str, Value], library: Library) -> EntryForm:
    """Return the form for ``fields`` with ``values``. Choices of topics and people come from ``library``."""
    maker = _Maker(library)
    made = {note.name: maker.widget(note, values.get(note.name)) for note in fields.shown}
    main = [widget for name, widget in made.items() if name not in _RARE | _HEAD and name not in _CONSENT]
    return EntryForm(
        head=[widget for name, widget in made.items() if name in _HEAD],
        main=main,
        consent=[made[name] for name in _CONSENT if name in made],
        rare=[widget for name, widget in made.items() if name in _RARE and name not in _CONSENT],
    )


class _Maker(Struct, frozen=True):
    """Makes widgets with the names of one library."""

    library: Library

    def widget(self, note: FieldNote, value: Value) -> Widget:
        shape, choices = self._shape(note, value)
        held: Value = [*_texts(value)] if shape in {"several", "items"} else value
        return Widget(
            note.name,
            label(note.name),
            hint(note.meaning),
            shape,
            # Without words, a picture must be called a decoration.
            note.needed or note.name == "alt",
            held,
            tuple(choices),
            CONTENT_NOTES if note.name == "content_notes" else (),
            _LONGEST.get(note.name, 0),
            [self.widget(part, _part(value, part.name) if shape == "group" else None) for part in note.fields],
            [[self.widget(part, _part(one, part.name)) for part in note.fields] for one in _many(value)]
            if shape == "groups"
            else (),
        )

    def _shape(self, note: FieldNote, value: Value) -> tuple[str, list[tuple[str, str]]]:
        if note.form == "group":
            return ("groups" if note.many else "group"), []
        choices = list(self._choices(note))
        if note.many:
            # Keep values that are not among the choices.
            choices += [(one, one) for one in _texts(value) if choices and one not in dict(choices)]
            return ("several" if choices else "items"), choices
        if choices:
            held = value if isinstance(value, str) else ""
            if held not in dict(choices):
                choices.insert(0, (held, held or "Please choose"))
            return "choice", choices
        if note.form == "day":
            is_day = not isinstance(value, str) or not value or _DAY.fullmatch(value)
            return ("day" if is_day else "line"), []
        if note.form == "flag":
            return ("flag" if value in {None, "", "true", "false"} else "line"), []
        return ("text" if note.form in _LONG and note.name not in _SHORT else "line"), []

    def _choices(self, note: FieldNote) -> Iterator[tuple[str, str]]:
        if note.form == "choice":
            yield from ((value, choice(note.name, value)) for value in note.choices)
        elif note.name in {"topics", "topic"}:
            yield from ((key, topic.name) for key, topic in self.library.topics.items())
        elif note.name == "author":
            people = (entry for entry in self.library.entries if isinstance(entry, Person))
            yield from sorted(((one.slug, one.title) for one in people), key=lambda one: one[1].casefold())
        elif note.name == "redress":
            yield from ((key, contact.name) for key, contact in self.library.contacts.items())


def _part(value: Value, name: str) -> Value:
    return value.get(name) if isinstance(value, dict) else None


def _many(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list) else ()


def _texts(value: Value) -> list[str]:
    return [one for one in _many(value) if isinstance(one, str)]
