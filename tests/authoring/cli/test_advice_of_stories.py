"""Test that following the advice of `inv approve` and `inv withdraw` gives a valid site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.authoring.cli.messages import FOLLOWED
from tests.authoring.cli.project import Options, Project, Row, follow
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
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a small site with a story."""
    return Project(tmp_path, monkeypatch)


def unapproved(project: Project, **changes: Any) -> None:
    """Remove the approval of the story, and make ``changes``. A field that is None is removed."""
    project.write(FILE, text({**front_matter(), "approved_text": None, **changes}, BODY))


def answer(project: Project, said: str) -> None:
    """Type the answer that the message requests."""
    project.before_answer = lambda: None
    project.answer = re.findall(r"the answer was not `([\w-]+)`", said)[0] if "answer was not" in said else "yes"


def answer_at_a_terminal(project: Project, said: str) -> Options:
    """Run the command without the option, and answer its question."""
    answer(project, said)
    return {"yes": False}


def without_id(project: Project) -> None:
    """Remove the id from the file."""
    unapproved(project)
    project.change(FILE, f"id: {ID}\n", "")


def record_consent(project: Project, said: str) -> None:
    """Write the missing consent into the file in the message."""
    assert f"Record that in {FILE} first" in said
    (field,) = re.findall(r"below  (\w+):", said)
    unapproved(project, **{field: CONSENT})


def change_while_read(project: Project) -> None:
    """Save the file while its text is shown."""
    unapproved(project)
    project.answer = "yes"
    project.before_answer = lambda: project.change(FILE, "I was glad.", "I was very glad.")


def delete_named(project: Project, said: str) -> None:
    """Delete the field in the message."""
    field = re.findall(r"delete  (\w+)  from", said)[0]
    whole = (project.content / SAMPLE).read_text(encoding="utf-8")
    project.write(SAMPLE, re.sub(rf"^{field}:.*\n", "", whole, flags=re.MULTILINE))
    project.answer = "yes"


def odd(project: Project) -> None:
    """Write the approval over two lines."""
    unapproved(project)
    project.change(FILE, "consent:", f"approved_text:\n  {'0' * 64}\nconsent:")


def write_line(project: Project, said: str) -> None:
    """Write the line in the message."""
    (line,) = re.findall(r"  (approved_text: \w+)", said)
    project.change(FILE, f"approved_text:\n  {'0' * 64}", line)


def meant(_project: Project, said: str) -> Options:
    """Return the story that the message suggests."""
    return {"story": re.findall(r"did you mean `(\w+)`|may be any of ([^,]+),", said)[0][said.count("may be any of")]}


def twice(project: Project) -> None:
    """Write two files with one slug."""
    project.write("stories/again/index.md", text({**front_matter(), "id": "entry-id-again"}, BODY))


def add_line(project: Project, said: str) -> None:
    """Add the line in the message."""
    (field,) = re.findall(r"add a line  (\w+): \.\.\.", said)
    project.write(
        FILE, f"---\n{field}: {ID}\n" + (project.content / FILE).read_text(encoding="utf-8").removeprefix("---\n")
    )


def named_elsewhere(project: Project) -> None:
    """Write words of the story into another."""
    project.change(SAMPLE, "Nobody told this one.", f"{NAME} is a name.")


def register(old: str) -> Any:
    """Return a function that writes the register of withdrawn entries."""
    return lambda project: project.write(REGISTER, old)


def correct_register(project: Project, said: str) -> None:
    """Write the register as a list with dashes, as the message says."""
    assert REGISTER in said
    project.write(REGISTER, _BLOCK)


def broken_page(project: Project) -> None:
    """Write a page that stops a build."""
    project.write("pages/wrong/index.md", "---\ntitle: Wrong\n---\n\nText.\n")


def without_page(project: Project, said: str) -> None:
    """Delete the page that the build reports."""
    assert "pages/wrong/index.md" in said
    shutil.rmtree(project.content / "pages")


def damaged_copy(project: Project) -> None:
    """Interrupt a withdrawal during its build, and damage its backup."""
    broken_page(project)
    project.inv("withdraw", {**TOLD, "yes": True})
    shutil.rmtree(project.content / "pages")
    (copy,) = project.cache.glob(f"withdrawing/*/copy/{FILE}")
    project.answer = copy.read_text(encoding="utf-8")
    copy.write_text("---\nnot", encoding="utf-8")


def put_back(project: Project, said: str) -> None:
    """Restore the file of the story where the message says."""
    assert project.answer is not None
    Path(re.findall(r"the copy (\S+) cannot be read", said)[0]).write_text(project.answer, encoding="utf-8")


def damaged_note(project: Project) -> None:
    """Damage the note of another withdrawal."""
    note = project.cache / "withdrawing" / "other" / "withdrawal.json"
    note.parent.mkdir(parents=True)
    note.write_text("{}", encoding="utf-8")


def delete_folder(_project: Project, said: str) -> None:
    """Delete the folder of the note in the message."""
    shutil.rmtree(Path(re.findall(r"error: (\S+) notes a withdrawal", said)[0]).parent)


def no(project: Project) -> None:
    """Answer no to any question."""
    unapproved(project)
    project.answer = "no"


_YES = {**TOLD, "yes": True}
APPROVING = {
    "yes": Row("approve", "nothing was recorded, because the answer was not `yes`", TOLD, answer, no),
    "consent": Row(
        "approve",
        "error: nothing was recorded, because ",
        _YES,
        record_consent,
        lambda project: unapproved(project, consent=None),
    ),
    "review": Row(
        "approve",
        "run this without  --yes",
        _YES,
        answer_at_a_terminal,
        lambda project: unapproved(project, safeguarding=None, status="draft"),
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
        add_line,
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
        lambda project, _: project.change(SAMPLE, NAME, "That"),
        named_elsewhere,
    ),
    "accept": Row("withdraw", "traces of the story are left", _YES, lambda *_: {"accept_found": True}, named_elsewhere),
    "a list": Row("withdraw", "is not a list; mend it first", _YES, correct_register, register("id: x\n")),
    "yaml": Row("withdraw", "; mend it first: ", _YES, correct_register, register("- id: [\n")),
    "an item": Row("withdraw", "; mend it first: ", _YES, correct_register, register("- {id: short, kind: story}\n")),
    "dashes": Row("withdraw", "write it as a list with one item after each ", _YES, correct_register, register(_FLOW)),
    "a build": Row("withdraw", "mend what is told, and run this again.", _YES, without_page, broken_page),
    "the copy": Row("withdraw", "put the file back there as it was", _YES, put_back, damaged_copy),
    "the note": Row("withdraw", "notes a withdrawal that was begun, and is damaged", _YES, delete_folder, damaged_note),
}
FOLLOWED |= {row.says for row in (*APPROVING.values(), *WITHDRAWING.values())}


@pytest.mark.parametrize("row", APPROVING.values(), ids=APPROVING)
def test_following_the_advice_approves(row: Row, project: Project) -> None:
    """After the advice of each message, the approval is recorded."""
    assert "Recorded in stories/" in follow(row, project).text


@pytest.mark.parametrize("row", WITHDRAWING.values(), ids=WITHDRAWING)
def test_following_the_advice_withdraws(row: Row, project: Project) -> None:
    """After the advice of each message, the story is removed and the site builds."""
    follow(row, project)
    assert not (project.content / FILE).exists()
    assert project.inv("build", {}).status == 0
    assert "no longer here" in (project.output / "stories/told/index.html").read_text(encoding="utf-8")
