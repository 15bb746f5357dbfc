"""List the messages in the code with which commands end, and those whose advice a test follows."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from tests.sites.building import ROOT

_T = TypeVar("_T", bound=Callable[..., object])
#: Errors that a command prints as a sentence. ``exit`` is ``sys.exit``.
_TOLD = frozenset(
    {"exit", "SettingsError", "OutputFolderError", "ThemeError", "UserError", "FileChangedError", "StoryError",
     "DraftError", "RecordError", "NotCommittedError", "TargetError", "PublicationError", "ReleaseError",
     "InventoryError", "SpellingError", "SiteNotFoundError", "UnknownRuleError", "UnansweredError"}
)  # fmt: skip
#: tests/publishing/targets covers the messages of targets.
_ELSEWHERE = ROOT / "plugins" / "publishing" / "targets"
#: Parts of messages whose advice a test follows.
FOLLOWED: set[str] = set()


class Message(NamedTuple):
    """A message in the code: its position, and its text with ``{}`` for inserted values."""

    place: str
    text: str


def follows(*parts: str) -> Callable[[_T], _T]:
    """Register that the decorated test follows the advice of the messages with ``parts``."""
    FOLLOWED.update(parts)
    return lambda test: test


def messages() -> Iterator[Message]:
    """Yield each message that is a literal where it is raised."""
    folders = (ROOT / "plugins", ROOT / "tests" / "benchmarks", ROOT / "tests" / "site_audit")
    files = [file for folder in folders for file in folder.rglob("*.py")]
    for file in sorted([*files, ROOT / "tests" / "provisioning" / "screenshots.py", ROOT / "tasks.py"]):
        if file.is_relative_to(_ELSEWHERE) or file.name.startswith("test_") or "node_modules" in file.parts:
            continue
        yield from _in(file)


def _in(file: Path) -> Iterator[Message]:
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and call.args:
            text = _text(call.args[0])
            said = text.replace("error: ", "").replace("{}", "")
            if getattr(call.func, "id", getattr(call.func, "attr", "")) in _TOLD and any(map(str.isalpha, said)):
                yield Message(f"{file.relative_to(ROOT)}:{call.lineno}", text)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(value) for value in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return str(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else "{}"
