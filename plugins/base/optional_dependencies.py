"""Check that the optional dependencies ("extras") of a command are installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec

#: For each extra of pyproject.toml, a module that only this extra installs.
_MODULES = {"audit": "playwright", "s3": "boto3", "test": "pytest"}


def install_advice(extra: str) -> str:
    """Return a sentence with the command that installs ``extra``, or "" if it is installed."""
    if find_spec(_MODULES[extra]) is not None:
        return ""
    command = f".venv/bin/pip install -c constraints.txt -e '.[{extra}]'"
    return f"This needs packages that are not installed. Install them:  {command}"


def require_extra(extra: str) -> None:
    """Exit with the advice how to install ``extra`` if it is not installed.

    Raises:
        SystemExit: with status 1.
    """
    if advice := install_advice(extra):
        sys.exit(f"error: {advice}")
