"""Keep the large values of new results in a file until they are used.

The values of all entries together (``Lazy``) would take most of the memory of a build, and few are in use at a time.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from plugins.base.fingerprint import Lazy
from plugins.base.scratch_file import Place, ScratchFile

#: The number of values that stay in memory after their use, because the next step may use the same.
RECENT = 64


class ValueFile:
    """The large values of the results of one build, pickled once, by whichever process computed them."""

    def __init__(self) -> None:
        self._file = ScratchFile()
        self._places: dict[bytes, Place] = {}
        self._load: Callable[[Place], Any] = lru_cache(RECENT)(self._read)

    def pack(self, result: object) -> bytes:
        """Return ``result`` for ``unpack``, with its large values moved to the file."""
        stream = io.BytesIO()
        pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = {**copyreg.dispatch_table, Lazy: self._reduce_lazy}
        pickler.dump(result)
        return stream.getvalue()

    def unpack(self, data: bytes) -> Any:  # noqa: ANN401 - the type of the result
        """Return the result that ``pack`` of this process or a fork of it returned as ``data``."""
        return _Unpickler(data, self._lazy).load()

    def pickled(self, value: Lazy[Any]) -> bytes:
        """Return ``value`` as it is pickled."""
        place = self._places.get(value.digest)
        return _pickled(value) if place is None else self._file.read(place)

    def _reduce_lazy(self, value: Lazy[Any]) -> tuple[Callable[..., Lazy[Any]], tuple[Any, ...]]:
        place = self._places.get(value.digest)
        if place is None:
            try:
                place = self._places[value.digest] = self._file.append(_pickled(value))
            except OSError:
                # The disk is full. Memory may be enough.
                return Lazy.of, (value.value, value.digest)
        return filed, (place, value.digest)

    def _lazy(self, place: Place, digest: bytes) -> Lazy[Any]:
        place = self._places.setdefault(digest, place)
        return Lazy(partial(self._load, place), digest, keep=False)

    def _read(self, place: Place) -> Any:  # noqa: ANN401 - the type of the value
        return pickle.loads(self._file.read(place))  # noqa: S301 - written by this process or a fork of it


class _Unpickler(pickle.Unpickler):
    """Unpickle a result, with references to the values in the file."""

    def __init__(self, data: bytes, lazy: Callable[[Place, bytes], Lazy[Any]]) -> None:
        super().__init__(io.BytesIO(data))
        self._lazy = lazy

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class or a function
        """Return the class or function that the result names."""
        return self._lazy if name == filed.__name__ and module == __name__ else super().find_class(module, name)


def filed(place: Place, digest: bytes) -> Lazy[Any]:
    """Mark a reference to a value in the file; ``_Unpickler`` replaces it."""
    raise pickle.UnpicklingError(f"{digest.hex()} lies in a file at {place}")


def _pickled(value: Lazy[Any]) -> bytes:
    return pickle.dumps(value.value, protocol=pickle.HIGHEST_PROTOCOL)
