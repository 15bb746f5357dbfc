"""Links to withdrawn entries are removed without an error, so that a withdrawal needs no other change."""

from __future__ import annotations

from msgspec.structs import replace

from plugins.base.problem import Severity
from plugins.content_model.link_targets import RemovedTarget
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.render import render


def test_link_to_a_withdrawn_entry() -> None:
    """The link is removed with a warning, and its words are kept unless they name the entry."""
    gone = {
        key: RemovedTarget("story", ("the-red-boat",)) for key in ("stories/boat/index.md", "/stories/the-red-boat/")
    }
    context = replace(Context("pages/a/index.md"), gone=gone)
    for address in (
        "{filename}/stories/boat/index.md",
        "{filename}../../stories/boat/index.md#end",
        "/stories/the-red-boat/",
        "/stories/the-red-boat",
        "/stories/the-red-boat/?a#b",
    ):
        for words, shown in (
            ("her story", "her story"),
            ("the *red* boat", "a story that is no longer here"),
            ("about The Red Boat!", "a story that is no longer here"),
        ):
            rendered = render(f"See [{words}]({address}) now.\n", context)
            assert rendered.body.html == f"<p>See <span>{shown}</span> now.</p>"
            (problem,) = rendered.problems
            assert (problem.name, problem.severity) == ("link-to-withdrawn", Severity.WARNING)
            assert problem.position.column == len(words) + 8
            assert rendered.links == ()


def test_picture_of_a_withdrawn_entry() -> None:
    """The picture and its alternative text are removed; pictures of other entries are kept."""
    context = replace(Context("pages/a/index.md"), gone={"stories/boat/index.md": RemovedTarget("story", ())})
    rendered = render("See ![a red sail](/stories/boat/sail.jpg) there.\n", context)
    assert "sail" not in rendered.body.html
    assert [(problem.name, problem.severity) for problem in rendered.problems] == [
        ("picture-of-withdrawn", Severity.WARNING),
    ]
    other = render("See ![a red sail](/stories/other/sail.jpg) there.\n", context)
    assert [problem.name for problem in other.problems] == ["missing-picture"]
