"""Write the corpus as the site of one tool, change it, build it and read the result."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec import Struct

from tests.benchmarks.build.corpus import Article, Corpus
from tests.benchmarks.build.measuring import Failed, Measurement, measure
from tests.benchmarks.build.tools import Tool


class Site(Struct, frozen=True):
    """The site of one tool.

    Attributes:
        tool: the tool that builds it.
        corpus: its articles.
        folder: its folder.
    """

    tool: Tool
    corpus: Corpus
    folder: Path

    def begin(self) -> None:
        """Write the whole site before its first build."""
        self.folder.mkdir(parents=True)
        if self.tool.template:
            left_out = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(self.tool.template, self.folder, dirs_exist_ok=True, ignore=left_out)
        if self.tool.modules:
            (self.folder / "node_modules").symlink_to(self.tool.modules)
        self.tool.dialect.write(self.folder, self.corpus)

    def build(self) -> Measurement:
        """Build the site in a new process, and return the measurements.

        Raises:
            Failed: when the build fails or writes fewer pages than there are articles.
        """
        taken = measure(self.tool.command(self.folder), self.tool.home or self.folder)
        if not self._page(self.corpus.articles[-1]).is_file():
            raise Failed(f"{self.tool.title} made no page of the newest article")
        return taken

    def remove_output(self) -> None:
        """Remove the output of the last build."""
        _remove(self.folder / self.tool.output)

    def remove_caches(self) -> None:
        """Remove the caches of earlier builds."""
        for name in self.tool.caches:
            _remove(self.folder / name)

    def write(self, article: Article, more: str = "") -> None:
        """Write ``article`` again, with the paragraph ``more`` at its end."""
        self.tool.dialect.write_article(self.folder, self.corpus, article, more)

    def remove(self, article: Article) -> None:
        """Remove the file of ``article``."""
        (self.folder / self.tool.dialect.file(article)).unlink()

    def shows(self, words: str, article: Article) -> bool:
        """Tell whether the page of ``article`` contains ``words``."""
        page = self._page(article)
        return page.is_file() and words in page.read_text(encoding="utf-8")

    def pages(self) -> int:
        """Return the number of pages."""
        return sum(1 for _ in (self.folder / self.tool.output).rglob("*.html"))

    def _page(self, article: Article) -> Path:
        return self.folder / self.tool.output / "articles" / article.slug / "index.html"


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
