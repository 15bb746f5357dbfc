"""Search files for the values of private fields.

Words and references are looked for. Days are not: every day is also the day of something public sooner or later, and
nothing can write a private one (``content_model/private_date.py``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from plugins.base.fingerprint import fingerprint
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.private_date import PrivateDate
from plugins.engine.build import Build
from plugins.views.receipt import PrivateValue

#: Shorter values stand in any text by chance.
_SHORTEST = 4
#: Up to so many values, looking for each in turn is quicker than cutting a text into words.
_FEW = 100
#: How much of what was looked at is remembered, in bytes.
_REMEMBERED = 64_000_000
_WORD = re.compile(r"[^\W\d_]+|\d+")
#: Made up for one purpose, such as the number of a record: it stands nowhere by chance.
_REFERENCE = re.compile(r"(?=\S*\d)(?=\S*[^\W\d_])\S{6,}")
#: A text that names a year or a day, such as the version of a form: it is also that of something public.
_DAY = re.compile(r"\d{4}(?:[-./]\d{1,2}){0,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}")


class PrivateValues:
    """The values to look for.

    Args:
        library: all that was written, drafts too.
        public: texts that the site says in public anyway. A word that stands in them proves nothing; a reference that
            does is a leak all the same. No more of them are asked for than are needed.
    """

    def __init__(self, library: Library, public: Iterable[str]) -> None:
        every = list(_values(library.entries))
        spoken = _spoken({value.form for value in every if not _REFERENCE.fullmatch(value.form)}, public)
        self.wanted = tuple(
            value
            for value in every
            if len(value.form) >= _SHORTEST and value.form not in spoken and not _DAY.fullmatch(value.form)
        )
        self.public_too = len(every) - len(self.wanted)
        #: Stands for what is looked for.
        self.digest = fingerprint(self.wanted)
        self._by_word: dict[str, list[PrivateValue]] = {}
        for value in self.wanted:
            self._by_word.setdefault(max(_WORD.findall(value.form), key=len, default=value.form), []).append(value)
        self._has_backslash = any("\\" in value.form for value in self.wanted)
        self._seen = _Seen()

    def within(self, path: str, data: bytes) -> tuple[PrivateValue, ...]:
        """Return the values that stand in the file ``path`` or its name, whole and not as a part of a longer word."""
        if not self.wanted:
            return ()
        # No form, and nothing that is escaped, reaches over the end of a line: each line is looked at by itself, once.
        if data.startswith(b"{") and not self._has_backslash:
            # JSON writes the end of a line as a backslash and a letter.
            lines = self._seen.new(data.replace(b"\\n", b"\n\\n"))
        else:
            lines = self._seen.new(data)
        # A name may tell as much as a text. Pictures hold words too, with a zero beside each letter in some.
        text = "\n".join((path, b"\n".join(lines).decode("utf-8", "replace")))
        found = self._within(text.replace("\0", ""))
        if not found and b"\0" not in data:
            self._seen.add(lines)
        return tuple(sorted(found, key=lambda value: (value.entry, value.field)))

    def _within(self, text: str) -> set[PrivateValue]:
        # Feeds hold pages within themselves, so what is escaped there is escaped twice.
        once = unescaped(text)
        plain = (once if once == text else unescaped(once)).casefold()
        words = self._by_word.keys() if len(self.wanted) <= _FEW else self._by_word.keys() & set(_WORD.findall(plain))
        return {
            value
            for word in words
            for value in self._by_word[word]
            if value.form in plain and _stands_in(value.form, plain)
        }


class _Seen:
    """Lines in which no value stands: a menu is on every page, a text in every feed that carries it."""

    def __init__(self) -> None:
        self._lines: set[bytes] = set()
        self._size = 0

    def new(self, data: bytes) -> list[bytes]:
        """Return the lines of ``data`` that were not seen before."""
        return [line for line in data.split(b"\n") if line not in self._lines]

    def add(self, lines: Sequence[bytes]) -> None:
        """Remember ``lines``, and nothing else where that would be too much."""
        self._size += sum(map(len, lines))
        if self._size > _REMEMBERED:
            self._lines.clear()
            self._size = 0
        self._lines.update(lines)


def unescaped(text: str) -> str:
    """Do what ``html.unescape`` does, sooner: no other name begins with one of these, and none goes on behind it."""
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"')):
        text = text.replace(name, sign)
    return html.unescape(text)


def _spoken(forms: Iterable[str], public: Iterable[str]) -> set[str]:
    """Return those of ``forms`` that stand in a text of ``public``; once all are found, no more texts are asked for."""
    left, texts, spoken = {form for form in forms if len(form) >= _SHORTEST}, iter(public), set[str]()
    while left and (text := next(texts, None)) is not None:
        plain = text.casefold()
        found = {form for form in left if form in plain and _stands_in(form, plain)}
        left -= found
        spoken |= found
    return spoken


def public_texts(build: Build) -> Iterator[str]:
    """Yield what the site may say in public: live entries without private fields, registers, settings, the theme."""
    library = build.library
    # What is short, or said by many, comes first.
    yield "\n".join(choice for kind in {type(entry) for entry in library.entries} for choice in _choices(kind))
    yield "\n".join(value for value in build.settings.values() if isinstance(value, str))
    registers = library.registers
    for register in (registers.topics, registers.contacts, registers.withdrawn):
        yield "\n".join(text for item in register.values() for text in _said(item))
    yield "\n".join(registers.glossary.values())
    for file in sorted(build.theme_folder.rglob("*.html")):
        yield file.read_text(encoding="utf-8", errors="replace")
    for entry in library.live:
        yield "\n".join((*_said(entry, without=_private(entry)), entry.source.body))


def _said(model: BaseModel, *, without: Collection[str] = ()) -> Iterator[str]:
    return (_plain(value) for _, value in _leaves(model, "", without=without))


def _choices(kind: object) -> Iterator[str]:
    """The words that a model offers to choose from: they are its own and tell of nobody."""
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        for described in kind.model_fields.values():
            yield from _choices(described.annotation)
    else:
        for part in get_args(kind):
            yield from _choices(part)


def _private(entry: Entry) -> tuple[str, ...]:
    return tuple(getattr(type(entry), "private", ()))


def _values(entries: Iterable[Entry]) -> Iterator[PrivateValue]:
    for entry in entries:
        names = _private(entry)
        if names:
            for name, value in _leaves({name: getattr(entry, name) for name in names}, ""):
                if not isinstance(value, PrivateDate):
                    yield PrivateValue(entry.source.path, name, _plain(value).casefold())


def _leaves(value: object, name: str, *, without: Collection[str] = ()) -> Iterator[tuple[str, object]]:
    """Yield the single values in ``value`` with the way to each; fields ``without`` which it is wanted are left out."""
    if isinstance(value, BaseModel):
        # What `model_dump` does, which takes far longer, and copies all.
        fields = (key for key, field in type(value).model_fields.items() if not field.exclude and key not in without)
        value = {key: getattr(value, key) for key in fields}
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple | set | frozenset):
        for below in value:
            yield from _leaves(below, name)
    elif value is not None and not isinstance(value, bool):
        yield name, value


def _plain(value: object) -> str:
    return " ".join(str(value).split())


def _stands_in(form: str, text: str) -> bool:
    """Tell whether ``form`` stands in ``text``, not as a part of a longer word or number."""
    before, after = (r"\d" if edge.isdigit() else r"[^\W\d_]" for edge in (form[0], form[-1]))
    return re.search(rf"(?<!{before}){re.escape(form)}(?!{after})", text) is not None
