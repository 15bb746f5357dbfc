"""Find Chromium or Chrome, or install Playwright's Chromium, and find Firefox."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.provisioning.programs import Missing, find, last_lines, run

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_FIREFOX_NAMES = ("firefox-esr", "firefox")
_FIREFOX_OF_MAC = "/Applications/Firefox.app/Contents/MacOS/firefox"
_BY_HAND = (
    "Debian: sudo apt-get install chromium; elsewhere: install Google Chrome, or run  "
    ".venv/bin/playwright install --with-deps chromium"
)

#: The browser connects to loopback only. Chromium's sandbox does not run as root.
LAUNCH_FLAGS = (
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> Path:
    """Return the path of a Chromium or Chrome that starts.

    Raises:
        Missing: when there is none.
    """
    candidates = [find(name) for name in _NAMES] + [Path(name) for name in _MAC_APPLICATIONS]
    for candidate in (*candidates, _of_playwright()):
        if candidate is not None and _starts(candidate):
            return candidate
    raise Missing(f"the tests need a browser, Chromium or Google Chrome, and none that starts is installed. {_BY_HAND}")


def firefox() -> Path:
    """Return the path of a Firefox that starts.

    Raises:
        Missing: when there is none.
    """
    for candidate in (*(find(name) for name in _FIREFOX_NAMES), Path(_FIREFOX_OF_MAC)):
        if candidate is not None and _starts(candidate):
            return candidate
    raise Missing(
        "the tests need Firefox, and none that starts is installed. Debian: sudo apt-get install firefox-esr; "
        "elsewhere: install Firefox",
    )


def install_with_playwright() -> None:
    """Install Playwright's Chromium.

    Raises:
        Missing: when that fails.
    """
    print("setting up: playwright install chromium", flush=True)
    done = run([sys.executable, "-m", "playwright", "install", "chromium"])
    if done.returncode:
        raise Missing(f"`playwright install chromium` failed:\n{last_lines(done.stdout)}\nBy hand: {_BY_HAND}")


def _of_playwright() -> Path | None:
    # Runs in a separate process, because Playwright starts once in a process, and a test may already use it.
    code = "from playwright.sync_api import *\nwith sync_playwright() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()) if done.returncode == 0 and done.stdout.strip() else None


def _starts(program: Path) -> bool:
    """Tell whether a browser starts. Some systems have a stub that only explains how to install one."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
