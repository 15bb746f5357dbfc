"""Killing: publishes two releases in turn to a folder, and kills that at random moments, again and again.

A program of its own: ``python -m tests.publishing.killing PLACE ONE OTHER KILLS SEED``. After each kill one publication
runs to its end; the program fails when that one does.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from plugins.publishing.publication import publish
from plugins.publishing.release.build import read_release
from plugins.publishing.release.release import Release
from plugins.publishing.targets.folder import FolderTarget

#: A publication that is not killed by then has ended before.
_LONGEST = 0.25


def main(place: Path, releases: list[Release], kills: int, seed: int) -> None:
    """Kill ``kills`` publications to ``place``.

    Raises:
        SystemExit: when a publication after one that was killed fails.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    for number in range(kills):
        child = os.fork()
        if not child:
            _for_ever(place, releases)
        time.sleep(chance.uniform(0, _LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _publish(place, releases[number % len(releases)])


def _for_ever(place: Path, releases: list[Release]) -> None:
    try:
        while True:
            for one in releases:
                _publish(place, one)
    finally:
        # Only a kill may end it: whatever else does is a fault, which the next publication will meet, too.
        os._exit(1)


def _publish(place: Path, release: Release) -> None:
    publish(release, FolderTarget(place), lambda _inventory, _changed: ())


if __name__ == "__main__":
    _place, _one, _other, _kills, _seed = sys.argv[1:]
    _releases = [found for folder in (_one, _other) if (found := read_release(Path(folder)))]
    main(Path(_place), _releases, int(_kills), int(_seed))
