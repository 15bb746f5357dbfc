"""Jobs: Invoke's tasks, each in a group of the list, some with words that need no option before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from invoke.tasks import Task

from plugins.base.optional_dependencies import require_extra

Body: TypeAlias = Callable[..., None]
Group: TypeAlias = Literal["write", "check", "publish", "develop"]


class CommandTask(Task[Body]):
    """A task of Invoke.

    Args:
        body: what it does.
        group: where the list of jobs has it.
        words: the argument that takes words which stand alone, such as the paths of `inv check PATH`; "" for none.
        needs: the extra of pyproject.toml that has to be installed for it; "" for none.
        **options: those of Invoke's ``Task``.
    """

    def __init__(self, body: Body, *, group: Group, words: str = "", needs: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(body, **options)
        self.group = group
        self.words = words
        self.needs = needs

    def __call__(self, *args: Any, **kwargs: Any) -> Body:  # noqa: ANN401 - those of its body
        """Run it; as ``Task``.

        Raises:
            SystemExit: when packages that it needs are not installed.
        """
        if self.needs:
            require_extra(self.needs)
        return super().__call__(*args, **kwargs)


def job(group: Group, **options: Any) -> Callable[[Body], CommandTask]:  # noqa: ANN401 - those of Job
    """Make a job of the function that is decorated; see ``CommandTask``."""
    return lambda body: CommandTask(body, group=group, **options)
