"""Run axe-core on narrow and wide screens in light and dark mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.link_check.violation import Violation
from tests.site_audit.engines.browser import Look, Scheme, probe
from tests.site_audit.tools import Tools

_SCHEMES: Sequence[Scheme] = ("light", "dark")
_SIZES = ((360, 740), (1280, 900))


def check(look: Look) -> Iterator[Violation]:
    """Yield what axe-core finds wrong or cannot decide, once for all windows."""
    source = Tools.package("axe-core/axe.min.js").read_text(encoding="utf-8")
    told: set[Violation] = set()
    # The policy of the page would block axe-core. Another engine checks what the policy blocks.
    window = look.open(bypass_csp=True)
    window.evaluate(source)
    for width, height in _SIZES:
        window.set_viewport_size({"width": width, "height": height})
        for scheme in _SCHEMES:
            window.emulate_media(color_scheme=scheme)
            found = probe(window, "axe")
            violations = [
                *look.violations("axe", found["violations"]),
                *look.violations("axe-undecided", found["incomplete"]),
            ]
            for violation in violations:
                if violation not in told:
                    told.add(violation)
                    yield Violation(
                        violation.page, violation.rule, violation.element, f"{violation.detail} ({width} px, {scheme})"
                    )
