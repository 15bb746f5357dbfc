"""Lazy: a value that may still lie where it was stored, known by a digest until somebody asks for it.

Most of what a build knows of ten thousand texts it never looks at: only that it is the same as before.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Mapping
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


def _by_digest(lazy: Lazy[Any]) -> tuple[type[bytes], tuple[bytes]]:
    return bytes, (lazy.digest,)


#: Makes a ``Lazy`` count by its digest.
_REDUCERS: Mapping[type, Callable[[Any], Any]] = {Lazy: _by_digest}


def fingerprint(value: object) -> bytes:
    """Return a digest of ``value``: other values have others, and equal ones mostly the same.

    Raises:
        Exception: whatever ``pickle`` raises for a value that cannot be written down.
    """
    return _digest(value, _REDUCERS)


def _digest(value: object, reducers: Mapping[type, Callable[[Any], Any]]) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # Written out each time that it occurs: what is equal looks the same, whether it is one object or two.
    pickler.fast = True
    pickler.dispatch_table = reducers
    pickler.dump(value)
    return hashlib.blake2b(stream.getbuffer(), digest_size=DIGEST_SIZE).digest()


class Shared:
    """Marks what many values hold, such as a card, which stands on many pages. It does not change."""

    __slots__ = ()


class Fingerprints:
    """Works out fingerprints of many values that share parts (``Shared``): those of a shared part once."""

    def __init__(self) -> None:
        #: By identity, each with the part itself, so that no other can take its place.
        self._known: dict[int, tuple[object, bytes]] = {}
        self._reducers = {**_REDUCERS, **dict.fromkeys(Shared.__subclasses__(), self._by_part)}

    def of(self, value: object) -> bytes:
        """Return a digest of ``value``, as ``fingerprint`` does."""
        return _digest(value, self._reducers)

    def _by_part(self, part: object) -> tuple[type[bytes], tuple[bytes]]:
        known = self._known.get(id(part))
        if known is None:
            reducers = {kind: reducer for kind, reducer in self._reducers.items() if kind is not type(part)}
            known = self._known[id(part)] = (part, _digest(part, reducers))
        return bytes, (known[1],)
