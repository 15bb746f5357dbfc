"""Job: the body that is being rendered now.

Python-Markdown builds its processors once and runs them on many texts, so what belongs to one text stands here,
where the processors find it.
"""

from __future__ import annotations

from plugins.base.problem import Position, Problem
from plugins.markdown_blocks.context import Context, LinkUse
from plugins.markdown_blocks.source_positions import SourcePositions
from plugins.markdown_blocks.syntax import Syntax
from plugins.views.body import Heading


class RenderState:
    """What rendering one body reads and collects.

    Attributes:
        context: what the body may refer to.
        lines: the outline of its source.
        places: where things stand in the source.
        problems: what was found wrong.
        links: the links to other entries.
        headings: in document order.
        found: the ``///`` blocks that stand in the source, in order.
        blocks: the names of the ``///`` blocks that were made, in order.
        trusted: numbers of the pieces of raw HTML that we made ourselves.
    """

    def __init__(self) -> None:
        self.start(Syntax((), (), ()), Context(""))

    def start(self, syntax: Syntax, context: Context) -> None:
        """Forget the last body and begin with this one."""
        self.context = context
        self.lines = syntax.lines
        self.found = syntax.blocks
        self.places = SourcePositions(syntax.lines, context)
        self.problems: list[Problem] = []
        self.links: list[LinkUse] = []
        self.headings: list[Heading] = []
        self.blocks: list[str] = []
        self.trusted: set[int] = set()

    def report(self, position: Position, name: str, message: str, hint: str) -> None:
        """Collect an error."""
        self.problems.append(self.context.problem(position, name, message, hint))
