"""Publish two releases in turn to a folder, and kill the process at random times.

Usage: ``python -m tests.publishing.killing PLACE ONE OTHER KILLS SEED``. After each kill, one publication runs to its
end. The program fails if that publication fails.
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

#: Seconds after which a publication that was not killed has ended.
_LONGEST = 0.25


def main(place: Path, releases: list[Release], kills: int, seed: int) -> None:
    """Kill ``kills`` publications to ``place``.

    Raises:
        SystemExit: if a publication after a kill fails.
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
        # Only a kill may end the loop. The parent's next publication reports any other error.
        os._exit(1)


def _publish(place: Path, release: Release) -> None:
    publish(release, FolderTarget(place), lambda _inventory, _changed: ())


if __name__ == "__main__":
    _place, _one, _other, _kills, _seed = sys.argv[1:]
    _releases = [found for folder in (_one, _other) if (found := read_release(Path(folder)))]
    main(Path(_place), _releases, int(_kills), int(_seed))
