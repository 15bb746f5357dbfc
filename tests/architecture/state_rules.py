"""Rules of state and control flow: caches, environment variables, and logic in tasks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.modules import Rules, dotted_end, modules, nodes

_STATEMENTS = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    ast.TryStar,
    ast.With,
    ast.Match,
    ast.IfExp,
    ast.BoolOp,
)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_MUTABLE_CALLS = {"dict", "list", "set", "defaultdict", "Counter", "deque", "OrderedDict", "WeakValueDictionary"}
_CACHES = {"cache", "lru_cache", "cached"}


def modules_keep_no_cache(root: Path) -> list[str]:
    """No module keeps state between builds: no cache, and no container that its functions change."""
    found = []
    for file, tree in modules(root):
        where = file.relative_to(root)
        for node in nodes(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    f"{where}:{node.lineno} caches"
                    for decorator in node.decorator_list
                    if dotted_end(decorator) in _CACHES
                ]
            if isinstance(node, ast.Global):
                found.append(f"{where}:{node.lineno} writes to global {', '.join(node.names)}")
        kept = {name for node in tree.body for name in _mutable_names(node)}
        found += [f"{where}:{line} writes to {name}" for line, name in _writes(tree) if name in kept]
    return found


def _mutable_names(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a module-level statement binds to a mutable value."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    mutable = isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)
    if mutable or (isinstance(value, ast.Call) and dotted_end(value) in _MUTABLE_CALLS):
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the names that functions change by item or by a mutating method."""
    methods = {
        "add",
        "append",
        "appendleft",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popitem",
        "remove",
        "setdefault",
        "update",
    }
    for function in nodes(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Subscript)
                and isinstance(node.ctx, ast.Store | ast.Del)
                and isinstance(node.value, ast.Name)
            ):
                yield node.lineno, node.value.id
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in methods
                and isinstance(node.func.value, ast.Name)
            ):
                yield node.lineno, node.func.value.id


def builds_read_no_environment(root: Path) -> list[str]:
    """No build reads an environment variable, because an incremental build compares only those in settings.

    ``publishing`` and ``authoring`` start programs with the whole environment. A variable may be set.
    """
    apart = {root / "plugins" / path for path in ("publishing", "authoring", "engine/incremental")}
    return [
        f"{file.relative_to(root)}:{node.lineno} reads the environment"
        for file, tree in modules(root)
        if apart.isdisjoint(file.parents)
        for node in _read(tree)
        if dotted_end(node) in {"environ", "environb", "getenv", "getenvb"}
    ]


def _read(tree: ast.Module) -> Iterator[ast.Attribute | ast.Name]:
    """Yield the names that are read, without those whose item is set."""
    items = [node for node in nodes(tree) if isinstance(node, ast.Subscript)]
    are_set = {id(item.value) for item in items if isinstance(item.ctx, ast.Store)}
    for node in nodes(tree):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in are_set:
            yield node


def tasks_hold_no_logic(root: Path) -> list[str]:
    """A task calls a function of a package, without conditions, loops and exception handlers."""
    tree = ast.parse((root / "tasks.py").read_text(encoding="utf-8"))
    return [
        f"tasks.py:{node.lineno} has a {type(node).__name__}"
        for node in ast.walk(tree)
        if isinstance(node, (*_STATEMENTS, *_COMPREHENSIONS))
    ]


RULES: Rules = [
    (
        modules_keep_no_cache,
        [
            {"plugins/feeds/planted.py": "import functools\n@functools.cache\ndef f(): ...\n"},
            {"plugins/feeds/planted.py": "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f(): ...\n"},
            {"plugins/feeds/planted.py": "_SEEN = {}\ndef f(x):\n    _SEEN[x] = 1\n"},
            {"plugins/feeds/planted.py": "_SEEN: set[str] = set()\ndef f(x):\n    _SEEN.add(x)\n"},
            {"plugins/feeds/planted.py": "_SEEN = []\nclass A:\n    def f(self, x):\n        _SEEN.append(x)\n"},
            {"plugins/feeds/planted.py": "_SEEN = None\ndef f(x):\n    global _SEEN\n    _SEEN = x\n"},
        ],
    ),
    (
        builds_read_no_environment,
        [
            {"plugins/feeds/planted.py": "import os\ndef f():\n    return os.environ['A']\n"},
            {"plugins/feeds/planted.py": "import os\ndef f():\n    os.environ['A'] = os.environ['B']\n"},
            {"plugins/images/planted.py": "from os import getenv\ndef f():\n    return getenv('A')\n"},
        ],
    ),
    (
        tasks_hold_no_logic,
        [
            {"tasks.py": body}
            for body in (
                "if True:\n    pass\n",
                "for x in []:\n    pass\n",
                "while False:\n    pass\n",
                "try:\n    pass\nfinally:\n    pass\n",
                "x = [y for y in []]\n",
                "x = {y for y in []}\n",
                "x = 1 if True else 2\n",
                "x = None or 1\n",
                "with open('x') as f:\n    pass\n",
                "match 1:\n    case 1:\n        pass\n",
            )
        ],
    ),
]
