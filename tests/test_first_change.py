"""Test the first chapter of CONTRIBUTING by following it in a copy of the project."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from msgspec import Struct

from tests.sites.building import AS_OF, HANG, ROOT, shared

_PARTS = ("content", "docs", "plugins", "tests", "theme")
_CHAPTER = re.compile(r"^## Your first change.*?(?=^## )", re.MULTILINE | re.DOTALL)
#: A code block after a line that names a file to change or create, or a block of commands.
_STEP = re.compile(
    r"(?:\bIn\s`(?P<changed>[^`]+)`[^\n]*:|\bCreate `(?P<created>[^`]+)`:|:)\n\n"
    r"^(?P<fence>`{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
#: Markdown with the block that the chapter adds.
_BLOCK = "/// try-this\nDrink a glass of water.\n///\n"


class Edit(Struct, frozen=True):
    """A change of one file from ``old`` to ``new``; ``old`` is "" for a new file."""

    path: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Make the change in ``root``."""
        file = root / self.path
        if self.old:
            text = file.read_text(encoding="utf-8")
            assert text.count(self.old) == 1, f"{self.path} does not hold, exactly once:\n{self.old}"
            file.write_text(text.replace(self.old, self.new), encoding="utf-8")
        else:
            assert not file.exists()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.new, encoding="utf-8")


def steps() -> Iterator[Edit | str]:
    """Yield the edits and commands of the chapter in order."""
    (chapter,) = _CHAPTER.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    for step in _STEP.finditer(chapter):
        if step["created"]:
            yield Edit(step["created"], "", step["text"])
        elif step["changed"]:
            lines = step["text"].splitlines(keepends=True)
            old, new = ("".join(line[1:] for line in lines if line[0] in marks) for marks in (" -", " +"))
            yield Edit(step["changed"], old, new)
        else:
            assert step["language"] == "sh"
            yield from step["text"].splitlines()


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in ``root``."""
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=root, capture_output=True, text=True, timeout=HANG, check=False
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project."""
    root = tmp_path_factory.mktemp("project")
    for name in _PARTS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for file in (*ROOT.glob("*.py"), *ROOT.glob("*.md"), ROOT / "pyproject.toml"):
        shutil.copy(file, root)
    return root


@pytest.mark.real
def test_the_steps_of_the_chapter_work(copy: Path) -> None:
    """The first command fails before the edits and passes after them. All others pass, and a page has the block."""
    wanted = [step for step in steps() if isinstance(step, Edit) or "/pytest " in step]
    test, first, *rest = wanted
    assert isinstance(test, Edit)
    assert isinstance(first, str)
    test.apply(copy)
    assert "1 failed" in pytest_of(first, copy)
    for step in rest:
        if isinstance(step, Edit):
            step.apply(copy)
    for command in (first, *(step for step in rest if isinstance(step, str))):
        told = pytest_of(command, copy)
        assert " passed" in told, told
        assert " failed" not in told, told
    article = next((copy / "tests" / "sites" / "minimal" / "articles").glob("*/index.md"))
    article.write_text(f"{article.read_text(encoding='utf-8')}\n{_BLOCK}", encoding="utf-8")
    done = run(
        copy, "pelican", "tests/sites/minimal", "-s", "pelicanconf.py", "-o", "output",
        "-e", f'AS_OF="{AS_OF}"', f'CACHE_PATH="{shared() / "cache"}"',
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup(next((copy / "output" / "articles").glob("*/index.html")).read_text("utf-8"), "html5lib")
    block = page.select_one("section.try-this")
    assert block is not None
    assert block.get_text(" ", strip=True) == "Something to try Drink a glass of water."
    assert ".try-this" in str(page.style)


def pytest_of(command: str, root: Path) -> str:
    """Return the output of a pytest command in ``root``."""
    _, *words = shlex.split(command)
    return run(root, "pytest", "-p", "no:cacheprovider", *words).stdout


def test_the_code_of_the_chapter_passes_the_checks(copy: Path) -> None:
    """After all edits, Ruff and the architecture rules find nothing in the changed modules."""
    changed = {step.path for step in steps() if isinstance(step, Edit) and step.path.endswith(".py")}
    for words in (("check",), ("format", "--check")):
        done = run(copy, "ruff", *words, *sorted(changed))
        assert done.returncode == 0, done.stdout


def test_every_block_of_the_chapter_is_a_step() -> None:
    """The chapter has no code block that the test ignores."""
    (chapter,) = _CHAPTER.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    blocks = re.findall(r"^(`{3,})\w+\n.*?^\1$", chapter, re.MULTILINE | re.DOTALL)
    edits = sum(isinstance(step, Edit) for step in steps())
    commands = re.findall(r"^```sh$", chapter, re.MULTILINE)
    assert edits + len(commands) == len(blocks)
