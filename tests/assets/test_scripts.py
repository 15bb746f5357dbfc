"""The scripts of components."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from plugins.assets.scripts import bare, scripts
from tests.sites.building import ROOT
from tests.sites.writing import write

#: The most bytes that a script may take on its way, gzipped.
LIMITS = {"exit-link": 1_024, "search-box": 4_096}


def test_scripts_are_named_by_their_content(tmp_path: Path) -> None:
    """The address of a script follows what is sent, not its comments."""
    addresses = [
        next(scripts(write(tmp_path, {"components/a/a.js": text}))).permalink
        for text in ("// One\nlet x;\n", "// Other\n  let x;\n", "let y;\n")
    ]
    assert addresses[0] == addresses[1] != addresses[2]
    assert re.fullmatch(r"/theme/a-[0-9a-f]{10}\.js", addresses[0])


def test_only_comment_lines_and_indents_go() -> None:
    """Code stays as it is, whatever slashes it holds."""
    assert bare("// a\n  b(); // c\n\n  'https://x';\n") == "b(); // c\n'https://x';\n"


def test_every_script_keeps_to_its_bytes() -> None:
    """No script is larger than its limit, and none is without one."""
    made = {script.name: len(gzip.compress(script.data, 9)) for script in scripts(ROOT / "theme")}
    assert made.keys() == LIMITS.keys()
    assert {name: size for name, size in made.items() if size > LIMITS[name]} == {}


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_no_script_needs_what_the_policy_forbids(name: str) -> None:
    """No script writes HTML from text, keeps anything on the device, or asks a server but by loading a module."""
    text = (ROOT / "theme" / "components" / name / f"{name}.js").read_text(encoding="utf-8")
    writes = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\("
    keeps_or_sends = r"Storage|cookie|indexedDB|fetch\(|XMLHttp|sendBeacon"
    assert re.findall(f"{writes}|{keeps_or_sends}", text) == []
