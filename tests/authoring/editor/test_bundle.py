"""Test the text editor's treatment of Markdown, and that its bundle matches the lock file."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plugins.authoring.editor.bundling import FOLDER, STATIC, make
from plugins.authoring.editor.form.source_text import NotUtf8Error, SourceText
from tests.provisioning import javascript
from tests.sites.building import ROOT

#: Markdown constructs that editors tend to rewrite.
STRESS = [
    "A line\nand another",
    "Title\n=====\n\nText",
    "* one\n* two\n\n+ three",
    "- a\n- b\n\n- c half loose",
    "1. a\n   - b\n   - c\n2. d",
    "1. a\n  - b in two spaces",
    "1) a\n2) b",
    "1. a\n1. b\n1. c",
    "- [ ] a task\n- [x] done",
    "    indented code\n\ntext",
    "```sh\ncode *not* marked\n```",
    "~~~\ntildes\n~~~",
    "| a | b |\n|---|:-:|\n| 1 | `x|y` |",
    "Term\n:   what it means",
    "A note[^1] and [another][ref].\n\n[^1]: The note.\n\n[ref]: https://example.org/ 'T'",
    "<div>\nHTML\n</div>\n\ntext <b>bold</b> &amp; more",
    "<!-- a comment -->\n\ntext <!-- within -->",
    "snake_case and 2 * 3 * 4 and a [sic] and a\\*b",
    "__strong__ and _em_ and ***both*** and **a *b* c**",
    "two spaces  \nbreak and a backslash\\\nbreak",
    '![alt [x]](a.jpg "t") and ![plain](b.jpg){: .wide}',
    "[a](<b c.md>) and <https://example.org/> and https://example.org/",
    "[kept]({filename}/articles/x/index.md#part)",
    "/// quote | Somebody\nWords.\n\nMore.\n///",
    "//// call-to-action | A\n/// help | samaritans\n///\n////",
    "/// reflection\n- one?\n- two?\n///",
    "/// unclosed\ntext",
    "> quoted\nlazy\n\n> > deeper",
    "***\n\n- - -\n\n___",
    "# One\n## Two ##\n### Three\nstraight after",
    "a\u00a0b \u2013 \u201cquoted\u201d \u2026 caf\u00e9 \U0001f600",
    "trailing   \n\n\n\nfour blank lines before",
    "*[NHS]: National Health Service\n\nNHS",
    "Text {: .class }\n\n{: #id }",
    "10. ten\n11. eleven",
    "",
]


def _bodies() -> list[str]:
    found = []
    for folder in ("content", "tests/sites", "docs/handbook"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix.lower() == ".md" and file.is_file():
                sheet = SourceText(file.read_bytes())
                try:
                    found.append(sheet.body)
                except NotUtf8Error:
                    continue
    return found


def _told(texts: list[str]) -> Any:
    javascript.install_packages(FOLDER)
    script = Path(__file__).parent / "round_trip.mjs"
    command = [str(javascript.node()), str(script), str(FOLDER / "src")]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.real
def test_every_text_of_the_project_comes_back_byte_for_byte() -> None:
    """An unchanged text is equal, an added word changes one line, and no move of a block loses a word."""
    told = _told(_bodies())
    assert told["wrong"] == []
    assert told["texts"] > 300
    assert told["edits"] > 500
    assert told["kept"] < told["blocks"] / 4


@pytest.mark.real
def test_what_the_editor_does_not_know_stays_as_it_is_written() -> None:
    """Each construct is kept, alone and between changed paragraphs."""
    told = _told([*STRESS, *(f"Before.\n\n{text}\n\nAfter." for text in STRESS)])
    assert told["wrong"] == []


@pytest.mark.real
def test_spaces_at_the_ends_of_lines_mean_nothing() -> None:
    """A text with such spaces can be edited as any other."""
    told = _told(
        ["A sentence. \n\nTwo \nlines.   ", "- one \n- two ", " before", "## Heading ", "/// quote | A\nWords. \n///"]
    )
    assert (told["wrong"], told["kept"]) == ([], 0)
    assert told["edits"] == told["blocks"]


@pytest.mark.real
def test_the_bundle_is_that_of_the_lock_file(tmp_path: Path) -> None:
    """A new build of the bundle and its licences is identical."""
    javascript.install_packages(FOLDER)
    make(javascript.node(), tmp_path)
    for name in ("bundle.js", "licences.txt"):
        assert (tmp_path / name).read_bytes() == (STATIC / name).read_bytes(), f"run  inv bundle : {name} is old"


def test_the_bundle_is_small_and_everybody_in_it_is_named() -> None:
    """It has at most 250 kB compressed, and each package in it has its licence in ``licences.txt``."""
    assert len(gzip.compress((STATIC / "bundle.js").read_bytes(), 9)) <= 250_000
    licences = (STATIC / "licences.txt").read_text()
    lock = json.loads((FOLDER / "package-lock.json").read_text())["packages"]
    named = dict(re.findall(r"^(\S+) (\S+) \(MIT\)$", licences, re.MULTILINE))
    for name, version in named.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    needed = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    assert set(needed) <= set(named)
