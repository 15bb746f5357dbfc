"""``inv approve`` and ``inv withdraw``: approve and withdraw a story at a terminal."""

from __future__ import annotations

import contextlib
import hashlib
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from plugins.base.atomic_write import replace_bytes
from plugins.base.files import Files
from plugins.base.terminal import display_path
from plugins.content_model import permalink
from plugins.content_model.markdown_line import Line
from plugins.content_model.tombstone import Tombstone
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import Workspace, workspace
from plugins.stories.approval import approve, approved_words, lacking
from plugins.stories.leak_search import Trace, search_for
from plugins.stories.lookup import StoryError, find_story, read_stories
from plugins.stories.manual_steps import NEVER_PUBLIC, unreachable
from plugins.stories.withdrawal import Withdrawal, Withdrawals

#: The receipt lists the tombstone page by its path.
_MAY_NAME_ADDRESSES = ("privacy-receipt.json",)
#: The handbook shows an invented story that an author may have copied. Releases do not have the handbook.
_HANDBOOK = "handbook/"


def approve_story(
    name: str, *, outline: Callable[[str], Iterable[Line]], yes: bool = False, content: str = "", as_of: str = ""
) -> None:
    """Show the text that a narrator approves, and record the approval in the story's front matter.

    Args:
        name: the story's file, folder, slug, address or id.
        outline: reads Markdown line by line.
        yes: True to skip the confirmation, because the narrator has approved exactly this text.
        content: the content folder, or "" for the one of the settings.
        as_of: the day, ``2026-11-22``, or "" for today.

    Raises:
        SystemExit: with status 1 if nothing was recorded, with the reason.
    """
    # Imported here, because compiling its patterns takes 0.1 s.
    from plugins.stories.wording_rules import check_wording  # noqa: PLC0415

    at = _workplace(content, as_of=as_of)
    with _errors_to_exit():
        story = find_story(name, at.content)
        file = at.content / story.source.path
        before = file.read_bytes()
        after = approve(before.decode("utf-8"), story).encode()
    print(f"{approved_words(story)}\n")
    for problem in sorted(check_wording(story, outline, at.site.name), key=lambda problem: problem.sort_key):
        print(
            f"{problem.severity.value}: {problem.shown_path(at.shown)}:{problem.position.line}: {problem.message}; "
            f"{problem.hint}\n"
        )
    if reasons := lacking(story, at.site.as_of):
        if yes:
            sys.exit(
                f"error: nothing was recorded, because {'; '.join(reasons)}. Record that in {story.source.path} first, "
                "or run this without  --yes"
            )
        print(f"Before it can be published: {'; '.join(reasons)}.\n")
    if not yes and _answer("Has the narrator approved exactly this text? Type yes: ") != "yes":
        sys.exit(
            "error: nothing was recorded, because the answer was not `yes`. When the narrator has approved the text, "
            "run it again and type that"
        )
    if file.read_bytes() != before:
        sys.exit(
            f"error: {story.source.path} changed while you read it, so nothing was recorded; run the command again"
        )
    replace_bytes(file, after)
    print(f"Recorded in {story.source.path}. Any change of this text stops the build until it is approved again.")


def begin_withdrawal(  # noqa: PLR0913 - the options of the command
    name: str, *, yes: bool = False, reason: str = "", content: str = "", as_of: str = "", production: bool = False,
    is_released: Callable[[str], bool] = lambda _address: False,
) -> list[Path]:  # fmt: skip
    """Remove a story from the content. The caller then builds the site and calls ``end_withdrawal``.

    Args:
        name: the story's file, folder, slug, address or id.
        yes: True to skip the confirmation.
        reason: printed and not stored.
        content: the content folder, or "" for the one of the settings.
        as_of: the day, ``2026-11-22``, or "" for today.
        production: True for the settings of ``publishconf.py``.
        is_released: returns whether the newest release on this machine has a page at an address.

    Returns:
        The copies of the files that were removed. The caller must delete everything that was made from them.

    Raises:
        SystemExit: with status 0 if the story is already withdrawn, 1 if there is no such story or the answer is not
            its slug.
    """
    at = _workplace(content, as_of=as_of, production=production)
    withdrawals = Withdrawals(at.content, at.cache, is_released)
    with _errors_to_exit():
        found = withdrawals.find(name, at.site.as_of)
        if isinstance(found, Tombstone):
            print(f"{found.address} was withdrawn on {found.withdrawn_on} already. There is nothing left to do here.")
            _print_kept_folder(withdrawals, found.id)
            sys.exit(0)
        if not yes and not withdrawals.has_begun(found):
            _ask(found, content)
        withdrawals.take_out(found)
    print(f"{found.file} is out of the content, and noted in register/withdrawn.yaml.")
    if reason:
        print(
            f"Reason given: {reason}\nIt is kept nowhere here; if it must be kept, write it into the consent's record."
        )
    print(
        "The site is built now. Should that fail, the last site still shows the story: "
        "mend what is told, and run this again."
    )
    return withdrawals.copies(found)


def end_withdrawal(
    name: str, output: Path, *, accept_found: bool = False, content: str = "", as_of: str = "", production: bool = False
) -> None:
    """Search the built site for the content of the story, and delete the copy if nothing is found.

    Args:
        name: as in ``begin_withdrawal``.
        output: the folder of the built site.
        accept_found: True if a person has checked that the matches do not come from the story.
        content: as in ``begin_withdrawal``.
        as_of: as in ``begin_withdrawal``.
        production: as in ``begin_withdrawal``.

    Raises:
        SystemExit: with status 1 if the site still has content of the story.
    """
    at = _workplace(content, as_of=as_of, production=production)
    withdrawals = Withdrawals(at.content, at.cache)
    with _errors_to_exit():
        found = withdrawals.find(name, at.site.as_of)
        if isinstance(found, Tombstone):
            return
        traces = _traces(at.content, withdrawals, found, output)
        if traces:
            print("\n".join(f"{trace.path}: {trace.what}" for trace in traces), file=sys.stderr)
            if not accept_found:
                sys.exit(
                    f"error: {len(traces)} traces of the story are left in {output}, listed above. Take them out of "
                    "the entries that hold them and run this again. Where they are not the story's, and somebody has "
                    "looked at each, run it with  --accept-found",
                )
        withdrawals.forget(found)
    print(f"\n{unreachable(found, _public_addresses(found, content), at.content.name)}")
    _print_kept_folder(withdrawals, found.id)


def _ask(withdrawal: Withdrawal, content: str) -> None:
    """Ask for confirmation of ``withdrawal``.

    Raises:
        SystemExit: with status 1 if the answer is not the story's slug.
    """
    addresses = _public_addresses(withdrawal, content)
    where = "\n".join(("Readers can see it, or could:", *(f"  {address}" for address in addresses)))
    print(f"{withdrawal.file} is taken out of the content for good.\n{where if addresses else NEVER_PUBLIC}")
    answer = _answer(f"To go on, type its slug, {withdrawal.slug}: ")
    if answer != withdrawal.slug:
        sys.exit(
            f"error: nothing was withdrawn, because the answer was not `{withdrawal.slug}`. Run it again and type "
            "that, or run it with  --yes"
        )


def _public_addresses(withdrawal: Withdrawal, content: str) -> list[str]:
    """Return the public URLs at which readers could see the story."""
    site = _workplace(content, production=True).site
    return [site.absolute(address) for address in withdrawal.addresses]


def _print_kept_folder(withdrawals: Withdrawals, identifier: str) -> None:
    if kept := withdrawals.kept(identifier):
        print(
            f"Git has no copy of some of its files. They are kept for a day where only you can read them, in "
            f"{display_path(kept)}\nThe first  inv build  or  inv withdraw  after that deletes them. "
            f"To delete them now:  rm -r {shlex.quote(str(kept))}"
        )


@contextlib.contextmanager
def _errors_to_exit() -> Iterator[None]:
    """Exit with the message of a ``StoryError``."""
    try:
        yield
    except StoryError as error:
        sys.exit(f"error: {error}")


def _workplace(content: str, *, as_of: str = "", production: bool = False) -> Workspace:
    try:
        return workspace(content, as_of=as_of, production=production)
    except SettingsError as error:
        sys.exit(f"error: {error}")


def _answer(question: str) -> str:
    try:
        return input(question).strip().casefold()
    except EOFError:
        return ""


def _traces(content: Path, withdrawals: Withdrawals, withdrawal: Withdrawal, output: Path) -> list[Trace]:
    story, others = withdrawals.copy(withdrawal)
    remaining = [content / path for path in Files(content).paths if not path.lower().endswith((".md", ".yaml"))]
    search = search_for(
        story,
        others,
        known_pictures={hashlib.sha256(file.read_bytes()).hexdigest() for file in remaining},
        known_names={other.narrator.display_name for other in read_stories(content)[0]},
    )
    for left_out in search.not_searched:
        print(f"Not looked for: {left_out}.")
    gone = [permalink.file(address) for address in _addresses(withdrawal)]
    found = search.traces(output, (*gone, *_MAY_NAME_ADDRESSES))
    return [trace for trace in found if not trace.path.startswith(_HANDBOOK)]


def _addresses(withdrawal: Withdrawal) -> Sequence[str]:
    address, aliases = withdrawal.tombstone["address"], withdrawal.tombstone.get("aliases", [])
    return [str(address), *aliases]
