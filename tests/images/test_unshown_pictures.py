"""Problems for names of pictures that are not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.base.files import Files
from plugins.content_model.page import Page
from plugins.images.unshown_pictures import picture_rejections
from plugins.views.file_rejection import FileRejection
from tests.images.making import picture
from tests.sites.building import run_here
from tests.sites.writing import fields, text, write


def reported(folder: Path, output: Path) -> list[tuple[str, str]]:
    """Return the names and hints of the problems of a build."""
    done = run_here(folder, output)
    mends = [line.partition(" = mend: ")[2] for line in done.stderr.splitlines() if " = mend: " in line]
    return list(zip((problem.name for problem in done.problems(folder)), mends, strict=True))


@pytest.mark.parametrize(
    ("written", "near"),
    [("photo.jpg", "Photo.JPG"), ("PHOTO.jpeg", "Photo.JPG"), ("more/gaet.png", "more/gate.png"), ("x.png", "")],
)
def test_similar_name_is_suggested(written: str, near: str, tmp_path: Path) -> None:
    """A name with another case or letter is suggested in texts and front matter."""
    image = {"file": written, "alt": "A path."}
    files = {"pages/a/Photo.JPG": picture("JPEG"), "pages/a/more/gate.png": picture()}
    write(tmp_path / "content", {**files, "pages/a/index.md": text(fields(Page, "a", image=image), f"![A]({written})")})
    found = reported(tmp_path / "content", tmp_path / "site")
    assert [name for name, _ in found] == ["missing-picture", "missing-picture"]
    assert [f"did you mean `{near}`?" == hint for _, hint in found] == [bool(near)] * 2


def test_names_are_normalised(tmp_path: Path) -> None:
    """A picture with a decomposed accent in its file name is found by the composed name."""
    image = {"file": "caf\u00e9.png", "alt": "A path."}
    body = "![A](caf\u00e9.png)\n\n![A](cafe\u0301.png)"
    files: dict[str, str | bytes] = {
        "pages/a/cafe\u0301.png": picture(),
        "pages/a/index.md": text(fields(Page, "a", image=image), body),
    }
    assert reported(write(tmp_path / "content", files), tmp_path / "site") == []


def test_damaged_picture_is_reported_once(tmp_path: Path) -> None:
    """A damaged picture is reported at its file only, and a file of another type where it is named."""
    write(tmp_path, {"a/bad.png": b"x", "a/plan.pdf": b"%PDF-1.4", "a/table.csv": b"1,2"})
    why = picture_rejections(tmp_path, Files(tmp_path).paths, ())
    assert why("a/bad.png") == FileRejection()
    assert "`a/plan.pdf` is a PDF" in why("a/plan.pdf").message
    assert why("a/plan.pdf").hint.endswith("and write that file's name")
    assert "`a/table.csv` is not a picture" in why("a/table.csv").message
    (tmp_path / "a/plan.pdf").unlink()
    assert why("a/plan.pdf").name == "unreadable-file"
