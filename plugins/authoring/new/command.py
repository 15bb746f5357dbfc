"""``inv new``: write a new draft, and ask for the options that are missing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from plugins.authoring.new.create import DraftError, EntryCreator, NewEntryOptions
from plugins.authoring.new.templates import FOLDERS
from plugins.base.atomic_write import replace_bytes
from plugins.base.prompts import Questions, UnansweredError
from plugins.content_model.loader import load
from plugins.content_model.validation import closest_match
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import workspace


def create_entry(
    options: NewEntryOptions,
    *,
    content: str = "",
    as_of: str = "",
    opened: bool = False,
    show: Callable[[str], None] | None = None,
) -> Path:
    """Write a new draft and print where it is; ask at a terminal for missing options.

    Args:
        options: the options of the command.
        content: the content folder; the settings' own when "".
        as_of: its day, ``2026-11-22``; today when "".
        opened: True shows the draft once it is written.
        show: shows the page at an address until Ctrl-C; an argument, because the preview is another package.

    Returns:
        The new file.

    Raises:
        SystemExit: with status 1 when nothing was written, after the reason was shown.
    """
    questions = Questions(sys.stdin, sys.stdout) if sys.stdin.isatty() else None
    try:
        options = replace(options, kind=_kind(options.kind, questions))
        at = workspace(content, as_of=as_of)
        library, _ = load(at.content, as_of=at.site.as_of)
        creator = EntryCreator(library, at.content, contact=at.site.contact)
        file, text, permalink = creator.create(_completed(options, creator, questions), at.site.as_of)
    except (SettingsError, DraftError, UnansweredError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("\nerror: interrupted; nothing was written")
    replace_bytes(file, text.encode())
    print(f"Begun: {file}\nIt is a draft: nobody sees it until you write  status: published  in it.")
    if opened and show is not None:
        show(at.site.href(permalink))
    return file


def create_in(content: Path, kind: str, fields: Mapping[str, str]) -> str:
    """Write a new draft of ``kind`` below ``content`` without a terminal, and return its path there.

    Args:
        content: the content folder.
        kind: article, story, commitment, page or person.
        fields: by the names of ``NewEntryOptions``; topics have commas between them.

    Raises:
        DraftError: if a field cannot be used, or the slug is taken; nothing was written.
    """
    at = workspace(str(content))
    library, _ = load(at.content, as_of=at.site.as_of)
    given = {name: fields.get(name, "") for name in ("title", "slug", "summary", "author", "topics", "redress")}
    creator = EntryCreator(library, at.content, contact=at.site.contact)
    file, text, _ = creator.create(NewEntryOptions(_kind(kind, None), **given), at.site.as_of, picture_advice=False)
    replace_bytes(file, text.encode())
    return file.relative_to(at.content).as_posix()


def _completed(options: NewEntryOptions, creator: EntryCreator, questions: Questions | None) -> NewEntryOptions:
    """Return ``options`` with answers for the missing ones; raise ``DraftError`` without a terminal."""
    if questions is not None:
        return creator.ask(options, questions)
    missing = creator.missing(options)
    if missing:
        raise DraftError(f"nobody can be asked here, so these options are needed: {', '.join(missing)}")
    return options


def _kind(kind: str, questions: Questions | None) -> str:
    """Return ``kind`` if it exists, else the one that a person at a terminal chooses."""
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
