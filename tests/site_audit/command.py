"""Audit a built site for ``inv audit``: print each violation on a line, and end with a status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from plugins.base.terminal import pluralise
from plugins.link_check.built_site import BuiltSite, SiteNotFoundError
from plugins.link_check.violation import Violation
from tests.site_audit.engines.programs import EngineError
from tests.site_audit.options import Options
from tests.site_audit.pages import sample, select
from tests.site_audit.report import Progress, as_json, table, write_json
from tests.site_audit.rules import HEAVY, UnknownRuleError, chosen
from tests.site_audit.runner import Audit
from tests.site_audit.tools import Tools
from tests.sites.nginx import ServerError


def audit(output: str, *, tools: Tools, **asked: Unpack[Options]) -> None:
    """Check every page of the built site in the folder ``output``.

    Raises:
        SystemExit: with status 1 if a page breaks a rule, or nothing could be checked.
    """
    try:
        run = _audit(Path(output), tools, asked)
        violations, measured = run.run(Progress())
    except (SiteNotFoundError, UnknownRuleError, ServerError, EngineError) as error:
        sys.exit(f"error: {error}")
    for violation in violations:
        print(violation)
    if asked.get("figures"):
        print(table(measured))
    if asked.get("json"):
        addresses, heavy = ([page.address for page in pages] for pages in (run.pages, run.heavy))
        write_json(Path(asked["json"]), as_json(violations, measured, run.rules, addresses, heavy))
    print(_summary(run, violations))
    if violations:
        sys.exit(1)


def _audit(folder: Path, tools: Tools, asked: Options) -> Audit:
    site = BuiltSite(folder)
    rules = chosen(_words(asked.get("only", "")))
    addresses = _words(asked.get("pages", ""))
    pages = select(site, addresses)
    return Audit(
        site=site,
        rules=tuple(rule for rule in rules if rule.engine not in HEAVY) if asked.get("quick") else rules,
        pages=pages,
        # Pages that were selected by address are all checked.
        heavy=pages if asked.get("every") or addresses else sample(pages),
        whole=not addresses,
        tools=tools,
    )


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]


def _summary(run: Audit, violations: Sequence[Violation]) -> str:
    pages, rules = len(run.pages), len(run.rules)
    said = f"{pluralise(pages, 'page')}, {pluralise(rules, 'rule')}: "
    said += f"{pluralise(len(violations), 'violation')}." if violations else "all kept."
    sampled = sorted({rule.engine for rule in run.rules} & set(HEAVY))
    if sampled and len(run.heavy) < pages:
        said += f" Of {' and '.join(sampled)}, one page of each type ({len(run.heavy)}); --all takes every page."
    return said
