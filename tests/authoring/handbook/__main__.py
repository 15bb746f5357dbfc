"""Update the messages in the handbook from builds: ``python -m tests.authoring.handbook``.

The tests of the handbook fail when it is out of date.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

import yaml

from plugins.authoring.handbook.pages import PROBLEMS
from tests.authoring.handbook.cases import HANDBOOK, build_of, mistakes, reports, spoilt_sites
from tests.sites.building import run_here


def list_problems() -> None:
    """Write the list of problems: one case for each name, from the folder of that name where there is one."""
    found: dict[str, dict[str, str]] = {}
    for folder in spoilt_sites():
        with tempfile.TemporaryDirectory() as place:
            told = reports(run_here(folder, Path(place) / "output"))
        for severity, name, message, hint in told:
            if name not in found or folder.name == name:
                found[name] = {
                    "name": name, "severity": severity, "message": message, "hint": hint, "case": folder.name
                }  # fmt: skip
    items = [found[name] for name in sorted(found)]
    head = "# Written by `python -m tests.authoring.handbook`: problems of the folders in tests/sites. Do not edit.\n"
    text = head + yaml.safe_dump(items, sort_keys=False, allow_unicode=True, width=1000)
    (HANDBOOK / PROBLEMS).write_text(text, encoding="utf-8")


def write_reports() -> None:
    """Write the report of each mistake below it."""
    for mistake in mistakes():
        with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
            stderr = build_of(Path(place), mistake).stderr
        told = next(text for text in stderr.split("\n\n") if text.startswith("error["))
        file = HANDBOOK / mistake.chapter
        text = file.read_text(encoding="utf-8")
        old = f"```mistake\n{mistake.text}\n```\n\n```problem\n{mistake.told}\n```\n"
        if old not in text:
            sys.exit(f"error: in {mistake.chapter} no `problem` follows `{mistake.text}`")
        file.write_text(text.replace(old, old.replace(mistake.told, told.strip("\n"))), encoding="utf-8")


if __name__ == "__main__":
    write_reports()
    list_problems()
