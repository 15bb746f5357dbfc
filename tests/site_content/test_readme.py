"""Test the README of this site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

from tests.sites.building import ROOT, run_here
from tests.test_docs import BUILD, blocks, text


def test_the_readme_begins_with_words_and_a_picture() -> None:
    """The README describes the site, then shows a picture, then the commands."""
    readme = text("README.md")
    words, picture, command = (readme.index(part) for part in ("A home on the web", "![", BUILD))
    assert words < picture < command


def test_the_article_of_the_readme_can_be_published(tmp_path: Path) -> None:
    """The README's example article builds with the real content and without a warning about it."""
    (article,) = blocks("README.md", "markdown")
    content, output = tmp_path / "content", tmp_path / "output"
    shutil.copytree(ROOT / "content", content)
    folder = content / "articles" / "a-walk-before-work"
    folder.mkdir()
    (folder / "index.md").write_text(article, encoding="utf-8")
    done = run_here(content, output)
    assert done.status == 0, done.stderr
    assert "a-walk-before-work" not in done.stderr
    page = (output / "articles" / "a-walk-before-work" / "index.html").read_text(encoding="utf-8")
    assert "Choose a way that you like" in page


def test_the_help_link_of_the_readme_names_a_contact() -> None:
    """The help link in the README's example names a contact of the register."""
    register = yaml.safe_load(text("content/register/help.yaml"))
    (named,) = set(re.findall(r"\(help:([a-z0-9-]+)\)", text("README.md")))
    assert named in {contact["id"] for contact in register}


def test_the_picture_of_the_readme_is_small() -> None:
    """The screenshot has at most 200 kB."""
    assert (ROOT / "docs" / "home.webp").stat().st_size <= 200_000
