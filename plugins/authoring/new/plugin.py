"""The door of drafting to people at a terminal: ``inv new``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from plugins.authoring.new.create import Beginner, DraftError, NewEntryOptions
from plugins.authoring.new.templates import FOLDERS
from plugins.base.atomic_write import replace_bytes
from plugins.base.prompts import Questions, UnansweredError
from plugins.content_model.loader import load
from plugins.content_model.validation import closest_match
from plugins.engine.plugin import workspace
from plugins.engine.settings import SettingsError


def begin(
    wish: NewEntryOptions,
    *,
    content: str = "",
    as_of: str = "",
    opened: bool = False,
    show: Callable[[str], None] | None = None,
) -> Path:
    """Write a new draft and say where it is; ask on a terminal for what ``wish`` does not say.

    Args:
        wish: what is known of it.
        content: the content folder; the settings' own when "".
        as_of: the day that it is dated, ``2026-11-22``; today when "".
        opened: True shows the draft once it is written.
        show: shows the page at an address of the site, until the person ends it; the preview is another package, so
            whoever calls hands it over.

    Returns:
        The new file.

    Raises:
        SystemExit: with status 1 when nothing was written, after the reason was shown.
    """
    questions = Questions(sys.stdin, sys.stdout) if sys.stdin.isatty() else None
    try:
        wish = replace(wish, kind=_kind(wish.kind, questions))
        at = workspace(content, as_of=as_of)
        library, _ = load(at.content, as_of=at.site.as_of)
        beginner = Beginner(library, at.content, contact=at.site.contact)
        file, text, permalink = beginner.begin(_asked(wish, beginner, questions), at.site.as_of)
    except (SettingsError, DraftError, UnansweredError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("\nerror: interrupted; nothing was written")
    replace_bytes(file, text.encode())
    print(f"Begun: {file}\nIt is a draft: nobody sees it until you write  status: published  in it.")
    if opened and show is not None:
        show(at.site.href(permalink))
    return file


def _asked(wish: NewEntryOptions, beginner: Beginner, questions: Questions | None) -> NewEntryOptions:
    """Return ``wish`` with what it lacks: asked for on a terminal, told elsewhere."""
    if questions is not None:
        return beginner.ask(wish, questions)
    lacking = beginner.lacking(wish)
    if lacking:
        raise DraftError(f"nobody can be asked here, so these options are needed: {', '.join(lacking)}")
    return wish


def _kind(kind: str, questions: Questions | None) -> str:
    """Return ``kind`` where there is one of that name; else the one that a person at a terminal chooses."""
    if kind in FOLDERS:
        return kind
    close = closest_match(kind, FOLDERS)
    hint = f"did you mean `{close}`?" if close else f"choose one of: {', '.join(FOLDERS)}"
    wrong = f"there is no kind `{kind}`; {hint}" if kind else f"nothing says what to begin; {hint}"
    if questions is None:
        raise DraftError(wrong)
    if kind:
        print(f"  {wrong}")
    return questions.choices("Kind", {kind: kind.capitalize() for kind in FOLDERS}, several=False)[0]
