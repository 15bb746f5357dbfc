"""Advice of `inv approve` and `inv withdraw`: who follows it has a story approved, or gone, and a site that builds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.authoring.cli.desk import Desk, Options, Row, follow
from tests.authoring.cli.messages import FOLLOWED
from tests.sites.writing import text
from tests.stories.telling import BODY, CONSENT, FILE, ID, NAME, front_matter

TOLD = {"story": "told"}
SAMPLE = "stories/sample/index.md"
REGISTER = "register/withdrawn.yaml"
_ITEM = {
    "id": "entry-id-other",
    "kind": "story",
    "address": "/stories/other/",
    "published": "2026-01-01",
    "withdrawn_on": "2026-02-01",
}
_BLOCK = "- " + "\n  ".join(f"{name}: {value}" for name, value in _ITEM.items()) + "\n"
_FLOW = "[{" + ", ".join(f"{name}: {value}" for name, value in _ITEM.items()) + "}]\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A small site with a story."""
    return Desk(tmp_path, monkeypatch)


def unapproved(desk: Desk, **changes: Any) -> None:
    """Take the approval of the story away, and make ``changes``; a field that is None is left out."""
    desk.write(FILE, text({**front_matter(), "approved_text": None, **changes}, BODY))


def answer(desk: Desk, said: str) -> None:
    """Type what the message asks for."""
    desk.before_answer = lambda: None
    desk.answer = re.findall(r"the answer was not `([\w-]+)`", said)[0] if "answer was not" in said else "yes"


def answer_at_a_terminal(desk: Desk, said: str) -> Options:
    """Run it without the option, and answer."""
    answer(desk, said)
    return {"yes": False}


def without_id(desk: Desk) -> None:
    """Take the id out of the file."""
    unapproved(desk)
    desk.change(FILE, f"id: {ID}\n", "")


def record_consent(desk: Desk, said: str) -> None:
    """Record what the message says is lacking, in the file that it names."""
    assert f"Record that in {FILE} first" in said
    (field,) = re.findall(r"below  (\w+):", said)
    unapproved(desk, **{field: CONSENT})


def change_while_read(desk: Desk) -> None:
    """Let somebody save the file while its text is shown."""
    unapproved(desk)
    desk.answer = "yes"
    desk.before_answer = lambda: desk.change(FILE, "I was glad.", "I was very glad.")


def delete_named(desk: Desk, said: str) -> None:
    """Delete the field that the message names."""
    field = re.findall(r"delete  (\w+)  from", said)[0]
    whole = (desk.content / SAMPLE).read_text(encoding="utf-8")
    desk.write(SAMPLE, re.sub(rf"^{field}:.*\n", "", whole, flags=re.MULTILINE))
    desk.answer = "yes"


def odd(desk: Desk) -> None:
    """Lay the approval out over two lines."""
    unapproved(desk)
    desk.change(FILE, "consent:", f"approved_text:\n  {'0' * 64}\nconsent:")


def write_line(desk: Desk, said: str) -> None:
    """Write the line of the message."""
    (line,) = re.findall(r"  (approved_text: \w+)", said)
    desk.change(FILE, f"approved_text:\n  {'0' * 64}", line)


def meant(_desk: Desk, said: str) -> Options:
    """Return the story that the message offers."""
    return {"story": re.findall(r"did you mean `(\w+)`|may be any of ([^,]+),", said)[0][said.count("may be any of")]}


def twice(desk: Desk) -> None:
    """Let two files have one slug."""
    desk.write("stories/again/index.md", text({**front_matter(), "id": "entry-id-again"}, BODY))


def as_message_mends(desk: Desk, said: str) -> None:
    """Add the line that is named."""
    (field,) = re.findall(r"add a line  (\w+): \.\.\.", said)
    desk.write(FILE, f"---\n{field}: {ID}\n" + (desk.content / FILE).read_text(encoding="utf-8").removeprefix("---\n"))


def named_elsewhere(desk: Desk) -> None:
    """Write words of the story into another."""
    desk.change(SAMPLE, "Nobody told this one.", f"{NAME} is a name.")


def register(old: str) -> Any:
    """Return what writes a register of what was withdrawn."""
    return lambda desk: desk.write(REGISTER, old)


def mend_register(desk: Desk, said: str) -> None:
    """Write the register as a list with dashes, as the message says."""
    assert REGISTER in said
    desk.write(REGISTER, _BLOCK)


def broken_page(desk: Desk) -> None:
    """Write a page that stops a build."""
    desk.write("pages/wrong/index.md", "---\ntitle: Wrong\n---\n\nText.\n")


def without_page(desk: Desk, said: str) -> None:
    """Take the page away that the build tells of."""
    assert "pages/wrong/index.md" in said
    shutil.rmtree(desk.content / "pages")


def damaged_copy(desk: Desk) -> None:
    """Interrupt a withdrawal at its build, and damage what it kept."""
    broken_page(desk)
    desk.inv("withdraw", {**TOLD, "yes": True})
    shutil.rmtree(desk.content / "pages")
    (copy,) = desk.cache.glob(f"withdrawing/*/copy/{FILE}")
    desk.answer = copy.read_text(encoding="utf-8")
    copy.write_text("---\nnot", encoding="utf-8")


def put_back(desk: Desk, said: str) -> None:
    """Put the file of the story back where the message says."""
    assert desk.answer is not None
    Path(re.findall(r"the copy (\S+) cannot be read", said)[0]).write_text(desk.answer, encoding="utf-8")


def damaged_note(desk: Desk) -> None:
    """Damage the note of another withdrawal."""
    note = desk.cache / "withdrawing" / "other" / "withdrawal.json"
    note.parent.mkdir(parents=True)
    note.write_text("{}", encoding="utf-8")


def delete_folder(_desk: Desk, said: str) -> None:
    """Delete the folder of the note that the message names."""
    shutil.rmtree(Path(re.findall(r"error: (\S+) notes a withdrawal", said)[0]).parent)


def no(desk: Desk) -> None:
    """Answer no to whatever is asked."""
    unapproved(desk)
    desk.answer = "no"


_YES = {**TOLD, "yes": True}
APPROVING = {
    "yes": Row("approve", "nothing was recorded, because the answer was not `yes`", TOLD, answer, no),
    "consent": Row(
        "approve",
        "error: nothing was recorded, because ",
        _YES,
        record_consent,
        lambda desk: unapproved(desk, consent=None),
    ),
    "review": Row(
        "approve",
        "run this without  --yes",
        _YES,
        answer_at_a_terminal,
        lambda desk: unapproved(desk, safeguarding=None, status="draft"),
    ),
    "again": Row(
        "approve",
        "changed while you read it, so nothing was recorded; run the command again",
        TOLD,
        answer,
        change_while_read,
    ),
    "not made up": Row("approve", "the story is marked as made up", {"story": "sample"}, delete_named),
    "by hand": Row("approve", "write this line in it:", _YES, write_line, odd),
    "did you mean": Row("approve", "there is no story `", {"story": "tolt", "yes": True}, meant, unapproved),
    "its slug": Row(
        "approve", "name its folder, its slug or its id", {"story": "zz", "yes": True}, lambda *_: TOLD, unapproved
    ),
    "the file": Row("approve", "name the file", _YES, meant, twice),
    "mend it first": Row(
        "approve",
        "; mend it first: ",
        {"story": FILE, "yes": True},
        as_message_mends,
        without_id,
    ),
}
WITHDRAWING = {
    "its slug": Row("withdraw", "nothing was withdrawn, because the answer was not `", TOLD, answer),
    "yes": Row("withdraw", "or run it with  --yes", TOLD, lambda *_: {"yes": True}),
    "traces": Row(
        "withdraw",
        "Take them out of the entries that hold them and run this again",
        _YES,
        lambda desk, _: desk.change(SAMPLE, NAME, "That"),
        named_elsewhere,
    ),
    "accept": Row("withdraw", "traces of the story are left", _YES, lambda *_: {"accept_found": True}, named_elsewhere),
    "a list": Row("withdraw", "is not a list; mend it first", _YES, mend_register, register("id: x\n")),
    "yaml": Row("withdraw", "; mend it first: ", _YES, mend_register, register("- id: [\n")),
    "an item": Row("withdraw", "; mend it first: ", _YES, mend_register, register("- {id: short, kind: story}\n")),
    "dashes": Row("withdraw", "write it as a list with one item after each ", _YES, mend_register, register(_FLOW)),
    "a build": Row("withdraw", "mend what is told, and run this again.", _YES, without_page, broken_page),
    "the copy": Row("withdraw", "put the file back there as it was", _YES, put_back, damaged_copy),
    "the note": Row("withdraw", "notes a withdrawal that was begun, and is damaged", _YES, delete_folder, damaged_note),
}
FOLLOWED |= {row.says for row in (*APPROVING.values(), *WITHDRAWING.values())}


@pytest.mark.parametrize("row", APPROVING.values(), ids=APPROVING)
def test_who_does_what_is_advised_records_an_approval(row: Row, desk: Desk) -> None:
    """Each message is followed; the approval is recorded."""
    assert "Recorded in stories/" in follow(row, desk).text


@pytest.mark.parametrize("row", WITHDRAWING.values(), ids=WITHDRAWING)
def test_who_does_what_is_advised_has_the_story_gone(row: Row, desk: Desk) -> None:
    """Each message is followed; the story is out of the content and of a site that builds."""
    follow(row, desk)
    assert not (desk.content / FILE).exists()
    assert desk.inv("build", {}).status == 0
    assert "no longer here" in (desk.output / "stories/told/index.html").read_text(encoding="utf-8")
