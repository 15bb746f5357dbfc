"""Check pages in Firefox."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plugins.link_check.built_site import BuiltPage
from plugins.link_check.violation import Violation
from tests.site_audit.engines.programs import answers
from tests.site_audit.tools import PACKAGES, Tools

_SCRIPT = PACKAGES / "firefox.mjs"
_WIDTHS = (320, 1280)


def check(url: str, pages: Sequence[BuiltPage], tools: Tools, tick: Callable[[], None]) -> Iterator[Violation]:
    """Yield the errors of Firefox's console, and pages that scroll sideways."""
    question = {
        "firefox": str(tools.firefox),
        "root": url,
        "pages": [page.address for page in pages],
        "widths": _WIDTHS,
    }
    for answer in answers(tools.node, _SCRIPT, question, tick):
        for complaint in answer["complaints"]:
            yield Violation(answer["page"], "firefox-error", complaint, "Firefox says so")
        for one in answer["sideways"]:
            yield Violation(answer["page"], "firefox-reflow", "html", f"{one['wide']} px too wide at {one['width']} px")
