"""Scripts of components are minified, named by their content and limited."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from plugins.assets.scripts import scripts, strip_comments
from tests.sites.building import ROOT
from tests.sites.writing import write

#: The most bytes of each script, gzipped.
LIMITS = {"exit-link": 1_024, "feed-box": 512, "search-box": 4_096}


def test_script_address_depends_on_published_bytes(tmp_path: Path) -> None:
    """The address of a script depends on the published bytes, not on comments."""
    addresses = [
        next(scripts(write(tmp_path, {"components/a/a.js": text}))).permalink
        for text in ("// One\nlet x;\n", "// Other\n  let x;\n", "let y;\n")
    ]
    assert addresses[0] == addresses[1] != addresses[2]
    assert re.fullmatch(r"/theme/a-[0-9a-f]{10}\.js", addresses[0])


def test_strip_comments() -> None:
    """Only comment lines, blank lines and indentation are removed."""
    assert strip_comments("// a\n  b(); // c\n\n  'https://x';\n") == "b(); // c\n'https://x';\n"


def test_scripts_are_within_their_limits() -> None:
    """Every script has a limit and is within it."""
    made = {script.name: len(gzip.compress(script.data, 9)) for script in scripts(ROOT / "theme")}
    assert made.keys() == LIMITS.keys()
    assert {name: size for name, size in made.items() if size > LIMITS[name]} == {}


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_scripts_use_no_forbidden_interfaces(name: str) -> None:
    """No script creates HTML from text, stores data on the device, or sends requests."""
    text = (ROOT / "theme" / "components" / name / f"{name}.js").read_text(encoding="utf-8")
    writes = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\("
    keeps_or_sends = r"Storage|cookie|indexedDB|fetch\(|XMLHttp|sendBeacon"
    assert re.findall(f"{writes}|{keeps_or_sends}", text) == []
