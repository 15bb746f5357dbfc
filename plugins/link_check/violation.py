"""Define a violation of a rule."""

from __future__ import annotations

from msgspec import Struct


class Violation(Struct, frozen=True, order=True):
    """A rule that is broken in one place.

    Attributes:
        page: the root-relative address of the page, or the path of a file.
        rule: the permanent name of the rule, in kebab-case.
        element: a selector, line or address of the place, or "" for the whole page.
        detail: what is wrong there.
    """

    page: str
    rule: str
    element: str
    detail: str

    def __str__(self) -> str:
        """Return page, rule, element and detail on one line."""
        parts = (self.page, self.rule, self.element, self.detail)
        return "  ".join(" ".join(part.split()) for part in parts if part)
