"""Run Lighthouse on a simulated phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from plugins.link_check.built_site import BuiltPage
from plugins.link_check.violation import Violation
from tests.site_audit.engines.programs import answers
from tests.site_audit.pages import is_indexable
from tests.site_audit.rules import BLOCKING_TIME, LARGEST_PAINT, LAYOUT_SHIFT, Figure, Finding
from tests.site_audit.tools import PACKAGES, Tools

_SCRIPT = PACKAGES / "lighthouse.mjs"
_BEST = 100
#: A page with a violation is measured again, because a busy machine makes results worse and never better.
_TRIES = 3


def check(url: str, pages: Sequence[BuiltPage], tools: Tools, tick: Callable[[], None]) -> Iterator[Finding]:
    """Yield the figures and violations of the best of up to three runs for each page."""
    left = list(pages)
    for number in range(1, _TRIES + 1):
        again: list[BuiltPage] = []
        question = {
            "chromium": str(tools.chromium),
            "flags": tools.chromium_flags,
            "root": url,
            "pages": [{"address": page.address, "indexable": is_indexable(page)} for page in left],
        }
        found = answers(tools.node, _SCRIPT, question, tick if number == 1 else _nothing)
        for page, answer in zip(left, found, strict=True):
            violations = list(_violations(answer))
            if violations and number < _TRIES:
                again.append(page)
            else:
                measured = {**answer["scores"], **answer["figures"]}
                yield from (Figure(page.address, name, value) for name, value in measured.items())
                yield from violations
        if not again:
            return
        left = again


def _violations(answer: dict[str, Any]) -> Iterator[Violation]:
    page, figures = answer["page"], answer["figures"]
    for category, score in answer["scores"].items():
        if score < _BEST:
            audits = [audit["audit"] for audit in answer["failed"] if audit["category"] == category]
            yield Violation(
                page, "lighthouse-score", category, f"{score} of 100: {', '.join(audits) or 'small losses only'}"
            )
    if figures["paint"] > 1000 * LARGEST_PAINT:
        yield Violation(page, "largest-paint", "", f"after {figures['paint'] / 1000:.2f} s")
    if figures["blocking"] > BLOCKING_TIME:
        yield Violation(page, "blocking-time", "", f"{figures['blocking']:.0f} ms")
    if figures["shift"] > LAYOUT_SHIFT:
        yield Violation(page, "layout-shift", "", f"a shift of {figures['shift']:.3f}")


def _nothing() -> None:
    """Do nothing, because only the first run counts as progress."""
