"""Name the violations that a scan finds."""

from __future__ import annotations

from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import Findings
from plugins.privacy_receipt.origin import SiteOrigin

OURS = FragmentCache(SiteOrigin("https://community.example"))


PAGE = '<!doctype html><html lang="en"><title>x</title>{}'


def names(found: Findings) -> set[str]:
    """Return the kinds of the violations in ``found``."""
    return {violation.name for violation in found}
