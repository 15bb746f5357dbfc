"""A rule that a page or a feed breaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One rule broken in one place.

    Attributes:
        page: the address of the page from the root of the site, or the path of a file.
        rule: permanent name of the rule, in kebab-case.
        element: a selector, line or address to find the place by; "" for the whole page.
        detail: what was found there.
    """

    page: str
    rule: str
    element: str
    detail: str

    def __str__(self) -> str:
        """Return one line: page, rule, element, what is wrong."""
        parts = (self.page, self.rule, self.element, self.detail)
        return "  ".join(" ".join(part.split()) for part in parts if part)
