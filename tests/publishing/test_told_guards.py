"""Each guard of what is told besides the pages, taken out, is missed by a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import Mutant, survivors

_FINDING = "tests/pages/test_sitemap_entries.py"
_SITEMAP = "tests/publishing/test_sitemap.py"
_SECURITY = "tests/publishing/test_security_txt.py"
_LEFT_OUT = f"{_SITEMAP} -k left_out"
_INDEXABLE = "found=found) if meta.indexable else spec"

GUARDS = [
    Mutant("plugins.pages.sitemap_entries", 'entry.allows("search") and ', "", _FINDING),
    Mutant("plugins.pages.sitemap_entries", " and entry.is_live(self._library.as_of)", "", _FINDING),
    Mutant("plugins.pages.sitemap_entries", ' if entry.allows("image") else None', "", _FINDING),
    Mutant("plugins.pages.sitemap_entries", " and day <= as_of", "", _FINDING),
    Mutant("plugins.pages.sitemap_entries", " if self._may_be_found(entry)}", "}", _FINDING),
    Mutant("plugins.pages.pages", _INDEXABLE, "found=found)", _LEFT_OUT),
    Mutant("plugins.pages.lists", _INDEXABLE, "found=found)", _LEFT_OUT),
    Mutant("plugins.publishing.sitemap", "len(pages) <= limit", "True", f"{_SITEMAP} -k long_map"),
    Mutant("plugins.publishing.security_txt", "_MONTHS = 7", "_MONTHS = 6", _SECURITY),
    Mutant("plugins.publishing.security_txt", "_MONTHS = 7", "_MONTHS = 12", _SECURITY),
    Mutant(
        "plugins.publishing.security_txt",
        ' if contact.url.startswith("https://") else ""',
        "",
        f"{_SECURITY} -k register",
    ),
    Mutant(
        "plugins.publishing.security_txt", ' if url.startswith("https://") else []', "", f"{_SECURITY} -k encryption"
    ),
    Mutant("plugins.publishing.plugin", "    if address:\n", "    if True:\n", f"{_SECURITY} -k without"),
]


@pytest.mark.deep
def test_every_guard_is_tested(tmp_path: Path) -> None:
    """Without any one of these guards some test fails."""
    assert survivors(GUARDS, tmp_path) == []
