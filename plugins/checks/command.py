"""Check a built site for a command: what was asked becomes a gate, what it found becomes lines and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from plugins.checks.asked import Options
from plugins.checks.built import BuiltSite, NoSite
from plugins.checks.engines.programs import EngineError
from plugins.checks.gate import Engines, Gate, without_heavy
from plugins.checks.report import Progress, as_json, line, table, write_json
from plugins.checks.rules import HEAVY, Miss, UnknownRule, chosen
from plugins.checks.serving import ServingError
from plugins.content_model.terminal import counted


def check(output: str, *engines: Engines, **asked: Unpack[Options]) -> None:
    """Check the built site in the folder ``output`` with ``engines``.

    Raises:
        SystemExit: with status 1 when a page misses a rule, or nothing could be checked.
    """
    try:
        gate = _gate(Path(output), engines, asked)
        misses, measured = gate.run(Progress())
    except (NoSite, UnknownRule, ServingError, EngineError) as error:
        sys.exit(f"error: {error}")
    for miss in misses:
        print(line(miss))
    if asked.get("figures"):
        print(table(measured))
    if asked.get("json"):
        addresses, heavy = ([page.address for page in pages] for pages in (gate.pages, gate.heavy))
        write_json(Path(asked["json"]), as_json(misses, measured, gate.rules, addresses, heavy))
    print(_summary(gate, misses))
    if misses:
        sys.exit(1)


def _gate(folder: Path, engines: Sequence[Engines], asked: Options) -> Gate:
    site = BuiltSite(folder)
    rules = chosen(_words(asked.get("only", "")))
    addresses = _words(asked.get("pages", ""))
    pages = site.some(addresses)
    return Gate(
        site=site,
        rules=without_heavy(rules) if asked.get("quick") else rules,
        pages=pages,
        # Who names pages wants them checked, every one.
        heavy=pages if asked.get("every") or addresses else site.sample(pages),
        whole=not addresses,
        engines=engines,
    )


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]


def _summary(gate: Gate, misses: Sequence[Miss]) -> str:
    pages, rules = len(gate.pages), len(gate.rules)
    said = f"{counted(pages, 'page')}, {counted(rules, 'rule')}: "
    said += f"{len(misses)} missed." if misses else "all kept."
    sampled = sorted({rule.engine for rule in gate.rules} & set(HEAVY))
    if sampled and len(gate.heavy) < pages:
        said += f" Of {' and '.join(sampled)}, one page of each type ({len(gate.heavy)}); --all takes every page."
    return said
