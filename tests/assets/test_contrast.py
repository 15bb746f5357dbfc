"""Test that the colours of the theme can be told apart, and that a build says which cannot."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from plugins.assets.contrast import PAIRS, TOKENS, check_contrast
from tests.sites.building import ROOT, SITES, run_here

CSS = (ROOT / "theme" / TOKENS).read_text(encoding="utf-8")
#: The first block alone.
DAY = CSS.partition("\n.dusk")[0]


def changed(selector: str, token: str, value: str, css: str = CSS) -> str:
    """Return the tokens with another value of ``token`` in the last block of ``selector``."""
    start = css.rindex(f"{selector} {{")
    made, count = re.subn(rf"--{token}: [^;]+;", f"--{token}: {value};", css[start:], count=1)
    assert count
    return css[:start] + made


def test_the_theme_keeps_its_contrast() -> None:
    """Every pair is of tokens that the theme has, and has its contrast at every time of day."""
    assert {name for over, under, _ in PAIRS for name in (over, under)} <= set(re.findall(r"--([\w-]+):", CSS))
    assert list(check_contrast(CSS, TOKENS)) == []


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (changed(":root", "soft", "#777", DAY), "`--soft` on `--paper` has a contrast of 4.2:1 by day"),
        (changed(".dusk", "link", "#888", CSS.partition("\n@media")[0]), "by day, on stories, and needs 7:1"),
        (changed("  :root", "ink", "#456"), "in dark mode, and needs 7:1"),
        (changed("  .dusk", "head", "rgb(90, 90, 90)"), "in dark mode, on stories, and needs 7:1"),
        (changed(":root", "edge", "#eee", DAY), "a contrast of 1.1:1 by day, and needs 3:1"),
    ],
)  # fmt: skip
def test_a_pale_colour_is_told_once_with_its_line(css: str, told: str) -> None:
    """The warning names both tokens, the contrast, the time of day and the line."""
    found = list(check_contrast(css, TOKENS))
    (first,) = [problem for problem in found if told in problem.message][:1]
    line = css.splitlines()[first.position.line - 1]
    assert re.match(r" +--(soft|link|ink|head|edge|paper):", line)
    assert len({(problem.position, problem.message) for problem in found}) == len(found)


@pytest.mark.parametrize("value", ["var(--ink)", "color-mix(in srgb, red, blue)", "transparent", ""])
def test_what_is_no_plain_colour_is_passed_over(value: str) -> None:
    """A value that cannot be compared gives no warning, and stops nothing."""
    list(check_contrast(f":root {{ --ink: {value}; --paper: #fff }}", TOKENS))


def test_black_on_white_is_21() -> None:
    """The formula is that of WCAG, with its two ends."""
    (told,) = check_contrast(":root { --ink: #fff; --paper: #fff }", TOKENS)
    assert "1.0:1" in told.message
    assert list(check_contrast(":root { --ink: #000; --paper: #fff }", TOKENS)) == []


def test_a_build_warns(tmp_path: Path) -> None:
    """A build names the file and the line, and goes on."""
    theme = Path(shutil.copytree(ROOT / "theme", tmp_path / "theme"))
    (theme / TOKENS).write_text(changed(":root", "ink", "#999", DAY), encoding="utf-8")
    done = run_here(SITES / "minimal", tmp_path / "output", THEME=str(theme))
    assert done.status == 0
    assert re.search(rf"warning\[low-contrast\].*`--ink`.*\n.*{TOKENS}:\d+:\d+", done.stderr)
