"""Make the form of a kind of entry from its model, as the schemas and the handbook do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plugins.authoring.editor.wording import CONTENT_NOTES, choice, hint, label
from plugins.base.positions import Value
from plugins.content_model.entry import Entry
from plugins.content_model.field_docs import FieldNote, notes
from plugins.content_model.fields import SUMMARY_LENGTH
from plugins.content_model.library import Library
from plugins.content_model.page import Person

#: What only the editor and commands write, at the top of an entry and below.
_MANAGED = frozenset({"id", "feed_id", "approved_text", "log", "wording", "next_review"})
#: What stands above the text.
_HEAD = frozenset({"title", "summary", "statement", "you_can_expect", "role"})
#: What few people need often.
_RARE = frozenset(
    {"aliases", "exit_link", "expires", "illustrative", "layout", "medical", "review_due", "reviewed_on"}
    | {"safety_declined", "slug", "updated", "acknowledged"}
)
#: What a story needs before it is published; it has its own steps.
_CONSENT = ("consent", "safeguarding", "acknowledged")
_LONG = frozenset({"text", "summary", "reason"})
#: Texts that fit on a line.
_SHORT = frozenset(
    {"title", "role", "by_role", "owner_role", "display_name", "publisher", "credit", "ref", "form_version"}
)
_LONGEST = {"summary": SUMMARY_LENGTH, "title": 70}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Widget:
    """One field of a form.

    Attributes:
        name: of the field.
        label: what people call it.
        hint: what it is for.
        shape: how it is filled in: line, text, day, flag, choice, several, group, items (of texts), or groups.
        needed: True if an entry without it is refused.
        value: what it holds.
        choices: values and their words.
        offers: values that may be chosen with one press, for a list of texts.
        longest: how many characters are counted down from; 0 for no limit.
        fields: those of a group; of a new item where there are many.
        items: the groups that are there.
        fixed: True where nobody may change it.
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


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a kind of entry, in the order of its model.

    Attributes:
        notes: what is told of each.
    """

    notes: Sequence[FieldNote]

    @classmethod
    def of(cls, kind: type[Entry]) -> Fields:
        """Return those of ``kind``; it takes a while, because the words of each are read from the code."""
        return cls(notes(kind))

    @property
    def order(self) -> Sequence[str]:
        """The names of all."""
        return [note.name for note in self.notes]

    @property
    def shown(self) -> Sequence[FieldNote]:
        """Those that a form sends."""
        return [note for note in self.notes if note.name not in _MANAGED]

    @property
    def names(self) -> frozenset[str]:
        """The names of those."""
        return frozenset(note.name for note in self.shown)


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of an entry.

    Attributes:
        head: the title, and what stands above the text.
        main: what else everybody fills in.
        consent: what a story needs before it is published.
        rare: what few people need.
    """

    head: Sequence[Widget]
    main: Sequence[Widget]
    consent: Sequence[Widget]
    rare: Sequence[Widget]


def form(fields: Fields, values: Mapping[str, Value], library: Library) -> EntryForm:
    """Return the form of an entry with ``fields`` that holds ``values``; names are those of ``library``."""
    maker = _Maker(library)
    made = {note.name: maker.widget(note, values.get(note.name)) for note in fields.shown}
    main = [widget for name, widget in made.items() if name not in _RARE | _HEAD and name not in _CONSENT]
    return EntryForm(
        head=[widget for name, widget in made.items() if name in _HEAD],
        main=main,
        consent=[made[name] for name in _CONSENT if name in made],
        rare=[widget for name, widget in made.items() if name in _RARE and name not in _CONSENT],
    )


@dataclass(frozen=True, slots=True)
class _Maker:
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
            # What stands there and cannot be chosen must not get lost.
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
