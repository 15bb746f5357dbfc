"""Test the loading of a content folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.base.problem import Position
from plugins.content_model.article import Article
from plugins.content_model.loader import load
from plugins.content_model.page import Page, Person
from plugins.engine.cache.memory import MemoryCache
from tests.sites.writing import TODAY, fields, text, write

_EDITOR = text(fields(Person, "editor"))


def names(root: Path) -> list[tuple[str, str]]:
    """Return the files and names of the problems of the folder ``root``."""
    return [(problem.path, problem.name) for problem in load(root, as_of=TODAY)[1]]


def test_an_empty_folder(tmp_path: Path) -> None:
    """An empty folder gives a library without entries, and no problem."""
    library, problems = load(tmp_path, as_of=TODAY)
    assert library.entries == ()
    assert problems == []


def test_entries_are_found_at_any_depth_under_any_name(tmp_path: Path) -> None:
    """Every Markdown file below the folder of a kind is an entry of that kind, except hidden files."""
    files = {
        "people/editor/index.md": _EDITOR,
        "articles/a.md": text(fields(Article, "a")),
        "articles/2026/11/b/index.md": text(fields(Article, "b")),
        "articles/.trash/c.md": "not read",
        "articles/a/notes.yaml": "not read",
        "pages/.d.md": "not read",
    }
    library, problems = load(write(tmp_path, files), as_of=TODAY)
    assert problems == []
    assert [entry.source.path for entry in library.entries] == [
        "articles/2026/11/b/index.md",
        "articles/a.md",
        "people/editor/index.md",
    ]


def test_other_text_formats_are_problems(tmp_path: Path) -> None:
    """A text in another format is a problem, once for a folder of them, because the site would lack it."""
    write(tmp_path, {"pages/a.docx": "x", "pages/b.markdown": "x", "pages/c.jpg": b"x"})
    write(tmp_path, {"pages/d.pages/Index.zip": b"x", "pages/d.pages/Data/x.jpa": b"x", "pages/e.csv": b"x"})
    assert names(tmp_path) == [(f"pages/{name}", "unknown-file-type") for name in ("a.docx", "b.markdown", "d.pages")]


def test_suffixes_ignore_case(tmp_path: Path) -> None:
    """A Markdown file may have a suffix in capitals. One outside the folders of kinds is a problem."""
    write(tmp_path, {"pages/a/INDEX.MD": text(fields(Page, "a")), "page/b.Md": "x"})
    library, problems = load(tmp_path, as_of=TODAY)
    assert [entry.source.path for entry in library.entries] == ["pages/a/INDEX.MD"]
    assert [(problem.path, problem.name) for problem in problems] == [("page/b.Md", "unknown-folder")]


def test_line_ends_of_other_systems(tmp_path: Path) -> None:
    """Files with line ends of Windows or old Macs have the same content and the same line numbers."""
    whole = text(fields(Page, "a"), "One\n\nTwo\n")
    for name, end in (("unix", "\n"), ("windows", "\r\n"), ("mac", "\r")):
        root = write(tmp_path / name, {"pages/a.md": whole.replace("\n", end).encode()})
        library, problems = load(root, as_of=TODAY)
        assert problems == []
        assert library.entries[0].source.body == "\nOne\n\nTwo\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_other_encodings_are_named_as_such(encoding: str, tmp_path: Path) -> None:
    """A file of another encoding, with or without a byte order mark, is to be saved again."""
    write(tmp_path, {"pages/a.md": text(fields(Page, "a", title="Café")).encode(encoding)})
    assert names(tmp_path) == [("pages/a.md", "not-utf-8")]


def test_names_that_are_one_on_other_systems(tmp_path: Path) -> None:
    """Paths that differ in capitals or in the form of accents only are problems: other systems keep one of them."""
    pages = {f"pages/{name}.md": text(fields(Page, slug)) for name, slug in (("caf\u00e9", "a"), ("cafe\u0301", "b"))}
    write(tmp_path, {**pages, "pages/tree.jpg": b"x", "pages/Tree.jpg": b"x", "pages/other.jpg": b"x"})
    assert [name for _, name in names(tmp_path)] == ["same-name"] * 2


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    """A file that is not UTF-8 has a problem at the first character that cannot be decoded."""
    whole = text(fields(Page, "a"), "")
    write(tmp_path, {"pages/a.md": whole.encode() + b"ab\xe9"})
    _, problems = load(tmp_path, as_of=TODAY)
    assert [(p.name, p.position) for p in problems] == [("not-utf-8", Position(whole.count("\n") + 1, 3))]


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """A file that cannot be opened is a problem, and the others are read."""
    write(tmp_path, {"pages/b.md": text(fields(Page, "b"))})
    (tmp_path / "pages" / "a.md").symlink_to("nowhere")
    assert names(tmp_path) == [("pages/a.md", "unreadable-file")]
    (tmp_path / "register" / "help.yaml").mkdir(parents=True)
    assert ("register/help.yaml", "unreadable-file") in names(tmp_path)


def test_invisible_characters_in_the_body(tmp_path: Path) -> None:
    """A character in the body that feeds may not contain is a problem at its position."""
    whole = text(fields(Page, "a"), "Good\n\x0bBad")
    write(tmp_path, {"pages/a.md": whole})
    _, problems = load(tmp_path, as_of=TODAY)
    assert [(p.name, p.position) for p in problems] == [("control-character", Position(whole.count("\n") + 1, 1))]


def test_all_files_report_their_problems(tmp_path: Path) -> None:
    """A mistake in one file does not hide those in others or in the registers."""
    files = {
        "articles/a.md": "no front matter",
        "articles/b.md": text(fields(Article, "b", kind="essay", published="1/2/26")),
        "people/editor.md": _EDITOR.replace("role:", "rolle:"),
        "register/topics.yaml": "- key: a\n  name: A\n",
        "register/spare.yaml": "- a\n",
    }
    write(tmp_path, files)
    found = set(names(tmp_path))
    assert found >= {
        ("articles/a.md", "missing-front-matter"),
        ("articles/b.md", "ambiguous-date"),
        ("articles/b.md", "unknown-choice"),
        ("people/editor.md", "unknown-field"),
        ("register/topics.yaml", "missing-field"),
        ("register/spare.yaml", "unknown-register"),
    }


def test_registers(tmp_path: Path) -> None:
    """The four registers are read, in the order of their files."""
    files = {
        "register/topics.yaml": (
            "- {key: b, name: B, summary: About b.}\n- {key: a, name: A, summary: About a., safety: Careful.}\n"
        ),
        "register/glossary.yaml": "- {term: NHS, meaning: National Health Service}\n",
        "register/help.yaml": (
            "- {id: us, name: Us, who_for: All, number: '9', hours: Any, nations: [wales], cost: Free, source: We}\n"
        ),
        "register/withdrawn.yaml": (
            "- {id: gone-gone, kind: story, address: /stories/gone/, published: 2026-01-01, withdrawn_on: 2026-02-01}\n"
        ),
    }
    library, problems = load(write(tmp_path, files), as_of=TODAY)
    registers = library.registers
    assert problems == []
    assert list(registers.topics) == ["b", "a"]
    assert registers.glossary == {"NHS": "National Health Service"}
    assert list(registers.contacts) == ["us"]
    assert list(registers.withdrawn) == ["gone-gone"]


def test_a_withdrawal_comes_after_its_publication(tmp_path: Path) -> None:
    """An entry withdrawn before its publication is a problem in the register."""
    stone = "- {id: gone-gone, kind: story, address: /stories/gone/, published: 2026-02-01, withdrawn_on: 2026-01-01}\n"
    write(tmp_path, {"register/withdrawn.yaml": stone})
    assert names(tmp_path) == [("register/withdrawn.yaml", "dates-out-of-order")]


def test_when_a_contact_needs_verifying(tmp_path: Path) -> None:
    """A crisis line needs verifying every 90 days and others every 180. An unverified contact has no such day."""
    line = "- {{id: {}, name: N, who_for: All, number: '9', hours: Any, nations: [wales], cost: Free, source: We{}}}\n"
    register = (
        line.format("crisis", ", crisis: true, verified_on: 2026-01-01")
        + line.format("other", ", verified_on: 2026-01-01")
        + line.format("never", "")
        + line.format("said", ", verified_on: 2026-01-01, expires: 2026-01-05")
    )
    library, _ = load(write(tmp_path, {"register/help.yaml": register}), as_of=TODAY)
    days = {key: contact.expires_on for key, contact in library.contacts.items()}
    assert days == {
        "crisis": dt.date(2026, 4, 1),
        "other": dt.date(2026, 6, 30),
        "never": None,
        "said": dt.date(2026, 1, 5),
    }


def test_a_register_must_be_a_list(tmp_path: Path) -> None:
    """A register that is a mapping, or an item that is a word, is a problem at its position."""
    write(
        tmp_path,
        {"register/topics.yaml": "a: b\n", "register/help.yaml": "- us\n", "register/glossary.yaml": "# nothing yet\n"},
    )
    assert names(tmp_path) == [("register/topics.yaml", "wrong-type"), ("register/help.yaml", "wrong-type")]


def test_a_register_is_read_again_only_when_it_changes(tmp_path: Path) -> None:
    """From a cache it is the same, with its positions and problems; a change of the file shows at once."""
    topic = "- key: {}\n  name: Wellbeing\n  summary: How to be well.\n"
    files = {"register/topics.yaml": topic.format("wellbeing") + topic.format("wellbeing")}
    cache = MemoryCache()
    root = write(tmp_path, files)
    alone = load(root, as_of=TODAY)
    first, second = (load(root, as_of=TODAY, cache=cache) for _ in range(2))
    assert first[1] == second[1] == alone[1]
    assert [problem.name for problem in first[1]] == ["duplicate-id"]
    registers = [library.registers for library, _ in (alone, first, second)]
    assert registers[0] == registers[1] == registers[2]
    assert registers[2].topics["wellbeing"] is registers[1].topics["wellbeing"]
    write(root, {"register/topics.yaml": topic.format("sleep")})
    changed, problems = load(root, as_of=TODAY, cache=cache)
    assert problems == []
    assert set(changed.registers.topics) == {"sleep"}
