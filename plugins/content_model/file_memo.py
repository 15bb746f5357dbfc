"""FileMemo: a memo in a file, for a command that is run again and again over the same texts.

A result is kept under a digest of its inputs, with all that its step asked and was told. The file begins with a hash of
the rest, of our own code and of what it runs on: a file that is damaged, or that other code wrote, is as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sys
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from plugins.content_model.memo import Job, Memo, Question, Sources, Watch
from plugins.content_model.replacing import replace_bytes
from plugins.content_model.spreading import over_processes

_T = TypeVar("_T")
_CODE = Path(__file__).parents[1]
_HASH = hashlib.sha256
_HEAD = _HASH().digest_size

_Answers: TypeAlias = tuple[tuple[Question, object], ...]


class FileMemo(Memo):
    """Remembers in a file, which may be deleted at any time, what some steps gave.

    Args:
        file: where to remember.
        steps: the names of the steps that cost more than to read what they gave; the others are done each time.
    """

    def __init__(self, file: Path, steps: Collection[str]) -> None:
        self._file = file
        self._steps = frozenset(steps)
        self._used: dict[bytes, bytes] = {}

    def recall_looking_up(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return what ``make`` gives for ``sources``, or gave while they answered the same to all that it asked."""
        (made,) = self.recall_many(step, sources, [Job(inputs, make)])
        return made

    def recall_many(self, step: str, sources: Sources, jobs: Sequence[Job[_T]]) -> Sequence[_T]:
        """Return what each of ``jobs`` gives, or gave; those that nothing is known of are done in several processes."""
        if step not in self._steps:
            return [job.make(sources) for job in jobs]
        keys = [_digest(step, job.inputs) for job in jobs]
        found = [self._found(key, sources) for key in keys]

        def work(job: Job[_T]) -> tuple[_Answers, _T]:
            watch = Watch(sources)
            value = job.make(watch.sources)
            return watch.answers, value

        unknown = [at for at, known in enumerate(found) if not known]
        for at, made in zip(unknown, over_processes(work, [jobs[at] for at in unknown]), strict=True):
            self._used[keys[at]] = pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)
            found[at] = (made[1],)
        return [value for known in found for value in known]

    def write(self, *, all_seen: bool) -> None:
        """Write down what is to be remembered; a folder that cannot be written to is no reason to fail.

        Args:
            all_seen: True where this run looked at everything, so that what it did not ask for is of no more use.
        """
        kept = self._used if all_seen else self._known | self._used
        if kept == self._known:
            return
        data = pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL)
        with contextlib.suppress(OSError):
            replace_bytes(self._file, self._head(data) + data)

    def _found(self, key: bytes, sources: Sources) -> tuple[Any, ...]:
        """Return the result kept under ``key`` if all that it asked has the same answer today; else nothing."""
        record = self._known.get(key)
        if record is None:
            return ()
        answers, value = pickle.loads(record)  # noqa: S301 - the hash in the head says that we wrote it
        if not all(question.ask(sources) == answer for question, answer in answers):
            return ()
        self._used[key] = record
        return (value,)

    @cached_property
    def _known(self) -> dict[bytes, bytes]:
        """What earlier runs kept."""
        try:
            data = self._file.read_bytes()
        except OSError:
            return {}
        head, rest = data[:_HEAD], data[_HEAD:]
        if head != self._head(rest):
            return {}
        known: dict[bytes, bytes] = pickle.loads(rest)  # noqa: S301 - as above
        return known

    def _head(self, data: bytes) -> bytes:
        return _HASH(self._maker + data).digest()

    @cached_property
    def _maker(self) -> bytes:
        """What stands for all that works results out besides their inputs."""
        digest = _HASH()
        for part in _makers():
            digest.update(_HASH(part).digest())
        return digest.digest()


def _makers() -> Iterator[bytes]:
    """Yield the version of Python, the names of all installed libraries, which hold their versions, and our sources."""
    yield sys.version.encode()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            yield from sorted(found.name.encode() for found in Path(folder).glob("*-info"))
    for folder, below, names in os.walk(_CODE):
        # What npm installs is vast, and nothing of ours.
        below[:] = sorted(name for name in below if name not in {"node_modules", "__pycache__"})
        for name in sorted(names):
            if name.endswith(".py"):
                file = Path(folder, name)
                yield file.relative_to(_CODE).as_posix().encode()
                yield file.read_bytes()


def _digest(step: str, inputs: Hashable) -> bytes:
    """Return a key for ``inputs``: of equal ones mostly the same, of others another."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # Written out each time that it occurs: what is equal looks the same, whether it is one object or two.
    pickler.fast = True
    pickler.dump((step, inputs))
    return _HASH(stream.getbuffer()).digest()
