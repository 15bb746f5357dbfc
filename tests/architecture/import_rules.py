"""Rules of what modules may import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.modules import Rules, imports, modules


def plugin_of(root: Path, file: Path) -> str:
    """Return the plugin of a module."""
    return file.relative_to(root / "plugins").parts[0]


def only_plugin_modules_import_pelican(root: Path) -> list[str]:
    """Only ``plugin.py``, ``engine/site.py`` and ``engine/workspace.py`` import Pelican."""
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
    """Only the plugin ``feeds`` imports feedgen."""
    return [
        f"{file.relative_to(root)} imports {name}"
        for file, tree in modules(root)
        for name in imports(tree)
        if name.split(".")[0] == "feedgen" and plugin_of(root, file) != "feeds"
    ]


def layers_import_downwards(root: Path) -> list[str]:
    """Each layer imports only layers below it (contracts in ``pyproject.toml``), and no import is relative."""
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


RULES: Rules = [
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
]
