"""Find the files in the output folder that need no rendering, by the fingerprints of their inputs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from plugins.base.fingerprint import DIGEST_SIZE, Fingerprints
from plugins.base.parallel import SharedWork, helper_count
from plugins.engine.incremental.snapshot import Snapshot, hash_of
from plugins.engine.incremental.state import Made, MadeInsert, State
from plugins.engine.output_index import FileRecord, OutputIndex, WriteResult
from plugins.engine.outputs import Filled, Hole, Output, Recipe


class RecordedOutputIndex(OutputIndex):
    """Index of the output folder that compares the inputs of this build with those of the last.

    Args:
        state: has the files of the last build and their inserts.
        folder: the output folder.
        snapshot: its scan.
        prints: computes fingerprints.
        renewed: names of inputs of every file that changed, for ``why``.

    Attributes:
        fingerprints: of the inputs of the files of this build, by path.
        inserts: as in ``State``, of this build.
        files: all files in the output folder after this build.
        changed: the paths that this build wrote or removed.
    """

    def __init__(
        self, state: State, folder: str, snapshot: Snapshot, prints: Fingerprints, renewed: Sequence[str] = ()
    ) -> None:
        self._made = state.made.value
        self._inserts_before = state.inserts.value
        self._folder = folder
        self._renewed = renewed
        self._snapshot = snapshot
        self._tampered = snapshot.changed
        self._prints = prints
        self._begun: SharedWork[Output, bytes] | None = None
        self.fingerprints: dict[str, bytes] = {}
        self.inserts: dict[bytes, MadeInsert] = {}
        self.files: Mapping[str, FileRecord] = {}
        self.changed: frozenset[str] = frozenset()

    def expect(self, outputs: Sequence[Output]) -> None:
        """Begin to compute the fingerprints of ``outputs``."""
        known = [output for output in outputs if isinstance(output.make, Recipe) and not output.late]
        self._begun = SharedWork(self._fingerprint, known, helpers=helper_count(known))

    def cancel(self) -> None:
        """End the work that ``expect`` began and nothing waits for."""
        if self._begun is not None:
            self._begun.cancel()

    def up_to_date(self, outputs: Sequence[Output]) -> Mapping[str, FileRecord]:
        """Return those of ``outputs`` that need no rendering, by path."""
        found: dict[str, FileRecord] = {}
        known = [output for output in outputs if isinstance(output.make, Recipe)]
        for output, fingerprint in zip(known, self._fingerprints(known), strict=True):
            self.fingerprints[output.path] = fingerprint
            self._note_insert(output, fingerprint[-DIGEST_SIZE:])
            before = self._made.get(output.path)
            if before is not None and before[0] == fingerprint and output.path not in self._tampered:
                found[output.path] = FileRecord(before[1].hex(), before[2], Hole(*before[3]) if before[3] else None)
        return found

    def _fingerprints(self, outputs: Sequence[Output]) -> Sequence[bytes]:
        ready: dict[int, bytes] = {}
        if self._begun is not None:
            ready.update(zip(map(id, self._begun.items), self._begun.results(), strict=True))
            self._begun = None
        others = [output for output in outputs if id(output) not in ready]
        ready.update(zip(map(id, others), map(self._fingerprint, others), strict=True))
        return [ready[id(output)] for output in outputs]

    def _note_insert(self, output: Output, fingerprint: bytes) -> None:
        recipe = output.make
        if isinstance(recipe, Recipe) and recipe.insert is not None and fingerprint not in self.inserts:
            known = self._inserts_before.get(fingerprint)
            self.inserts[fingerprint] = known or (*recipe.insert(recipe.inputs),)

    def refilled(self, output: Output) -> Filled | None:
        """Return the last file of ``output`` with its new insert; None when anything else changed."""
        before, now = self._made.get(output.path), self.fingerprints.get(output.path, b"")
        # The first fingerprint is that of all parts together, and the last that of the insert.
        rest = slice(DIGEST_SIZE, -DIGEST_SIZE)
        if before is None or output.path in self._tampered or before[0][rest] != now[rest]:
            return None
        old, new = self._inserts_before.get(before[0][-DIGEST_SIZE:]), self.inserts.get(now[-DIGEST_SIZE:])
        if old is None or new is None or old[1] != new[1]:
            return None
        data, hole = self._read(output.path), before[3] and Hole(*before[3])
        if not hole or data[hole.at : hole.end] != old[0] or hash_of(data) != before[1]:
            return None
        filled = b"".join((data[: hole.at], new[0], data[hole.end :]))
        return Filled(filled, hole._replace(end=hole.at + len(new[0]), insert=hash_of(new[0])))

    def _read(self, path: str) -> bytes:
        try:
            return Path(self._folder, path).read_bytes()
        except OSError:
            return b""

    def _fingerprint(self, output: Output) -> bytes:
        """Return the fingerprint of all inputs of ``output``, followed by those of its parts."""
        before = self._made[output.path][0] if output.path in self._made else b""
        try:
            parts = tuple(parts_of(output).values())
            whole = self._prints.of(parts)
            if before.startswith(whole):
                return before
            return whole + b"".join(map(self._prints.of, parts))
        except Exception as error:
            error.add_note(f"making {output.path}")
            raise

    def why(self, output: Output) -> str:
        """Return a phrase that says why ``output`` was rendered, or why it was not."""
        if self._renewed:
            return f"was made anew, as every file: {_listed(self._renewed)} changed"
        before = self._made.get(output.path)
        if before is None:
            return "was made: nothing is known of it from an earlier build"
        if output.path in self._tampered:
            return "was made anew: its file was not there, or was not as it had been written"
        if not isinstance(output.make, Recipe):
            return "was made anew, as in each build: it does not say what it is made of"
        names, now = list(parts_of(output)), self.fingerprints[output.path]
        if len(now) != len(before[0]):
            return "was made anew: it is made of other things than before"
        # The first fingerprint is that of all parts together.
        slices = (slice(at * DIGEST_SIZE, (at + 1) * DIGEST_SIZE) for at in range(1, len(names) + 1))
        changed = [name for name, part in zip(names, slices, strict=True) if now[part] != before[0][part]]
        if changed:
            return f"was made anew: {_listed(changed)} changed"
        return f"was not made anew: nothing of what it is made of changed ({_listed(names)})"

    @property
    def present(self) -> Collection[str]:
        """Paths of all that the output folder held when the build began; folders end in a slash."""
        return {*self._snapshot.files, *(f"{folder}/" for folder in self._snapshot.folders if folder)}

    @property
    def is_ours(self) -> bool:
        """Whether the output folder holds a file with the bytes that the last build recorded."""
        changed = self._snapshot.changed
        return any(digest and path not in changed for path, (_, digest) in self._snapshot.files.items())

    def record(self, files: Mapping[str, FileRecord], result: WriteResult) -> None:
        """Record the ``files`` that the output folder holds now, and the ``result`` of writing them."""
        self.files, self.changed = dict(files), frozenset((*result.written, *result.removed))

    def made(self) -> dict[str, Made]:
        """Return the files of this build, for the state."""
        return {
            path: (self.fingerprints.get(path, b""), bytes.fromhex(file.sha256), file.size, file.hole and (*file.hole,))
            for path, file in self.files.items()
        }


def parts_of(output: Output) -> Mapping[str, object]:
    """Return the inputs of ``output`` by a name for ``--explain``; {} for one without a ``Recipe``."""
    recipe = output.make
    return recipe.parts() if isinstance(recipe, Recipe) else {}


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
