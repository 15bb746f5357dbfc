"""Test that a test follows the advice of every message with which a command ends."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from tests.authoring.cli.messages import FOLLOWED, messages
from tests.sites.building import ROOT

for _file in Path(__file__).parent.glob("test_advice*.py"):
    importlib.import_module(f"tests.authoring.cli.{_file.stem}")

#: Parts of messages without advice, with the reason.
NO_ADVICE = {
    "nobody answered, so nothing was written": "a person closed the terminal",
    "interrupted; nothing was written": "a person stopped it",
    "is the one that readers see": "what was wanted is so already",
    "so nothing can be taken back": "there is nothing that readers could go back to",
    "the draft would not be right": "guards our own writing; each cause is refused before, with advice",
    "the entry cannot be written to ": "guards our own writing; each cause is refused before, with advice",
    "is written in a way that cannot be added to": "guards our own writing; each cause is refused before, with advice",
    "the list of a release cannot be read": "guards against another program on the host",
    "does not say what it may do (Content-Security-Policy)": "guards the pages of our own theme",
    "Nothing was changed.": "ends each message of `inv record`, which has its own advice",
    "; nothing is published": "each broken rule is told before",
    "is not as it should be:": "each finding that follows says what is wrong",
    "the new release was not as it should be": "each finding that follows says what is wrong",
    "the bundle was not made": "esbuild says what is wrong in the sources",
    "nothing was recorded, because": "each reason says what is missing",
    "the story changed while it was read, so nothing was recorded": "guards against another program on the computer",
    "it was withdrawn on {} already": "what was wanted is so already",
    "the engine cannot be merged (git says": "git says what is wrong, such as a full disk",
}
#: Parts of messages with advice to follow outside the project, and the test that shows the message.
ELSEWHERE = {
    "so spelling cannot be checked": (
        "tests/authoring/check/test_command.py::test_a_missing_spelling_checker_is_reported"
    ),
    "saves cannot be noticed": ("tests/authoring/preview/test_watcher.py::test_the_limit_of_watches_is_reported"),
}


def test_every_message_has_a_test_that_follows_it() -> None:
    """A new message in the code needs a row, a test that ``follows`` it, or a reason why it has no advice."""
    known = FOLLOWED | NO_ADVICE.keys() | ELSEWHERE.keys()
    found = list(messages())
    assert len(found) > 90
    assert [message for message in found if not any(part in message.text for part in known)] == []
    for part in (*NO_ADVICE, *ELSEWHERE):
        assert any(part in message.text for message in found), part


def test_named_tests_exist() -> None:
    """Each test named for a message is in its file."""
    for place in ELSEWHERE.values():
        file, _, name = place.partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), place
