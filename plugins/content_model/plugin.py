"""The door of the content model to Pelican: loads the library and leads the build through its stages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from plugins.content_model.build import STAGES, Build
from plugins.content_model.loader import load
from plugins.content_model.memo import Memo, NoMemo
from plugins.content_model.settings import SiteSettings


class LibraryGenerator(Generator):  # type: ignore[misc]
    """Puts a ``Build`` with the loaded library into Pelican's context, under ``build``."""

    def generate_context(self) -> None:
        """Load the content folder and send the stages of the build."""
        site = SiteSettings.from_pelican(self.settings)
        memo: Memo = self.context.get("memo") or NoMemo()
        content = Path(self.path)
        library, problems = load(content, as_of=site.as_of, release=site.release, drafts=site.drafts, memo=memo)
        build = Build(content, Path(self.theme), site, self.settings, library, memo)
        build.problems.extend(problems)
        self.context["build"] = build
        for stage in STAGES:
            stage.send(build)


def get_generators(_pelican: Any) -> type[Generator]:  # noqa: ANN401
    """Offer the generator to Pelican."""
    return LibraryGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(get_generators)
