"""Test that an interrupted import is resumed, and that one failure does not stop the others."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from plugins.authoring.importing import conversion
from plugins.authoring.importing import run as running
from plugins.authoring.importing.command import FOLDER
from plugins.authoring.importing.import_log import ImportLog
from tests.authoring.importing.exports import Post, write_export
from tests.authoring.importing.world import (
    actions,
    body,
    bring,
)
from tests.sites.building import ROOT


def test_an_interrupted_run_is_resumed(content: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is interrupted between any two writes is completed by the next run."""
    posts = [Post(number, f"Post {number}", f"Words {number}.", slug=f"p{number}") for number in range(1, 6)]
    write_export(file, posts)
    for stop_at in range(1, 11, 3):
        calls = iter(range(1, 100))
        plain = ImportLog.write

        def write_or_die(
            log: ImportLog, record: object, plain: object = plain, calls: object = calls, stop_at: int = stop_at
        ) -> None:
            if next(calls) == stop_at:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            plain(log, record)  # type: ignore[operator]

        with monkeypatch.context() as patched:
            patched.setattr(ImportLog, "write", write_or_die)
            with pytest.raises(KeyboardInterrupt):
                bring(content, file)
        log = content.parent / FOLDER / "import-log.jsonl"
        with log.open("ab") as stream:
            stream.write(b'{"key":"cut o')
        report = bring(content, file)
        assert sum(actions(report).values()) == 5
        assert set(actions(report)) <= {"new", "updated", "unchanged"}
        for number in range(1, 6):
            assert body(content, f"articles/p{number}") == f"Words {number}."
        assert len(list((content / "articles").iterdir())) == 5
        assert actions(bring(content, file)) == {"unchanged": 5}
        for folder in (content / "articles").iterdir():
            (folder / "index.md").unlink()
            folder.rmdir()
        log.unlink()


def test_a_failing_text_does_not_stop_others(
    content: Path, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text that raises in the conversion is reported, the others are imported, and the exit status is 1."""
    plain = conversion.convert

    def convert(html: str, **options: object) -> object:
        if "hard" in html:
            raise TypeError
        return plain(html, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "convert", convert)
    with pytest.raises(SystemExit) as stop:
        bring(content, write_export(file, [Post(1, "One", "hard"), Post(2), Post(3, body="<div>" * 999)]))
    assert stop.value.code == 1
    told_of = capsys.readouterr().err
    assert "error: export.xml, item 1 “One”: it could not be imported, because our code cannot bear it" in told_of
    assert "because its HTML is nested more than 100 elements deep" in told_of
    assert body(content, "articles/post-2") == "Some words."


def test_written_texts_are_not_converted_again(content: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resumed run does not convert written texts again."""
    write_export(file, [Post(1), Post(2)])
    bring(content, file)

    def fail(*_: object, **__: object) -> None:
        pytest.fail("a text was converted again")

    monkeypatch.setattr(running, "convert", fail)
    assert actions(bring(content, file)) == {"unchanged": 2}


@pytest.mark.deep
def test_a_killed_process_is_resumed(content: Path, file: Path) -> None:
    """A process that is killed repeatedly has the same result as an uninterrupted one."""
    posts = [Post(number, f"Post {number}", f"Words {number}.", slug=f"p{number}") for number in range(1, 61)]
    write_export(file, posts)
    code = (
        "import sys; from plugins.authoring.importing.command import import_files;"
        "import_files([sys.argv[1]], content=sys.argv[2], as_of='2026-11-23')"
    )
    for reached in (10, 25, 40):
        with subprocess.Popen([sys.executable, "-c", code, str(file), str(content)], cwd=ROOT) as process:
            while process.poll() is None and len(list(content.glob("articles/*"))) < reached:
                time.sleep(0.01)
            process.kill()
    assert sum(actions(bring(content, file)).values()) == len(posts)
    assert actions(bring(content, file)) == {"unchanged": len(posts)}
    assert {body(content, f"articles/p{number}") for number in range(1, 61)} == {f"Words {n}." for n in range(1, 61)}
    assert not list(content.rglob(".*.new"))
