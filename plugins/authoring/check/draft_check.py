"""Check unsaved drafts in the preview of the editor, with the checks of `inv check` that no build runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from plugins.authoring.check.autofix import autofix
from plugins.authoring.check.run import decoded, findings_of, own_slips
from plugins.authoring.check.spelling import SpellingRun, check_spelling
from plugins.base.problem import Problem
from plugins.content_model.loader import KINDS
from plugins.engine.build import Build


@contextmanager
def checking_drafts(drafts: Mapping[str, bytes]) -> Iterator[Callable[[Build], tuple[list[Problem], dict[str, str]]]]:
    """Check the spelling of ``drafts`` while the caller builds the site.

    Yields a function from a build with these texts, after its stages, to the findings in them and the text of each
    after the safe fixes.

    Args:
        drafts: the bytes of files by path.
    """
    texts = {path: decoded(data) for path, data in drafts.items()}

    def findings(build: Build) -> tuple[list[Problem], dict[str, str]]:
        entries = [entry for path in drafts if (entry := build.library.by_path.get(path)) is not None]
        found = [problem for problems in findings_of(build, entries) for problem in problems]
        read = {entry.source.path for entry in entries}
        ours = list(own_slips(build, tuple(slip for slip in spelling.slips() if slip.path in read)))
        american = [slip for slip in ours if slip.american]
        changed = {
            path: autofix(text, path, kind, build.texts.outline, [slip for slip in american if slip.path == path])
            for path, text in texts.items()
            if (kind := KINDS.get(path.partition("/")[0])) is not None
        }
        return [*found, *check_spelling(ours)], changed

    with SpellingRun(texts) as spelling:
        yield findings
