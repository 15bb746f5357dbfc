"""Run event loops in tests."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

_Result = TypeVar("_Result")


@contextmanager
def without_event_loop() -> Iterator[None]:
    """Hide the event loop that Playwright leaves running in the thread of the tests, so that another can run."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


def run(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    """Run ``coroutine`` and return its result."""
    with without_event_loop():
        return asyncio.run(coroutine)
