"""Rules of names, lengths and places of files and classes."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.modules import Rules, dotted_end, imports, modules, parsed

#: The most lines of a file. A longer one has a comment that begins ``# Long because``.
LONGEST = 300
#: The least length of a plugin's docstring with its purpose, settings, stages and files.
_INTRODUCTION = 80
UNSPECIFIC_NAMES = {"utils", "util", "helpers", "helper", "common", "constants", "misc", "shared"}
TOP_LEVEL = {"content", "theme", "plugins", "tests", "docs"}


def class_names_are_unique(root: Path) -> list[str]:
    """Public classes of the plugins have unique names."""
    found: dict[str, list[str]] = {}
    for file, tree in modules(root):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(str(file.relative_to(root)))
    return [f"{name}: {', '.join(files)}" for name, files in found.items() if len(files) > 1]


def no_module_is_called_utils(root: Path) -> list[str]:
    """No module has an unspecific name such as ``utils``."""
    files = [*(root / "plugins").rglob("*.py"), *(root / "tests").rglob("*.py"), *root.glob("*.py")]
    return [str(file.relative_to(root)) for file in files if {file.stem, file.parent.name} & UNSPECIFIC_NAMES]


def files_are_short(root: Path) -> list[str]:
    """No file has more than 300 lines without a reason."""
    files = [*(root / "plugins").rglob("*.py"), *root.glob("*.py")]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    return [
        f"{file.relative_to(root)} has {text.count(chr(10))} lines"
        for file, text in texts.items()
        if text.count("\n") > LONGEST and "# Long because" not in text
    ]


def code_is_in_known_folders(root: Path) -> list[str]:
    """Only known folders at the top level contain code."""
    return [
        folder.name
        for folder in root.iterdir()
        if folder.is_dir()
        and not folder.name.startswith(".")
        and not folder.name.endswith(".egg-info")
        and folder.name not in {*TOP_LEVEL, "output", "__pycache__", "node_modules"}
        and any(folder.rglob("*.py"))
    ]


def packages_have_a_description(root: Path) -> list[str]:
    """A plugin has a docstring in ``__init__.py``, and exports ``register`` there if Pelican loads it."""
    found = []
    loaded = _loaded_plugins(root)
    for package in sorted(path.parent for path in (root / "plugins").glob("*/__init__.py")):
        tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
        if len(ast.get_docstring(tree) or "") < _INTRODUCTION:
            found.append(f"plugins/{package.name}/__init__.py does not describe the plugin")
    for name in sorted(loaded):
        file = root / "plugins" / name.replace(".", "/") / "__init__.py"
        if file.exists() and f"plugins.{name}.plugin.register" not in set(imports(parsed(file.read_text("utf-8")))):
            found.append(f"{file.relative_to(root)} does not export register")
    return found


def _loaded_plugins(root: Path) -> set[str]:
    tree = ast.parse((root / "plugins/engine/default_settings.py").read_text(encoding="utf-8"))
    (plugins,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and [dotted_end(target) for target in node.targets] == ["PLUGINS"]
    )
    return {name.removeprefix("plugins.") for name in plugins}


RULES: Rules = [
    (class_names_are_unique, [{"plugins/feeds/planted.py": "class Entry: ...\n"}]),
    (
        no_module_is_called_utils,
        [
            {"plugins/feeds/utils.py": ""},
            {"tests/feeds/helpers.py": ""},
            {"plugins/common/a.py": ""},
            {"constants.py": ""},
        ],
    ),
    (files_are_short, [{"plugins/feeds/planted.py": "x = 1\n" * 301}]),
    (code_is_in_known_folders, [{"tools/planted.py": ""}, {"src/site/planted.py": ""}]),
    (
        packages_have_a_description,
        [
            {"plugins/feeds/__init__.py": "from plugins.feeds.plugin import register\n__all__ = ['register']\n"},
            {"plugins/feeds/__init__.py": '"""Feeds."""\n'},
        ],
    ),
]
