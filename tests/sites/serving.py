"""Serving: gives a finished site an address, as long as a test lasts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.preview.server import PreviewServer


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Give the address, without its last slash, at which the site in ``folder`` is served."""
    with PreviewServer(folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.address.rstrip("/")
        finally:
            server.shutdown()
            thread.join()
