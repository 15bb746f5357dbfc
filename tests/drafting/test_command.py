"""`inv new`: a draft that builds and passes the check, and never a file that was there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.drafting.skeletons import FOLDERS
from plugins.proofing.plugin import problems_in
from tests.preview.test_commands import inv
from tests.sites.building import AS_OF, CONTENT, run_here, snapshot


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the site's content."""
    return shutil.copytree(CONTENT, tmp_path / "content")


@pytest.mark.parametrize("status", ["draft", "published"])
def test_every_kind_of_draft_builds_and_passes(content: Path, tmp_path: Path, status: str) -> None:
    """One draft of each kind is written; all build, as drafts and published, and the check has nothing to say."""
    before = snapshot(content)
    for kind in FOLDERS:
        done = inv("new", kind, "--title", f"Tea: £5 & a {kind}", "--author", "editorial-team", "--topics", "work",
                   "--as-of", AS_OF, "--content", str(content))  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert {path: data for path, data in snapshot(content).items() if path in before} == before
    new = [path for path in snapshot(content) if path not in before]
    assert len(new) == len(FOLDERS)
    told = {problem.path for problem in problems_in(content, as_of=AS_OF)}
    assert told.isdisjoint(new)
    if status == "published":
        new = [path for path in new if path.startswith(("articles", "pages", "people"))]
        for path in new:
            text = (content / path).read_text(encoding="utf-8").replace("status: draft", "status: published")
            (content / path).write_text(text, encoding="utf-8")
    done_build = run_here(content, tmp_path / "output")
    assert done_build.status == 0, done_build.stderr


def test_a_picture_slot_works_as_it_says(content: Path) -> None:
    """With the # taken away and the file put there, the picture of the front matter is right."""
    assert inv("new", "page", "--title", "Tea", "--content", str(content)).returncode == 0
    file = content / "pages/tea/index.md"
    text = file.read_text(encoding="utf-8")
    for line in ("image:", "  file: cover.jpg", '  alt: "What'):
        text = text.replace(f"# {line}", line)
    file.write_text(text, encoding="utf-8")
    shutil.copy(content / "articles/sober-summers/cover.jpg", file.parent)
    assert "pages/tea/index.md" not in {problem.path for problem in problems_in(content, as_of=AS_OF)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("article",), "--title, --author"),
        (("artikel", "--title", "Tea"), "did you mean `article`?"),
        (("page", "--title", "About"), "/about/ is that of pages/about/index.md"),
        (("page", "--title", "Tea", "--content", "nowhere"), "no folder nowhere"),
        (("page", "--title", "Tea", "--as-of", "soon"), "AS_OF is `soon`"),
    ],
)
def test_a_slip_at_the_terminal_is_explained(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    """What is missing or taken is named in a sentence, with status 1, without a traceback, and nothing is written."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    before = snapshot(content)
    done = inv("new", *arguments, *([] if "--content" in arguments else ["--content", str(content)]))
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(content) == before


def test_a_folder_that_holds_anything_is_left_alone(content: Path) -> None:
    """A folder of that name with a picture in it is not written to."""
    (content / "pages/tea").mkdir()
    (content / "pages/tea/cover.jpg").write_bytes(b"x")
    done = inv("new", "page", "--title", "Tea", "--content", str(content))
    assert done.returncode == 1
    assert "already" in done.stderr
    assert [file.name for file in (content / "pages/tea").iterdir()] == ["cover.jpg"]
