"""Test that the tests of the sitemap and of ``security.txt`` detect the removal of each guard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import Mutant, survivors

_FINDING = "tests/pages/test_indexing.py"
_SITEMAP = "tests/publishing/test_sitemap.py"
_SECURITY = "tests/publishing/test_security_txt.py"

GUARDS = [
    Mutant("plugins.pages.indexing", 'return entry.allows("search")', "return True", _FINDING),
    Mutant("plugins.pages.indexing", "page.template in _INDEXED and ", "", _FINDING),
    Mutant("plugins.pages.indexing", " and self._hidden.isdisjoint(_permalinks(page))", "", _FINDING),
    Mutant("plugins.pages.indexing", "not self.is_indexed(page) or ", "", _FINDING),
    Mutant(
        "plugins.pages.indexing",
        " or (entry is not None and not entry.is_live(self._library.as_of))",
        "",
        _FINDING,
    ),
    Mutant("plugins.pages.indexing", "if entry.is_live(as_of) and ", "if ", _FINDING),
    Mutant("plugins.pages.indexing", ' and entry.allows("image") else None', " else None", _FINDING),
    Mutant("plugins.pages.indexing", " and day <= as_of", "", _FINDING),
    Mutant("plugins.pages.page_meta", "indexing.is_indexed(page)", "True", f"{_SITEMAP} -k left_out"),
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
    """Each mutant makes a test fail."""
    assert survivors(GUARDS, tmp_path) == []
