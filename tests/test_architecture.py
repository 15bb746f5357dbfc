"""Rules of the code: what may import what, and what no file may hold.

Each rule is a function from a project's folder to the violations found in it. The project has none, and each rule
finds a violation planted in a copy.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.sites.building import ROOT

Rule = Callable[[Path], list[str]]

#: The longest file, in lines. A longer one says why in a comment that begins ``# Long because``.
LONGEST = 300
#: The fewest characters that say what a plugin does, its settings, its stages and the files that it writes.
_INTRODUCTION = 80
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "constants", "misc", "shared"}
TOP_LEVEL = {"content", "theme", "plugins", "tests", "docs"}
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


def modules(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the plugins, with its tree."""
    for file in sorted((root / "plugins").rglob("*.py")):
        yield file, parsed(file.read_text(encoding="utf-8"))


@cache
def parsed(source: str) -> ast.Module:
    """Return the tree of a module; the same source is parsed once for all rules."""
    return ast.parse(source)


def imports(tree: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield base
            if node.module:
                yield from (f"{base}.{alias.name}" for alias in node.names)


def plugin_of(root: Path, file: Path) -> str:
    """The plugin that a module belongs to."""
    return file.relative_to(root / "plugins").parts[0]


def only_plugin_modules_import_pelican(root: Path) -> list[str]:
    """Pelican is imported by ``plugin.py``, its subclass in ``engine/site.py`` and ``engine/workspace.py`` alone."""
    engine = root / "plugins" / "engine"
    return [
        f"{file.relative_to(root)} imports {name}"
        for file, tree in modules(root)
        for name in imports(tree)
        if name.split(".")[0] == "pelican"
        and file.name != "plugin.py"
        and file not in (engine / "site.py", engine / "workspace.py")
    ]


def feedgen_stays_in_feeds(root: Path) -> list[str]:
    """Feedgen appears in the plugin ``feeds`` alone."""
    return [
        f"{file.relative_to(root)} imports {name}"
        for file, tree in modules(root)
        for name in imports(tree)
        if name.split(".")[0] == "feedgen" and plugin_of(root, file) != "feeds"
    ]


def layers_import_downwards(root: Path) -> list[str]:
    """The contracts in ``pyproject.toml`` hold: each layer imports only layers below it, and no import is relative."""
    relative = [
        f"{file.relative_to(root)} imports {name}"
        for file, tree in modules(root)
        for name in imports(tree)
        if name.startswith(".")
    ]
    linter = "from importlinter.cli import lint_imports_command as lint; lint()"
    ended = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    return relative + ([ended.stdout + ended.stderr] if ended.returncode else [])


def class_names_are_unique(root: Path) -> list[str]:
    """No two public classes of the plugins share a name."""
    found: dict[str, list[str]] = {}
    for file, tree in modules(root):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(str(file.relative_to(root)))
    return [f"{name}: {', '.join(files)}" for name, files in found.items() if len(files) > 1]


def there_are_no_junk_drawers(root: Path) -> list[str]:
    """No module is named after nothing in particular."""
    files = [*(root / "plugins").rglob("*.py"), *(root / "tests").rglob("*.py"), *root.glob("*.py")]
    return [str(file.relative_to(root)) for file in files if {file.stem, file.parent.name} & JUNK_DRAWERS]


def stars_are_for_publishconf(root: Path) -> list[str]:
    """Only ``publishconf.py`` imports everything of another module, and only of ``pelicanconf``."""
    files = [*(root / "plugins").rglob("*.py"), *(root / "tests").rglob("*.py"), *root.glob("*.py")]
    return [
        f"{file.relative_to(root)} imports everything of {node.module}"
        for file in files
        for node in ast.walk(parsed(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and any(alias.name == "*" for alias in node.names)
        and (file.relative_to(root).as_posix(), node.module) != ("publishconf.py", "pelicanconf")
    ]


def files_are_short(root: Path) -> list[str]:
    """No file is longer than 300 lines without a reason."""
    files = [*(root / "plugins").rglob("*.py"), *root.glob("*.py")]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    return [
        f"{file.relative_to(root)} has {text.count(chr(10))} lines"
        for file, text in texts.items()
        if text.count("\n") > LONGEST and "# Long because" not in text
    ]


def tasks_hold_no_logic(root: Path) -> list[str]:
    """A task calls a function of a package; it decides, repeats and catches nothing."""
    tree = ast.parse((root / "tasks.py").read_text(encoding="utf-8"))
    return [
        f"tasks.py:{node.lineno} has a {type(node).__name__}"
        for node in ast.walk(tree)
        if isinstance(node, (*_STATEMENTS, *_COMPREHENSIONS))
    ]


def modules_keep_no_cache(root: Path) -> list[str]:
    """No module keeps anything from one build to the next: no cache, and no container that its functions write to."""
    found = []
    for file, tree in modules(root):
        where = file.relative_to(root)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    f"{where}:{node.lineno} caches" for decorator in node.decorator_list if _name(decorator) in _CACHES
                ]
            if isinstance(node, ast.Global):
                found.append(f"{where}:{node.lineno} writes to global {', '.join(node.names)}")
        kept = {name for node in tree.body for name in _mutable_names(node)}
        found += [f"{where}:{line} writes to {name}" for line, name in _writes(tree) if name in kept]
    return found


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _mutable_names(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top of a module binds to something that can change."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    mutable = isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)
    if mutable or (isinstance(value, ast.Call) and _name(value) in _MUTABLE_CALLS):
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The names that functions change: by item, by augmented assignment, or by a method that changes a container."""
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
    for function in ast.walk(tree):
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
    """A build reads no variable of the environment: an incremental build compares only those that settings name.

    ``publishing`` and ``authoring`` start programs, and pass the whole environment on.
    """
    apart = {root / "plugins" / path for path in ("publishing", "authoring", "engine/incremental")}
    return [
        f"{file.relative_to(root)}:{node.lineno} reads the environment"
        for file, tree in modules(root)
        for node in ast.walk(tree)
        if apart.isdisjoint(file.parents)
        and isinstance(node, ast.Attribute | ast.Name)
        and _name(node) in {"environ", "environb", "getenv", "getenvb"}
    ]


def code_has_one_home(root: Path) -> list[str]:
    """No folder at the top holds code but those of the house."""
    return [
        folder.name
        for folder in root.iterdir()
        if folder.is_dir()
        and not folder.name.startswith(".")
        and not folder.name.endswith(".egg-info")
        and folder.name not in {*TOP_LEVEL, "output", "__pycache__", "node_modules"}
        and any(folder.rglob("*.py"))
    ]


def packages_have_their_anatomy(root: Path) -> list[str]:
    """A plugin introduces itself in its ``__init__.py``, and exports ``register`` there if Pelican loads it."""
    found = []
    loaded = _loaded_plugins(root)
    for package in sorted(path.parent for path in (root / "plugins").glob("*/__init__.py")):
        tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
        if len(ast.get_docstring(tree) or "") < _INTRODUCTION:
            found.append(f"plugins/{package.name}/__init__.py does not introduce the plugin")
    for name in sorted(loaded):
        file = root / "plugins" / name.replace(".", "/") / "__init__.py"
        if file.exists() and f"plugins.{name}.plugin.register" not in set(imports(parsed(file.read_text("utf-8")))):
            found.append(f"{file.relative_to(root)} does not export register")
    return found


def _loaded_plugins(root: Path) -> set[str]:
    tree = ast.parse((root / "pelicanconf.py").read_text(encoding="utf-8"))
    (plugins,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and [_name(target) for target in node.targets] == ["PLUGINS"]
    )
    return {name.removeprefix("plugins.") for name in plugins}


#: Each rule with violations: files to put in a copy of the project.
RULES: list[tuple[Rule, list[dict[str, str]]]] = [
    (
        only_plugin_modules_import_pelican,
        [
            {"plugins/feeds/planted.py": "import pelican\n"},
            {"plugins/content_model/planted.py": "from pelican.utils import slugify\n"},
            {"plugins/images/planted.py": "def f():\n    from pelican import signals\n    return signals\n"},
        ],
    ),
    (feedgen_stays_in_feeds, [{"plugins/pages/planted.py": "from feedgen.feed import FeedGenerator\n"}]),
    (
        layers_import_downwards,
        [
            {"plugins/feeds/planted.py": "from plugins.markdown_blocks.links import resolve\n"},
            {"plugins/feeds/planted.py": "from ..images import pictures\n"},
            {"plugins/content_model/planted.py": "from plugins.engine import build\n"},
            {"plugins/base/planted.py": "def f():\n    from plugins.content_model import entry\n    return entry\n"},
        ],
    ),
    (class_names_are_unique, [{"plugins/feeds/planted.py": "class Entry: ...\n"}]),
    (
        there_are_no_junk_drawers,
        [
            {"plugins/feeds/utils.py": ""},
            {"tests/feeds/helpers.py": ""},
            {"plugins/common/a.py": ""},
            {"constants.py": ""},
        ],
    ),
    (
        stars_are_for_publishconf,
        [
            {"plugins/feeds/planted.py": "from plugins.views.views import *\n"},
            {"publishconf.py": "from os import *\n"},
            {"pelicanconf.py": "from publishconf import *\n"},
        ],
    ),
    (files_are_short, [{"plugins/feeds/planted.py": "x = 1\n" * 301}]),
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
            {"plugins/images/planted.py": "from os import getenv\ndef f():\n    return getenv('A')\n"},
        ],
    ),
    (code_has_one_home, [{"tools/planted.py": ""}, {"src/site/planted.py": ""}]),
    (
        packages_have_their_anatomy,
        [
            {"plugins/feeds/__init__.py": "from plugins.feeds.plugin import register\n__all__ = ['register']\n"},
            {"plugins/feeds/__init__.py": '"""Feeds."""\n'},
        ],
    ),
]


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES], ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    """The project breaks none of its rules."""
    assert rule(ROOT) == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's code, in which violations are planted."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "plugins", root / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*ROOT.glob("*.py"), ROOT / "pyproject.toml"):
        shutil.copy(file, root)
    return root


@pytest.mark.parametrize(
    ("rule", "violation"),
    [
        pytest.param(rule, violation, id=f"{rule.__name__}-{n}")
        for rule, violations in RULES
        for n, violation in enumerate(violations)
    ],
)
def test_a_planted_violation_is_found(rule: Rule, violation: dict[str, str], copy: Path) -> None:
    """A rule that a planted file breaks says so; that it says nothing without it is shown above."""
    kept = {path: (copy / path).read_bytes() for path in violation if (copy / path).exists()}
    try:
        for path, text in violation.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_text(text, encoding="utf-8")
        assert rule(copy)
    finally:
        for path in violation:
            (copy / path).unlink()
            if path in kept:
                (copy / path).write_bytes(kept[path])
            elif not any((copy / path).parent.iterdir()):
                (copy / path).parent.rmdir()
