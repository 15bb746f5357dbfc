"""Links to what was withdrawn are left out, so that nobody who takes something back waits for other entries."""

from __future__ import annotations

import dataclasses

from plugins.base.problem import Severity
from plugins.content_model.link_targets import RemovedTarget
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.render import render


def test_a_link_to_what_was_withdrawn_loses_its_address() -> None:
    """It is a warning; its words stay unless they name what is gone."""
    gone = {
        key: RemovedTarget("story", ("the-red-boat",)) for key in ("stories/boat/index.md", "/stories/the-red-boat/")
    }
    context = dataclasses.replace(Context("pages/a/index.md"), gone=gone)
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


def test_a_picture_of_what_was_withdrawn_is_left_out() -> None:
    """Neither the picture nor its words are shown; those of other entries are."""
    context = dataclasses.replace(
        Context("pages/a/index.md"), gone={"stories/boat/index.md": RemovedTarget("story", ())}
    )
    rendered = render("See ![a red sail](/stories/boat/sail.jpg) there.\n", context)
    assert "sail" not in rendered.body.html
    assert [(problem.name, problem.severity) for problem in rendered.problems] == [
        ("picture-of-withdrawn", Severity.WARNING),
    ]
    other = render("See ![a red sail](/stories/other/sail.jpg) there.\n", context)
    assert [problem.name for problem in other.problems] == ["missing-picture"]
