"""Test that adding a log entry changes nothing else in the file."""

from __future__ import annotations

import datetime as dt
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.commitments.history import check_log
from plugins.commitments.recording import LogEntryInput, Recorded, RecordError, append_entry
from plugins.content_model.commitment import Commitment, wording_hash
from plugins.content_model.invisible_characters import strip_invisible
from plugins.content_model.loader import parse_entry
from tests.commitments.world import REGISTER, log_entry, recorded
from tests.sites.writing import TODAY, text, write

DEED = LogEntryInput("We will listen longer.", "We asked ten people.", "Editor", "Ten answers.")
FILE = "commitments/a/index.md"


def add(root: Path, fields: LogEntryInput = DEED, *, name: str = "a", on: str = "", today: dt.date = TODAY) -> Recorded:
    """Record ``fields``."""
    return append_entry(root, name, fields, on=on, today=today)


def content(root: Path, file: str | bytes) -> Path:
    """Return a content folder with one commitment."""
    return write(root, {"register/help.yaml": REGISTER, FILE: file})


def read(root: Path) -> Commitment:
    """Return the commitment in the file."""
    data = (root / FILE).read_bytes().decode().replace("\r\n", "\n")
    found, problems = parse_entry(data, FILE, Commitment)
    assert isinstance(found, Commitment), problems
    return found


def test_an_entry_is_added_with_the_wording_of_today(tmp_path: Path) -> None:
    """The entry is last, with the day, the text, the hash of the wording and the day of the next review."""
    root = content(tmp_path, text(recorded()))
    add(root)
    entry = read(root).log[-1]
    assert (entry.on, entry.said, entry.did, entry.evidence, entry.by_role) == (
        TODAY,
        DEED.said,
        DEED.did,
        DEED.evidence,
        DEED.by_role,
    )
    assert entry.wording == wording_hash(read(root))
    assert entry.next_review == read(root).review_due


def test_remarks_on_what_follows_stay_with_it(tmp_path: Path) -> None:
    """The new entry follows the last one. Blank lines and comments stay before the next field."""
    root = content(tmp_path, HEAD + SHAPES["remarks"])
    done = add(root)
    lines = (root / FILE).read_text(encoding="utf-8").split("\n")
    assert lines[done.first_line - 2] == "    by_role: c"
    after = done.first_line - 1 + len(done.lines.split("\n"))
    assert lines[after : after + 4] == ["", "  # The newest stands last.", "", "# Whom to ask."]


def test_it_makes_a_changed_promise_publishable(tmp_path: Path) -> None:
    """A changed wording and a later review stop the build until they are recorded."""
    made = {**recorded(), "statement": "We listen twice.", "review_due": "2027-12-01"}
    root = content(tmp_path, text(made))
    assert [problem.name for problem in check_log(read(root), TODAY)] == [
        "wording-changed-without-log",
        "review-moved-without-log",
    ]
    add(root)
    assert list(check_log(read(root), TODAY)) == []


#: Layouts of a log, followed by another field.
END = "redress: elm-tree-hub\n---\n\nText.\n"
ITEM = "  - on: 2026-06-01\n    said: a\n    did: b\n    by_role: c\n"
SHAPES = {
    "indented": f"log:\n{ITEM}{END}",
    "flush": f"log:\n- on: 2026-06-01\n  said: a\n  did: b\n  by_role: c\n{END}",
    "last": f"redress: elm-tree-hub\nlog:\n{ITEM}---\n\nText.\n",
    "wide": f"log:\n      -   on: 2026-06-01\n          said: a\n          did: b\n          by_role: c\n{END}",
    "dash alone": f"log:\n  -\n    on: 2026-06-01\n    said: a\n    did: b\n    by_role: c\n{END}",
    "folded": f"log:\n  - on: 2026-06-01\n    said: a\n    by_role: c\n    did: >-\n      b\n      # and more\n\n{END}",
    "remarks": f"log:\n{ITEM}\n  # The newest stands last.\n\n# Whom to ask.\n{END}",
    "brackets in it": f"log:\n  - {{on: 2026-06-01, said: a, did: b, by_role: c}}\n{END}",
    "a rule in the text": f"log:\n{ITEM}redress: elm-tree-hub\n---\n\n---\n",
    "none yet": f"log: []\n{END}",
}
HEAD = """\
---
id: commitment-one
title: "We listen: first"
slug: a
statement: We listen.
you_can_expect: I am heard.
in_practice: [We ask.]
made_with: Readers
owner_role: Editor
measure: We ask again.
progress: limited
review_due: 2027-06-01
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("shape", SHAPES)
def test_all_other_lines_stay_byte_for_byte(shape: str, newline: str, tmp_path: Path) -> None:
    """For any layout, lines are added in one place, with the line endings of the file."""
    before = (HEAD + SHAPES[shape]).replace("\n", newline).encode()
    root = content(tmp_path, before)
    old = read(root)
    done = add(root)
    after = (root / FILE).read_bytes()
    lines = after.split(newline.encode())
    added = len(done.lines.split("\n"))
    del lines[done.first_line - 1 : done.first_line - 1 + added]
    kept = newline.encode().join(lines)
    assert kept == (before.replace(b"log: []", b"log:") if shape == "none yet" else before)
    assert after.count(b"\r\n") == (after.count(b"\n") if newline == "\r\n" else 0)
    new = read(root)
    assert new.log[:-1] == old.log
    assert dict(new.model_copy(update={"log": old.log, "source": old.source})) == dict(old)
    assert new.source.body == old.source.body


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40)


@example(words=("0", "0", "", "0\N{SOFT HYPHEN}"))
@given(words=st.tuples(WORDS, WORDS, st.one_of(st.just(""), WORDS), WORDS))
def test_any_words_are_kept_or_refused(tmp_path_factory: pytest.TempPathFactory, words: tuple[str, ...]) -> None:
    """The visible characters of any text are read back as typed, or the text is refused and the file unchanged."""
    said, did, evidence, role = words
    root = content(tmp_path_factory.mktemp("content"), HEAD + SHAPES["indented"])
    before = (root / FILE).read_bytes()
    try:
        add(root, LogEntryInput(said, did, role, evidence))
    except RecordError:
        assert (root / FILE).read_bytes() == before
        return
    entry = read(root).log[-1]
    shown = (entry.said, entry.did, entry.evidence or "", entry.by_role)
    assert shown == tuple(" ".join(strip_invisible(word).split()) for word in words)


def test_the_same_entry_is_not_added_twice(tmp_path: Path) -> None:
    """The same command again changes nothing."""
    root = content(tmp_path, text(recorded()))
    add(root)
    before = (root / FILE).read_bytes()
    assert add(root).lines == ""
    assert (root / FILE).read_bytes() == before


@pytest.mark.parametrize("name", ["a", "entry-id-a", "{root}/commitments/a/index.md", "{root}/commitments/a"])
def test_a_commitment_is_named_by_slug_id_or_file(name: str, tmp_path: Path) -> None:
    """The commitment can be given by slug, id or file."""
    root = content(tmp_path, text(recorded()))
    assert add(root, name=name.format(root=root)).path == FILE


@pytest.mark.parametrize(
    ("fields", "options", "told"),
    [
        (DEED, {"name": "b"}, "there is no commitment `b`; there are: a"),
        (DEED, {"on": "2026-11-24"}, "2026-11-24 has not come yet"),
        (DEED, {"on": "2026-05-31"}, "the record already reaches 2026-06-01"),
        (DEED, {"on": "1.6.2026"}, "--on"),
        (LogEntryInput("", "b", "c"), {}, "--said"),
        (LogEntryInput("a", " ", "c"), {}, "--did"),
        (LogEntryInput("a", "b", ""), {}, "--role"),
        (LogEntryInput("Ring 020 8191 9191.", "b", "c"), {}, "--said holds `020 8191 9191`"),
        (LogEntryInput("a", "b", "c", "Write to a@example.org."), {}, "--evidence holds `a@example.org`"),
        (LogEntryInput("a\x07", "b", "c"), {}, "invisible character"),
    ],
)
def test_what_is_unsound_is_refused(fields: LogEntryInput, options: dict[str, Any], told: str, tmp_path: Path) -> None:
    """An entry that a build would refuse is not written."""
    root = content(tmp_path, text(recorded()))
    before = (root / FILE).read_bytes()
    with pytest.raises(RecordError, match=told.replace("(", r"\(").replace(".", r"\.")):
        add(root, fields, **options)
    assert (root / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (
            HEAD + "log: [{on: 2026-06-01, said: a, did: b, by_role: c}]\nredress: elm-tree-hub\n---\n",
            "not written as a list",
        ),
        ((HEAD + SHAPES["indented"]).replace("slug: a\n", "slug: a\r\n"), "two kinds of line ends"),
        (HEAD.replace("slug:", "slg:") + SHAPES["indented"], "some could not be read (commitments/a/index.md)"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(file: str, told: str, tmp_path: Path) -> None:
    """If the position of the new entry is unclear, the message asks to write it by hand."""
    root = content(tmp_path, file.encode())
    with pytest.raises(RecordError, match=told.replace("(", r"\(").replace(")", r"\)")):
        add(root)
    assert (root / FILE).read_bytes() == file.encode()


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If writing fails, the old file is complete and no other file is left."""
    root = content(tmp_path, text(recorded()))
    before = (root / FILE).read_bytes()

    def fail(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        add(root)
    assert (root / FILE).read_bytes() == before
    assert [file.name for file in (root / FILE).parent.iterdir()] == ["index.md"]


def test_the_file_keeps_its_rights(tmp_path: Path) -> None:
    """The file keeps its permissions."""
    root = content(tmp_path, text(recorded()))
    (root / FILE).chmod(0o640)
    add(root)
    assert stat.S_IMODE((root / FILE).stat().st_mode) == 0o640


def test_a_changed_wording_shows_in_the_record(tmp_path: Path) -> None:
    """Two log entries with different wordings have different hashes."""
    root = content(tmp_path, text({**recorded(), "log": [log_entry(**recorded()["log"][0])]}))
    file = root / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("We listen.", "We listen twice."), encoding="utf-8")
    add(root)
    first, last = read(root).log
    assert first.wording
    assert last.wording
    assert first.wording != last.wording
