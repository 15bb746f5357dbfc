"""The sentences of the theme: what templates and macros say in their own words."""

from __future__ import annotations

import html
import re
from pathlib import Path

from jinja2 import nodes

from plugins.pages.environment import environment
from tests.theme.test_components import SITE, THEME

#: Fewer words than this make a label, not a sentence.
_LEAST = 5


def sentences() -> set[str]:
    """Return each run of at least five words between two tags or values, in templates and macros."""
    env = environment(THEME, SITE)
    files = [*(THEME / "templates").glob("*.html"), *(THEME / "components").glob("*/macro.html")]
    return {sentence for file in files for sentence in _of(env.parse(file.read_text(encoding="utf-8")))}


def _of(tree: nodes.Template) -> set[str]:
    found: set[str] = set()
    for data in tree.find_all(nodes.TemplateData):
        for piece in re.split(r"<[^>]*>|\n", data.data):
            said = " ".join(html.unescape(piece).split())
            if not re.search(r'[<>=]|^"', said) and len(re.findall(r"[A-Za-z’']+", said)) >= _LEAST:
                found.add(said)
    return found


def file(name: str) -> Path:
    """Return a file beside this one."""
    return Path(__file__).parent / name
