"""Search files for the values of private fields.

Text and references are searched for. Dates are not, because any date may also be that of something public, and code
cannot write a private one (``content_model/private_date.py``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from plugins.base.fingerprint import fingerprint
from plugins.content_model.entry import Entry
from plugins.content_model.folded_text import folded
from plugins.content_model.library import Library
from plugins.content_model.private_date import PrivateDate
from plugins.engine.build import Build
from plugins.views.receipt import PrivateValue

#: Shorter values occur in any text by chance.
_SHORTEST = 4
#: Up to this number of values, searching for each is faster than splitting a text into words.
_FEW_VALUES = 100
#: The maximum size in bytes of the lines that are remembered.
_MAX_REMEMBERED_BYTES = 64_000_000
#: Marks of typography, and the keys that authors press for them.
_TYPED = (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("\u2010", "-"), ("–", "-"), ("—", "-"))
_WORD = re.compile(r"[^\W\d_]+|\d+")
#: Matches an identifier such as a record number, which does not occur by chance.
_REFERENCE = re.compile(r"(?=\S*\d)(?=\S*[^\W\d_])\S{6,}")
#: Matches a year or a date, such as the version of a form, which is also that of something public.
_DAY = re.compile(r"\d{4}(?:[-./]\d{1,2}){0,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}")


class PrivateValues:
    """The values to search for.

    Args:
        library: all entries, drafts too.
        public: texts that the site publishes anyway. A word in them is not a leak, but a reference in them is. The
            iterator is consumed only as far as needed.
    """

    def __init__(self, library: Library, public: Iterable[str]) -> None:
        every = list(_values(library.entries))
        published = _published({value.form for value in every if not _REFERENCE.fullmatch(value.form)}, public)
        self.wanted = tuple(
            value
            for value in every
            if len(value.form) >= _SHORTEST and value.form not in published and not _DAY.fullmatch(value.form)
        )
        self.public_too = len(every) - len(self.wanted)
        #: Identifies the set of values for the cache.
        self.digest = fingerprint(self.wanted)
        self._by_word: dict[str, list[PrivateValue]] = {}
        for value in self.wanted:
            self._by_word.setdefault(max(_WORD.findall(value.form), key=len, default=value.form), []).append(value)
        self._has_backslash = any("\\" in value.form for value in self.wanted)
        self._seen = _Seen()

    def within(self, path: str, data: bytes) -> tuple[PrivateValue, ...]:
        """Return the values that occur in the file ``path`` or its name as whole words."""
        if not self.wanted:
            return ()
        # No value spans lines, escaped or not, so each distinct line is searched once.
        if data.startswith(b"{") and not self._has_backslash:
            # JSON escapes a line break as a backslash and a letter.
            lines = self._seen.new(data.replace(b"\\n", b"\n\\n"))
        else:
            lines = self._seen.new(data)
        # Names of files may leak a value. Image metadata may hold text in UTF-16.
        text = "\n".join((path, b"\n".join(lines).decode("utf-8", "replace")))
        found = self._within(text.replace("\0", ""))
        if not found and b"\0" not in data:
            self._seen.add(lines)
        return tuple(sorted(found, key=lambda value: (value.entry, value.field)))

    def _within(self, text: str) -> set[PrivateValue]:
        # Feeds contain HTML, in which text is escaped twice.
        once = unescaped(text)
        plain = comparable(once if once == text else unescaped(once))
        words = (
            self._by_word.keys()
            if len(self.wanted) <= _FEW_VALUES
            else self._by_word.keys() & set(_WORD.findall(plain))
        )
        return {
            value
            for word in words
            for value in self._by_word[word]
            if value.form in plain and _occurs_in(value.form, plain)
        }


class _Seen:
    """Lines without a value. Most lines occur in many files."""

    def __init__(self) -> None:
        self._lines: set[bytes] = set()
        self._size = 0

    def new(self, data: bytes) -> list[bytes]:
        """Return the lines of ``data`` that were not added before."""
        return [line for line in data.split(b"\n") if line not in self._lines]

    def add(self, lines: Sequence[bytes]) -> None:
        """Remember ``lines``. Above the maximum size, forget all earlier lines."""
        self._size += sum(map(len, lines))
        if self._size > _MAX_REMEMBERED_BYTES:
            self._lines.clear()
            self._size = 0
        self._lines.update(lines)


def unescaped(text: str) -> str:
    """Return the same as ``html.unescape``, faster. No other entity begins with one of these names."""
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"')):
        text = text.replace(name, sign)
    return html.unescape(text)


def comparable(text: str) -> str:
    """Return ``text`` as it is compared: without capitals, in plain characters, with the marks of a keyboard."""
    if text.isascii():
        return text.casefold()
    text = folded(text)
    for mark, key in _TYPED:
        text = text.replace(mark, key)
    return text.casefold()


def _published(forms: Iterable[str], public: Iterable[str]) -> set[str]:
    """Return the ``forms`` that occur in a text of ``public``. The iterator stops once all are found."""
    left, texts, published = {form for form in forms if len(form) >= _SHORTEST}, iter(public), set[str]()
    while left and (text := next(texts, None)) is not None:
        plain = comparable(text)
        found = {form for form in left if form in plain and _occurs_in(form, plain)}
        left -= found
        published |= found
    return published


def public_texts(build: Build) -> Iterator[str]:
    """Yield the texts that the site publishes: live entries without private fields, registers, settings, the theme."""
    library = build.library
    # Short texts that hold many of the forms come first.
    yield "\n".join(choice for kind in {type(entry) for entry in library.entries} for choice in _choices(kind))
    yield "\n".join(value for value in build.settings.values() if isinstance(value, str))
    registers = library.registers
    for register in (registers.topics, registers.contacts, registers.withdrawn):
        yield "\n".join(text for item in register.values() for text in _public_texts_of(item))
    yield "\n".join(registers.glossary.values())
    for file in sorted(build.theme_folder.rglob("*.html")):
        yield file.read_text(encoding="utf-8", errors="replace")
    for entry in library.live:
        yield "\n".join((*_public_texts_of(entry, without=_private(entry)), entry.source.body))


def _public_texts_of(model: BaseModel, *, without: Collection[str] = ()) -> Iterator[str]:
    return (_plain(value) for _, value in _leaves(model, "", without=without))


def _choices(kind: object) -> Iterator[str]:
    """Yield the choices of a model's fields, which belong to nobody."""
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
                    yield PrivateValue(entry.source.path, name, _plain(comparable(str(value))))


def _leaves(value: object, name: str, *, without: Collection[str] = ()) -> Iterator[tuple[str, object]]:
    """Yield the path and value of each leaf of ``value``, except below the fields in ``without``."""
    if isinstance(value, BaseModel):
        # `model_dump` is far slower and copies everything.
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


def _occurs_in(form: str, text: str) -> bool:
    """Return whether ``form`` occurs in ``text`` and is not part of a longer word or number."""
    before, after = (r"\d" if edge.isdigit() else r"[^\W\d_]" for edge in (form[0], form[-1]))
    return re.search(rf"(?<!{before}){re.escape(form)}(?!{after})", text) is not None
