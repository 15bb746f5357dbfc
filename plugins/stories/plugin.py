"""The door of the stories to the build, and to people at a terminal: ``inv approve`` and ``inv withdraw``."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from plugins.content_model import permalink
from plugins.content_model.build import Build, bodies_ready, bodies_wanted
from plugins.content_model.files import Files
from plugins.content_model.line import Line
from plugins.content_model.plugin import Workplace, workplace
from plugins.content_model.problem import Problem
from plugins.content_model.registers import Tombstone
from plugins.content_model.replacing import replace_bytes
from plugins.content_model.settings import SettingsError
from plugins.content_model.story import Story
from plugins.stories.approval import approve, approved_words
from plugins.stories.finding import StoryError, find_story, read_stories
from plugins.stories.picturing import check_pictures
from plugins.stories.reach import unreachable
from plugins.stories.traces import Trace, search_for
from plugins.stories.withdrawal import Withdrawal, Withdrawals

#: Files that name the addresses of what is gone: hosts must know them, and lists of files hold the page that says so.
_MAY_NAME_ADDRESSES = ("_hosts/", ".build-manifest.json", "privacy-receipt.json")
#: The handbook for authors shows a made-up story of its own, which somebody may have copied; no release has it.
_HANDBOOK = "handbook/"


def check_words(build: Build) -> None:
    """Tell of wording that could identify somebody or teach harm."""
    for entry in build.library.entries:
        if isinstance(entry, Story):
            build.problems.extend(
                build.memo.recall("story-wording", entry.source.text, partial(_wording, entry, build.outline))
            )


def _wording(story: Story, outline: Callable[[str], Iterable[Line]]) -> tuple[Problem, ...]:
    # Here and not above: its patterns take a tenth of a second to compile, and a memo may know what they find.
    from plugins.stories.wording import check_wording  # noqa: PLC0415

    return tuple(check_wording(story, outline))


def check_bodies(build: Build) -> None:
    """Refuse pictures in the texts of stories whose narrators did not agree to any."""
    for entry in build.library.entries:
        if isinstance(entry, Story) and entry.source.path in build.bodies:
            build.problems.extend(check_pictures(entry, build.bodies[entry.source.path].html))


def register() -> None:
    """Connect to the stages of the build."""
    bodies_wanted.connect(check_words)
    bodies_ready.connect(check_bodies)


def approve_story(name: str, *, yes: bool = False, content: str = "") -> None:
    """Show the text that a narrator approves, and record the approval in the story's front matter.

    Args:
        name: the story's file, folder, slug, address or id.
        yes: True where nobody need be asked, because the narrator has approved exactly this text.
        content: the content folder; the settings' own when "".

    Raises:
        SystemExit: with status 1 when nothing was recorded, after the reason was shown.
    """
    at = _workplace(content)
    try:
        story = find_story(name, at.content)
        file = at.content / story.source.path
        before = file.read_bytes()
        after = approve(before.decode("utf-8"), story).encode()
    except StoryError as error:
        sys.exit(f"error: {error}")
    print(f"{approved_words(story)}\n")
    if not yes and _answer("Has the narrator approved exactly this text? Type yes: ") != "yes":
        sys.exit("error: nothing was recorded")
    if file.read_bytes() != before:
        sys.exit(
            f"error: {story.source.path} changed while you read it, so nothing was recorded; run the command again"
        )
    replace_bytes(file, after)
    print(f"Recorded in {story.source.path}. Any change of this text stops the build until it is approved again.")


def begin_withdrawal(
    name: str, *, reason: str = "", content: str = "", as_of: str = "", production: bool = False
) -> list[Path]:
    """Take a story out of the content; the site must be built and ``end_withdrawal`` called after this.

    Args:
        name: the story's file, folder, slug, address or id.
        reason: shown, and kept nowhere.
        content: the content folder; the settings' own when "".
        as_of: the day, ``2026-11-22``; today when "".
        production: takes the settings of ``publishconf.py``.

    Returns:
        The files that were taken out, where their copies are: nothing may keep what was made from them.

    Raises:
        SystemExit: with status 0 when the story was withdrawn before, 1 when there is no such story.
    """
    at = _workplace(content, as_of=as_of, production=production)
    withdrawals = Withdrawals(at.content, at.cache)
    try:
        found = withdrawals.find(name, at.site.as_of)
        if isinstance(found, Tombstone):
            print(f"{found.address} was withdrawn on {found.withdrawn_on} already. There is nothing left to do here.")
            sys.exit(0)
        withdrawals.take_out(found)
    except StoryError as error:
        sys.exit(f"error: {error}")
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
    """Search the built site for what the story said, and delete the copy when nothing is found.

    Args:
        name: as in ``begin_withdrawal``.
        output: the folder of the built site.
        accept_found: True where somebody has looked at each place that was found, and it is not the story's.
        content: as in ``begin_withdrawal``.
        as_of: as in ``begin_withdrawal``.
        production: as in ``begin_withdrawal``.

    Raises:
        SystemExit: with status 1 when something is left in the site.
    """
    at = _workplace(content, as_of=as_of, production=production)
    withdrawals = Withdrawals(at.content, at.cache)
    try:
        found = withdrawals.find(name, at.site.as_of)
        if isinstance(found, Tombstone):
            return
        traces = _traces(at.content, withdrawals, found, output)
    except StoryError as error:
        sys.exit(f"error: {error}")
    if traces:
        print("\n".join(f"{trace.path}: {trace.what}" for trace in traces), file=sys.stderr)
        if not accept_found:
            sys.exit(
                f"error: {len(traces)} traces of the story are left in {output}, listed above. Take them out of the "
                "entries that hold them and run this again. Where they are not the story's, and somebody has looked at "
                "each, run it with  --accept-found",
            )
    withdrawals.forget(found)
    addresses = [at.site.absolute(address) for address in _addresses(found)]
    print(f"\n{unreachable(found, addresses, at.content.name)}")


def _workplace(content: str, *, as_of: str = "", production: bool = False) -> Workplace:
    try:
        return workplace(content, as_of=as_of, production=production)
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
