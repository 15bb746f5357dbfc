"""Extras: the packages that only some commands need, and how to install them."""

from __future__ import annotations

import sys
from importlib.util import find_spec

#: A module of each extra of pyproject.toml that nothing else installs.
_MODULES = {"audit": "playwright", "s3": "boto3", "test": "pytest"}


def lacking(extra: str) -> str:
    """Return the sentence that says how to install ``extra``; "" when it is installed."""
    if find_spec(_MODULES[extra]) is not None:
        return ""
    command = f".venv/bin/pip install -c constraints.txt -e '.[{extra}]'"
    return f"This needs packages that are not installed. Install them:  {command}"


def require(extra: str) -> None:
    """End the command unless ``extra`` is installed.

    Raises:
        SystemExit: with status 1 and how to install it.
    """
    if told := lacking(extra):
        sys.exit(f"error: {told}")
