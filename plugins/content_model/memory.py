"""Memory: what was worked out before, so that a run need not work it out again.

A build remembers nothing. A command that is run again and again over the same texts (``inv check``) does.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from plugins.content_model.replacing import replace_bytes


class Memory(Protocol):
    """What was worked out before, by topic and key."""

    def recall(self, topic: str, key: str) -> Any:  # noqa: ANN401 - whatever was kept
        """Return what was kept under ``key``, or None."""

    def keep(self, topic: str, key: str, value: object) -> None:
        """Keep ``value`` for the next run."""


class NoMemory:
    """Remembers nothing."""

    def recall(self, _topic: str, _key: str) -> None:
        """Return None."""

    def keep(self, _topic: str, _key: str, _value: object) -> None:
        """Forget at once."""


class FileMemory:
    """Remembers in a file a topic, below a folder that may be deleted at any time; what a run did not ask for goes."""

    def __init__(self, folder: Path) -> None:
        """Remember below ``folder``."""
        self._folder = folder
        self._old: dict[str, dict[str, object]] = {}
        self._new: dict[str, dict[str, object]] = {}
        self._changed: set[str] = set()

    def recall(self, topic: str, key: str) -> Any:  # noqa: ANN401 - whatever was kept
        """Return what was kept under ``key``, or None."""
        if topic not in self._old:
            self._old[topic] = self._read(topic)
        found = self._old[topic].get(key)
        if found is not None:
            self._new.setdefault(topic, {})[key] = found
        return found

    def keep(self, topic: str, key: str, value: object) -> None:
        """Keep ``value`` for the next run."""
        self._new.setdefault(topic, {})[key] = value
        self._changed.add(topic)

    def write(self, *, all_seen: bool) -> None:
        """Write down what is to be remembered; a folder that cannot be written to is no reason to fail.

        Args:
            all_seen: True where this run looked at everything, so that what it did not ask for is of no more use.
        """
        for topic in self._changed:
            kept = self._new[topic] if all_seen else {**self._old.get(topic, {}), **self._new[topic]}
            try:
                replace_bytes(self._file(topic), pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL))
            except OSError:
                return

    def _file(self, topic: str) -> Path:
        return self._folder / f"{topic}.pickle"

    def _read(self, topic: str) -> dict[str, object]:
        try:
            found = pickle.loads(self._file(topic).read_bytes())  # noqa: S301 - written by us, below our own folder
        except (OSError, ValueError, EOFError, AttributeError, ImportError, IndexError, pickle.UnpicklingError):
            return {}
        return found if isinstance(found, dict) else {}


def fingerprint(*parts: str) -> str:
    """Return a key for ``parts``; others give another."""
    return hashlib.sha256("\0".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "replace")).hexdigest()


def sources_fingerprint(folders: Iterable[Path]) -> str:
    """Return a key for the Python sources of ``folders``: what they work out may change when they do."""
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    return fingerprint(*(file.read_text(encoding="utf-8") for file in files))
