"""Lazy: a value that may still lie where it was stored, known by a digest until somebody asks for it.

Most of what a build knows of ten thousand texts it never looks at: only that it is the same as before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import marshal
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
#: Bytes of a digest: two different values never share one of 128 bits by chance.
DIGEST_SIZE = 16


class Lazy(Generic[_T]):
    """A value, or the way to it. Two are equal when their digests are.

    Args:
        make: returns the value, which nobody changes; called once, when it is first asked for.
        digest: what stands for the value; worked out from it when b"".
    """

    __slots__ = ("_digest", "_make", "_value")

    _value: _T

    def __init__(self, make: Callable[[], _T], digest: bytes = b"") -> None:
        self._make: Callable[[], _T] | None = make
        self._digest = digest

    @classmethod
    def of(cls, value: _T, digest: bytes = b"") -> Lazy[_T]:
        """Return ``value`` itself."""
        return cls(lambda: value, digest)

    @property
    def value(self) -> _T:
        """The value itself."""
        if self._make is not None:
            self._value = self._make()
            self._make = None
        return self._value

    @property
    def digest(self) -> bytes:
        """What stands for the value."""
        if not self._digest:
            self._digest = fingerprint(self.value)
        return self._digest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Lazy({self.digest.hex()})"

    def __reduce__(self) -> tuple[Callable[[_T, bytes], Lazy[_T]], tuple[_T, bytes]]:
        """A copy in another process is handed the value."""
        return Lazy.of, (self.value, self._digest)


class FingerprintOnce:
    """Marks what many values hold, such as a card, which stands on many pages. It does not change."""

    __slots__ = ()


class _Reducers(dict[type, Callable[[Any], Any]]):
    """Says what stands for values of each type: of a ``Lazy`` its digest, of a frozen record its name and fields.

    What ``pickle`` itself does with records costs several times as much.

    Args:
        by_part: hands on what stands for a part that many values share, given how it is reduced and the part.
    """

    def __init__(self, by_part: Callable[[Callable[[Any], Any], object], Any] | None = None) -> None:
        super().__init__()
        self._by_part = by_part
        self[Lazy] = lambda lazy: (bytes, (lazy.digest,))
        self[dt.date] = lambda day: (int, (day.toordinal(),))
        self[dt.datetime] = lambda instant: (str, (instant.isoformat(),))
        # What stands for a value is made by a type. Asking in vain for what stands for the type would cost more.
        self[type] = lambda kind: str(kind.__qualname__)

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, FingerprintOnce) and self._by_part is not None:
            self[kind] = partial(self._by_part, _by_items if issubclass(kind, tuple) else _by_fields(kind))
        elif is_dataclass(kind):
            self[kind] = _by_fields(kind)
        else:
            raise KeyError(kind)
        return self[kind]


def _by_fields(kind: type) -> Callable[[Any], Any]:
    name = f"{kind.__module__}.{kind.__qualname__}"
    names = [field.name for field in fields(kind)]
    if len(names) < 2:  # noqa: PLR2004 - of one name, a getter gives no tuple
        return lambda record: (tuple, ((name, *(getattr(record, one) for one in names)),))
    values = attrgetter(*names)
    return lambda record: (tuple, ((name, values(record)),))


def _by_items(items: tuple[object, ...]) -> tuple[type[tuple[object, ...]], tuple[tuple[object, ...]]]:
    return tuple, (tuple(items),)


def fingerprint(value: object) -> bytes:
    """Return a digest of ``value``: other values have others, and equal ones mostly the same.

    Raises:
        Exception: whatever ``pickle`` raises for a value that cannot be written down.
    """
    return _digest(value, _Reducers())


def _digest(value: Any, reducers: _Reducers) -> bytes:  # noqa: ANN401 - whatever is compared
    try:
        # Texts, numbers and rows of them, such as most keys are, in a form that knows of no object and no class.
        return _hash(marshal.dumps(value, 0))
    except ValueError:
        return _hash(_pickled(value, reducers))


def _hash(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).digest()


def _pickled(value: object, reducers: _Reducers) -> memoryview:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # Written out each time that it occurs: what is equal looks the same, whether it is one object or two.
    pickler.fast = True
    pickler.dispatch_table = reducers
    pickler.dump(value)
    return stream.getbuffer()


class Fingerprints:
    """Works out fingerprints of many values that share parts (``FingerprintOnce``): those of a shared part once."""

    def __init__(self) -> None:
        #: By identity, each with the part itself, so that no other can take its place.
        self._known: dict[int, tuple[object, bytes]] = {}
        self._reducers = _Reducers(self._by_part)

    def of(self, value: object) -> bytes:
        """Return a digest of ``value``, as ``fingerprint`` does."""
        return _digest(value, self._reducers)

    def _by_part(self, reduce: Callable[[Any], Any], part: object) -> tuple[type[bytes], tuple[bytes]]:
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = (part, _digest(reduce(part)[1], self._reducers))
        return bytes, (known[1],)
