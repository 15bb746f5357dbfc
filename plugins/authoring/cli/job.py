"""The task class of ``tasks.py``: an Invoke task with a group, and with arguments that need no option."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from invoke.tasks import Task

from plugins.base.optional_dependencies import require_extra

Body: TypeAlias = Callable[..., None]
Group: TypeAlias = Literal["write", "check", "publish", "develop"]


class CommandTask(Task[Body]):
    """An Invoke task.

    Args:
        body: the function.
        group: its group in the list of commands.
        words: the argument that takes words without an option, such as the paths of `inv check PATH`; "" for none.
        needs: the extra of pyproject.toml that it needs; "" for none.
        **options: those of Invoke's ``Task``.
    """

    def __init__(self, body: Body, *, group: Group, words: str = "", needs: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(body, **options)
        self.group = group
        self.words = words
        self.needs = needs

    def __call__(self, *args: Any, **kwargs: Any) -> Body:  # noqa: ANN401 - those of its body
        """Run the task.

        Raises:
            SystemExit: if packages that it needs are not installed.
        """
        if self.needs:
            require_extra(self.needs)
        return super().__call__(*args, **kwargs)


def job(group: Group, **options: Any) -> Callable[[Body], CommandTask]:  # noqa: ANN401 - those of CommandTask
    """Return a decorator that makes a ``CommandTask`` of a function."""
    return lambda body: CommandTask(body, group=group, **options)
