"""Standing: which files of the last build stand in the output folder as this build would make them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from plugins.base.fingerprint import DIGEST_SIZE, Fingerprints
from plugins.base.parallel import run_in_processes
from plugins.engine.incremental.snapshot import Snapshot
from plugins.engine.incremental.state import Made
from plugins.engine.output_index import FileRecord, OutputIndex, WriteResult
from plugins.engine.outputs import Output, Recipe


class RecordedOutputIndex(OutputIndex):
    """Compares what files are made of with what those in the output folder were made of.

    Args:
        made: the files of the last build.
        look: what was seen of the output folder.
        prints: works out what files are made of.
        renewed: what is different for every file, in words.

    Attributes:
        fingerprints: of the files of this build; b"" where nobody can say what a file is made of.
        files: all that stands in the output folder after this build.
        changed: the paths of those that it put in or took out.
    """

    def __init__(
        self, made: Mapping[str, Made], look: Snapshot, prints: Fingerprints, renewed: Sequence[str] = ()
    ) -> None:
        self._made = made
        self._renewed = renewed
        self._look = look
        self._tampered = look.changed
        self._prints = prints
        self.fingerprints: dict[str, bytes] = {}
        self.files: Mapping[str, FileRecord] = {}
        self.changed: frozenset[str] = frozenset()

    def standing(self, outputs: Sequence[Output]) -> Mapping[str, FileRecord]:
        """Return those of ``outputs`` that need not be made."""
        found: dict[str, FileRecord] = {}
        known = [output for output in outputs if isinstance(output.make, Recipe)]
        for output, fingerprint in zip(known, run_in_processes(self._fingerprint, known), strict=True):
            self.fingerprints[output.path] = fingerprint
            before = self._made.get(output.path)
            if before is not None and before[0] == fingerprint and output.path not in self._tampered:
                found[output.path] = FileRecord(before[1].hex(), before[2])
        return found

    def _fingerprint(self, output: Output) -> bytes:
        """Return the fingerprint of all that ``output`` is made of, and after it those of the parts."""
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
        """Return, in words, why ``output`` was made anew, or why it was not."""
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
        # The first stands for all of them.
        pieces = (slice(at * DIGEST_SIZE, (at + 1) * DIGEST_SIZE) for at in range(1, len(names) + 1))
        changed = [name for name, piece in zip(names, pieces, strict=True) if now[piece] != before[0][piece]]
        if changed:
            return f"was made anew: {_listed(changed)} changed"
        return f"was not made anew: nothing of what it is made of changed ({_listed(names)})"

    @property
    def present(self) -> Collection[str]:
        """All that stood in the output folder when the build began, folders with a slash behind."""
        return {*self._look.files, *(f"{folder}/" for folder in self._look.folders if folder)}

    def placed(self, files: Mapping[str, FileRecord], placed: WriteResult) -> None:
        """Note that ``files`` are all that the output folder holds now, and what was ``placed`` just now."""
        self.files, self.changed = dict(files), frozenset((*placed.written, *placed.removed))

    def made(self) -> dict[str, Made]:
        """Return the files of this build, for the next."""
        return {
            path: (self.fingerprints.get(path, b""), bytes.fromhex(file.sha256), file.size)
            for path, file in self.files.items()
        }


def parts_of(output: Output) -> Mapping[str, object]:
    """Return what ``output`` is made of, under names for people; nothing where it does not say."""
    recipe = output.make
    return recipe.parts() if isinstance(recipe, Recipe) else {}


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
