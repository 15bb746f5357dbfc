"""Compute fingerprints of values, and load large values only when they are used.

An incremental build compares most values by their digest and never loads them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import marshal
import pickle
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

from msgspec import Struct

_T = TypeVar("_T")
#: Bytes of a digest. 128 bits make an accidental collision negligible.
DIGEST_SIZE = 16
#: Hexadecimal digits of the hash in the name of an output file.
FILE_HASH_LENGTH = 10


def file_hash(data: bytes) -> str:
    """Return the hash of ``data`` for the name of an output file, so that browsers can cache it permanently."""
    return hashlib.sha256(data).hexdigest()[:FILE_HASH_LENGTH]


class Lazy(Generic[_T]):
    """A value that is loaded when it is first used. Two are equal if their digests are.

    Args:
        make: returns the value, which is never changed.
        digest: fingerprint of the value, of ``DIGEST_SIZE`` bytes. b"" computes it from the value when needed.
        keep: True calls ``make`` once and keeps the value in memory. False calls ``make`` for each use.
    """

    __slots__ = ("_digest", "_keep", "_make", "_value")

    _value: _T

    def __init__(self, make: Callable[[], _T], digest: bytes = b"", *, keep: bool = True) -> None:
        self._make: Callable[[], _T] | None = make
        self._digest = digest
        self._keep = keep

    @classmethod
    def of(cls, value: _T, digest: bytes = b"") -> Lazy[_T]:
        """Wrap ``value``, which is loaded already."""
        return cls(lambda: value, digest)

    @property
    def value(self) -> _T:
        """The value, loaded on first use."""
        if self._make is None:
            return self._value
        value = self._make()
        if self._keep:
            self._value, self._make = value, None
        return value

    @property
    def digest(self) -> bytes:
        """Fingerprint of the value."""
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
        """Pickle the value instead of ``make``, which another process may not be able to call."""
        return Lazy.of, (self.value, self._digest)


class FingerprintOnce:
    """Base of immutable values that many others contain, such as cards. Their fingerprint is computed once.

    Each is a ``Struct`` or a tuple.
    """

    __slots__ = ()


class _Reducers(dict[type, Callable[[Any], Any]]):
    """Dispatch table for ``pickle``: a ``Lazy`` becomes its digest, a ``Struct`` its name and the values of its fields.

    This is several times faster than the default reduction of a ``Struct``.

    Args:
        by_part: reduces a ``FingerprintOnce``, given the function that reduces its type and the value.
    """

    def __init__(self, by_part: Callable[[Callable[[Any], Any], object], Any] | None = None) -> None:
        super().__init__()
        self._by_part = by_part
        self[Lazy] = lambda lazy: (bytes, (lazy.digest,))
        self[dt.date] = lambda day: (int, (day.toordinal(),))
        self[dt.datetime] = lambda instant: (str, (instant.isoformat(),))
        # Each reduced value contains a type. Without this entry, every type would call __missing__.
        self[type] = lambda kind: str(kind.__qualname__)

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, Struct):
            reduce = _by_fields(kind)
        elif issubclass(kind, FingerprintOnce):
            reduce = _by_items
        else:
            raise KeyError(kind)
        if issubclass(kind, FingerprintOnce) and self._by_part is not None:
            reduce = partial(self._by_part, reduce)
        self[kind] = reduce
        return reduce


def _by_fields(kind: type[Struct]) -> Callable[[Any], Any]:
    name = f"{kind.__module__}.{kind.__qualname__}"
    names = kind.__struct_fields__
    if len(names) < 2:  # noqa: PLR2004 - attrgetter of one name returns no tuple
        return lambda record: (tuple, ((name, *(getattr(record, field) for field in names)),))
    values = attrgetter(*names)
    return lambda record: (tuple, ((name, values(record)),))


def _by_items(items: tuple[object, ...]) -> tuple[type[tuple[object, ...]], tuple[tuple[object, ...]]]:
    return tuple, (tuple(items),)


def fingerprint(value: object) -> bytes:
    """Return a digest of ``value``. Different values have different digests. Equal values mostly have the same.

    Raises:
        Exception: any exception of ``pickle`` for a value that it cannot serialise.
    """
    return _digest(value, _Reducers())


def _digest(value: Any, reducers: _Reducers) -> bytes:  # noqa: ANN401 - any value
    try:
        # marshal is faster than pickle, and fails for anything but built-in types.
        return _hash(marshal.dumps(value, 0))
    except ValueError:
        return _hash(_pickled(value, reducers))


def _hash(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).digest()


def _pickled(value: object, reducers: _Reducers) -> memoryview:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # Without the memo of pickle, two equal objects are serialised like one object that occurs twice.
    pickler.fast = True
    pickler.dispatch_table = reducers
    pickler.dump(value)
    return stream.getbuffer()


class Fingerprints:
    """Compute fingerprints of many values. Those of shared parts (``FingerprintOnce``) are computed once."""

    def __init__(self) -> None:
        #: By ``id()``. The reference to the part keeps its id from being reused.
        self._digests: dict[int, tuple[object, bytes]] = {}
        self._reducers = _Reducers(self._by_part)

    def of(self, value: object) -> bytes:
        """Return a digest of ``value``, as ``fingerprint`` does."""
        return _digest(value, self._reducers)

    def _by_part(self, reduce: Callable[[Any], Any], part: object) -> tuple[type[bytes], tuple[bytes]]:
        cached = self._digests.get(id(part))
        if cached is None:
            cached = self._digests[id(part)] = (part, _digest(reduce(part)[1], self._reducers))
        return bytes, (cached[1],)
