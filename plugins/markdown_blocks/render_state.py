"""Keep the state of the body that is being rendered.

Python-Markdown creates its processors once for many texts. They share one ``RenderState``, which ``start`` resets for
each text.
"""

from __future__ import annotations

from plugins.base.problem import Position, Problem
from plugins.markdown_blocks.context import Context, LinkUse
from plugins.markdown_blocks.source_positions import SourcePositions
from plugins.markdown_blocks.syntax import Syntax
from plugins.views.body import Heading


class RenderState:
    """The inputs and collected results of one body.

    Attributes:
        context: what the body may refer to.
        lines: the outline of its source.
        positions: looks up positions in the source.
        problems: collected problems.
        links: the links to other entries.
        headings: in document order.
        found: the ``///`` blocks in the source, in order.
        blocks: the names of the rendered ``///`` blocks, in order.
        trusted: indexes of the raw HTML that blocks created.
    """

    def __init__(self) -> None:
        self.start(Syntax((), (), ()), Context(""))

    def start(self, syntax: Syntax, context: Context) -> None:
        """Reset the state for another body."""
        self.context = context
        self.lines = syntax.lines
        self.found = syntax.blocks
        self.positions = SourcePositions(syntax.lines, context)
        self.problems: list[Problem] = []
        self.links: list[LinkUse] = []
        self.headings: list[Heading] = []
        self.blocks: list[str] = []
        self.trusted: set[int] = set()

    def report(self, position: Position, name: str, message: str, hint: str) -> None:
        """Collect an error."""
        self.problems.append(self.context.problem(position, name, message, hint))
