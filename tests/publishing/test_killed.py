"""Test that readers see whole pages while publications are killed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from plugins.engine.output_index import MANIFEST, beside
from plugins.publishing.publication import publish
from plugins.publishing.release.build import make_release
from plugins.publishing.release.release import Release
from plugins.publishing.targets.folder import FolderTarget
from tests.publishing.hosts.serving import ask, serving
from tests.sites.building import ROOT, Built, copied

pytestmark = pytest.mark.deep

KILLS = 50
READERS = 2


@pytest.fixture
def releases(minimal: Built, tmp_path: Path) -> list[Release]:
    """Return two releases of one site that differ in every page and in the script that pages load."""
    other = copied(minimal.output, tmp_path / "other")
    manifest = json.loads((beside(other) / MANIFEST).read_bytes())
    for page in other.rglob("*.html"):
        data = page.read_bytes().replace(b"</body>", b"<!-- other --></body>")
        page.write_bytes(data)
        listed = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
        manifest["files"][page.relative_to(other).as_posix()] = listed
    (beside(other) / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    url = "https://example.org"
    return [make_release(site, tmp_path / f"release-{site.name}", url=url) for site in (minimal.output, other)]


class Reader(threading.Thread):
    """Requests pages until it is stopped, and records wrong answers."""

    def __init__(self, url: str, releases: list[Release]) -> None:
        super().__init__(daemon=True)
        self.wrong: list[str] = []
        self.seen: Counter[str] = Counter()
        self.done = threading.Event()
        self._url = url
        inventory = releases[0].inventory
        pages = [path for path in inventory.items if path.endswith("index.html")]
        # The release of each body that may be seen at an address. A host answers an alias with a redirect.
        self._known = {
            path: {one.inventory.items[path].sha256: one.inventory.id for one in releases}
            for path in pages
            if f"/{path.removesuffix('index.html')}" not in inventory.redirects
        }

    def run(self) -> None:
        """Request pages in a loop."""
        while not self.done.is_set():
            for path, known in self._known.items():
                try:
                    answer = ask(self._url, f"/{path.removesuffix('index.html')}")
                except OSError as error:
                    self.wrong.append(f"{path}: {error}")
                    continue
                release = known.get(sha256(answer.body).hexdigest())
                if answer.status != 200 or release is None:
                    self.wrong.append(f"{path}: {answer.status}, {len(answer.body)} bytes")
                else:
                    self.seen[release] += 1


def test_no_reader_sees_half_a_release(releases: list[Release], tmp_path: Path) -> None:
    """After 50 kills at random times under load, every page was whole and every next publication succeeded."""
    place = tmp_path / "host"
    publish(releases[0], FolderTarget(place), lambda _inventory, _changed: ())
    folders = [str(one.folder) for one in releases]
    command = [sys.executable, "-m", "tests.publishing.killing", str(place), *folders]
    with serving("nginx", place / "current") as server:
        readers = [Reader(server.url, releases) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        done = subprocess.run([*command, str(KILLS), "7"], cwd=ROOT, capture_output=True, text=True, check=False)
        for reader in readers:
            reader.done.set()
            reader.join()
    assert done.returncode == 0, done.stderr
    assert [reader.wrong for reader in readers] == [[]] * READERS
    seen = sum((reader.seen for reader in readers), Counter[str]())
    assert set(seen) == {one.inventory.id for one in releases}
    left = [item.name for item in (place / "releases").iterdir() if item.name.startswith(".")]
    assert left == []
