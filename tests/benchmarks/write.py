"""The editor's speed: from what a page sends to what is wrong with it, and to the page that shows it.

Another change comes right before each measured one, as in typing. After an idle pause, the first one can be slower.
"""

from __future__ import annotations

import http.client
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.authoring.editor.running_editor import Running, writing
from tests.benchmarks import corpus

_TIMES = 20
_PAUSE = 1.5


def run(sizes: list[int]) -> Iterator[str]:
    """Yield the lines of the report, for each size."""
    yield f"{'articles':>9}  {'from what was sent':<32} {'p50 s':>7} {'p95 s':>7} {'max s':>7}"
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            content = corpus.write(Path(folder) / "content", size)
            with writing(content) as running:
                while not any("new, after" in line for line in running.said):
                    time.sleep(0.2)
                time.sleep(_PAUSE)
                yield from _measured(running, size)


def _measured(running: Running, size: int) -> Iterator[str]:
    slug = corpus.slug(size // 2)
    path = f"articles/{slug}/index.md"
    browser = _Browser(running)
    page = browser.get(f"/write/edit/{path}")
    held = json.loads(page.split('<script type="application/json" id="held">')[1].split("</script>")[0])
    browser.key = page.split('name="write-key" content="')[1].split('"')[0]
    problems, shown = [], []
    for number in range(_TIMES + 1):
        state = {**held, "values": {}, "body": f"{held['body']}\n\nThis is"}
        browser.post(f"/write/do/autosave/{path}", state)
        state["body"] += f" a seperate line {number}."
        started = time.perf_counter()
        data = browser.post(f"/write/do/autosave/{path}", state)
        problems.append(time.perf_counter() - started)
        assert any(one["word"] == "seperate" for one in data["problems"])
        while f"line {number}." not in browser.get(f"/articles/{slug}/"):
            time.sleep(0.01)
        shown.append(time.perf_counter() - started)
        time.sleep(_PAUSE)
    browser.post(f"/write/do/discard/{path}", {})
    yield _line(size, "to the problem at its word", problems[1:])
    yield _line(size, "to the page", shown[1:])


class _Browser:
    """Asks as the page does, over one connection."""

    def __init__(self, running: Running) -> None:
        parts = urlsplit(running.first)
        self._origin = running.origin
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self._connection.request("GET", f"{parts.path}?{parts.query}")
        answer = self._connection.getresponse()
        answer.read()
        self._cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
        self.key = ""

    def get(self, target: str) -> str:
        """Return a page."""
        self._connection.request("GET", target, headers={"Cookie": self._cookie})
        return self._connection.getresponse().read().decode()

    def post(self, target: str, sent: object) -> Any:
        """Return what is told of ``sent``."""
        headers = {
            "Cookie": self._cookie, "Origin": self._origin, "X-Write-Key": self.key, "Content-Type": "application/json",
        }  # fmt: skip
        self._connection.request("POST", target, json.dumps(sent), headers)
        return json.loads(self._connection.getresponse().read())


def _line(size: int, what: str, seconds: list[float]) -> str:
    cut = statistics.quantiles(seconds, n=20)
    return f"{size:>9}  {what:<32} {statistics.median(seconds):>7.3f} {cut[18]:>7.3f} {max(seconds):>7.3f}"
