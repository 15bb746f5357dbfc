"""Test the privacy receipt in builds."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plugins.engine.build import Build, pages_wanted
from plugins.engine.outputs import Claim, Owner
from tests.privacy_receipt.scanning import PAGE
from tests.sites.building import SITES, Built, Run, run_here, snapshot


@contextmanager
def planted(path: str, data: bytes, *, late: bool = False) -> Iterator[None]:
    """Add a plugin that writes one file."""

    def plant(build: Build) -> None:
        build.outputs.add(path, Owner("register/topics.yaml"), lambda: data, late=late)

    with pages_wanted.connected_to(plant):
        yield


def build_with(output: Path, path: str, data: bytes, *, late: bool = False) -> Run:
    """Build the full site with one more file."""
    with planted(path, data, late=late):
        return run_here(SITES / "full", output)


def test_the_receipt_lists_every_file(built: Built) -> None:
    """The receipt has the digest of each file except itself and its page, and a digest of all."""
    receipt = json.loads(built.text("privacy-receipt.json"))
    told_later = {"privacy-receipt.json", "privacy-receipt/index.html"}
    expected = {
        path: hashlib.sha256((built.output / path).read_bytes()).hexdigest()
        for path in built.files()
        if path not in told_later
    }
    assert receipt["files"] == expected
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(expected.items()))
    assert receipt["sha256"] == hashlib.sha256(lines.encode()).hexdigest()
    assert receipt["result"] == "kept"
    assert receipt["counted"]["files"] == len(expected)


def test_a_reader_can_understand_it(real: Built) -> None:
    """The page of the receipt says what was checked, and links to the data."""
    page = real.page("/privacy-receipt/")
    counted = json.loads(real.text("privacy-receipt.json"))["counted"]
    text = " ".join(page.get_text(" ").split())
    assert f"{counted['files']} files" in text
    assert f"{counted['addresses']} such addresses" in text
    assert f"{counted['links_out']} links lead to other sites" in text
    assert page.select_one("main a[href='/privacy-receipt.json']")


def test_private_values_are_looked_for(full: Built) -> None:
    """The private values of the full site are searched for, and the page has their number."""
    counted = json.loads(full.text("privacy-receipt.json"))["counted"]
    assert counted["private_values"] >= 8
    assert f"{counted['private_values']} such facts" in full.page("/privacy-receipt/").get_text(" ")


def test_a_choice_of_the_model_is_nobodys(tmp_path: Path) -> None:
    """The choices of a model's field, such as the name of a scope, may occur in any file."""
    page = PAGE.format('<script type="application/ld+json">{"image": "social feed"}</script>')
    assert build_with(tmp_path / "output", "words/index.html", page.encode()).status == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("consent.ref", "PRIVATE-REF-7Q"),
        ("consent.ref", "private-ref-7q"),
        ("consent.form_version", "version PRIVATE-FORM-3K."),
        ("safeguarding.by_role", "&lt;p&gt;PRIVATE&#45;ROLE&#45;5M&lt;/p&gt;"),
        ("approved_text", "db9dae1b12963c011b5becfb649377b9a5657d205a2035ce4c838341d4fafd79"),
    ],
)
def test_a_private_value_stops_the_build(field: str, text: str, tmp_path: Path) -> None:
    """A private value in any form stops the build, and the message does not repeat it."""
    output = tmp_path / "output"
    assert run_here(SITES / "full", output).status == 0
    before = snapshot(output)
    done = build_with(output, "leak/index.html", PAGE.format(text).encode())
    assert done.status == 1
    assert f"`{field}` of stories/told/index.md" in done.stderr
    assert "error[private-value-published]" in done.stderr
    assert "private-ref" not in done.stderr.lower()
    assert snapshot(output) == before


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("leak.json", b'{"note": "PRIVATE-REF-7Q"}'),
        ("leak.txt", b"PRIVATE-REF-7Q"),
        ("leak.xml", b"<feed>PRIVATE-REF-7Q</feed>"),
        ("leak.css", b"/* PRIVATE-REF-7Q */"),
        ("leak.bin", b"\xff\x00PRIVATE-REF-7Q\x00"),
        ("private-ref-7q.jpg", b"\xff\xd8"),
        ("leak.jpg", b"\xff\xd8\xff\xfePRIVATE-REF-7Q\xff\xd9"),
    ],
)
def test_no_kind_of_file_is_passed_over(path: str, data: bytes, tmp_path: Path) -> None:
    """A private value is found in every kind of file, and in file names."""
    done = build_with(tmp_path / "output", path, data)
    assert done.status == 1
    assert "error[private-value-published]" in done.stderr


def test_late_files_are_read_too(tmp_path: Path) -> None:
    """A late file is scanned before it is in place."""
    done = build_with(tmp_path / "output", "late.txt", b"PRIVATE-REF-7Q", late=True)
    assert done.status == 1
    assert not (tmp_path / "output").exists()


def test_a_warning_is_told_once(tmp_path: Path) -> None:
    """A warning from before the files were rendered is not repeated."""
    done = run_here(SITES / "warned" / "unused-footnote", tmp_path / "output")
    warnings = [line for line in done.stderr.splitlines() if line.startswith("warning[")]
    assert warnings
    assert done.stderr.count("No warning stops a build.") == 1


def test_a_request_to_another_host_stops_the_build(tmp_path: Path) -> None:
    """A page that fetches from another host stops the build, and the message has the page and the address."""
    done = build_with(tmp_path / "output", "leak/index.html", PAGE.format('<img src="//cdn.example/a.png">').encode())
    assert done.status == 1
    assert "error[request-leaves-site]: leak/index.html: <img>" in done.stderr
    assert "//cdn.example/a.png" in done.stderr


def test_what_authors_write_is_no_program(tmp_path: Path) -> None:
    """Entries, headings, topics and contacts may contain the names of stores."""
    content = Path(shutil.copytree(SITES / "full", tmp_path / "content"))
    words = "'https://other.example/ and document.cookie, eval(a)'"
    for path, old, new in (
        ("articles/plain/index.md", "title: Plain\n", f"title: {words}\n"),
        ("articles/plain/index.md", "## A part\n", f"## {words}\n\n## A part\n"),
        ("register/topics.yaml", "name: Alcohol\n", f"name: {words}\n"),
        ("register/topics.yaml", "summary: Changing how you drink.\n", f"summary: {words}\n"),
    ):
        text = (content / path).read_text(encoding="utf-8")
        assert old in text
        (content / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run_here(content, tmp_path / "output")
    assert (done.status, done.stderr.count("error[")) == (0, 0)
    assert any("document.cookie" in file.read_text() for file in (tmp_path / "output" / "search").glob("index-*.js"))


@pytest.mark.parametrize("where", ["body", "summary", "topic"])
def test_a_violation_of_a_list_is_told_where_its_words_stand(where: str, tmp_path: Path) -> None:
    """A violation in a file of the whole site is reported at the position of its text in the content."""
    content = Path(shutil.copytree(SITES / "full", tmp_path / "content"))
    path, old, new = {
        "body": ("articles/plain/index.md", "\n---\n\n", "\n---\n\nSee PRIVATE-REF-7Q.\n\n"),
        "summary": ("articles/plain/index.md", "\nslug: ", "\nsummary: See PRIVATE-REF-7Q.\nslug: "),
        "topic": ("register/topics.yaml", "summary: ", "summary: See PRIVATE-REF-7Q. "),
    }[where]
    text = (content / path).read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    (content / path).write_text(changed, encoding="utf-8")

    def plant(build: Build) -> None:
        build.outputs.add("list.json", Owner("pelicanconf.py", claim=Claim.SITE), lambda: b'{"a": "PRIVATE-REF-7Q"}')

    with pages_wanted.connected_to(plant):
        done = run_here(content, tmp_path / "output")
    line = changed[: changed.index("PRIVATE")].count("\n") + 1
    (place,) = {(one.path, one.line) for one in done.problems(content) if one.message.startswith("list.json")}
    assert place == (path, line)
