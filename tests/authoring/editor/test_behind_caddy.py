"""Test an editor behind Caddy, configured as in the documentation."""

from __future__ import annotations

import base64
import http.client
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.authoring.running import running
from tests.provisioning import caddy
from tests.sites.building import ROOT, SITES
from tests.sites.nginx import free_port

pytestmark = pytest.mark.real

_READY = re.compile("The site is at")
_HASH = re.compile(r"\$2a\$14\$\S+")
_PASSWORD = "a long password"  # noqa: S105 - of this test


class _Answer(NamedTuple):
    status: int
    cookie: str
    text: str


class _Proxied:
    """The editor, asked through the proxy at a port."""

    def __init__(self, port: int, target: str) -> None:
        self.port, self.target = port, target

    def get(self, target: str, password: str = _PASSWORD, cookie: str = "") -> _Answer:
        """Ask as a browser of somebody who would rather be another one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        signed = base64.b64encode(f"kay:{password}".encode()).decode()
        headers = {
            "Host": f"localhost:{self.port}", "Authorization": f"Basic {signed}", "Cookie": cookie,
            "X-Write-Author": "mallory", "X-Forwarded-For": "203.0.113.9",
        }  # fmt: skip
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return _Answer(answer.status, (answer.headers["Set-Cookie"] or "").partition(";")[0], text)


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[_Proxied]:
    """The editor of a copy of the project, behind Caddy."""
    outside, inside = free_port(), free_port()
    project = tmp_path / "project"
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, project)
    with (project / "pelicanconf.py").open("a") as conf:
        conf.write(f'WRITE_URL = "http://localhost:{outside}"\nWRITE_AUTHOR_HEADER = "X-Write-Author"\n')
    content = Path(shutil.copytree(SITES / "minimal", tmp_path / "content"))
    hashed = subprocess.run(
        [caddy(), "hash-password", "--plaintext", _PASSWORD], check=True, capture_output=True, text=True
    ).stdout.strip()
    text = (ROOT / "docs" / "hosting" / "write.Caddyfile").read_text()
    text = _HASH.sub(lambda _: hashed, text).replace("127.0.0.1:8100", f"127.0.0.1:{inside}")
    text = text.replace("write.example.org {", f"http://localhost:{outside} {{")
    file = tmp_path / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}")
    listen = ("--listen", f"127.0.0.1:{inside}")
    with running("write", content, _READY, *listen, root=project) as (_, lines):
        found = re.search(rf"http://localhost:{outside}(/write/\?token=\S+)", "".join(lines))
        assert found, "".join(lines)
        command = [str(caddy()), "run", "--config", str(file), "--adapter", "caddyfile"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield _Proxied(outside, found[1])
        finally:
            server.kill()
            server.wait()


def test_the_proxy_says_who_writes(proxied: _Proxied) -> None:
    """The author is the name from the proxy, not from the browser. A password and an invitation are required."""
    end = time.monotonic() + 60
    while True:
        try:
            assert proxied.get("/write/", "wrong").status == 401
            break
        except OSError:
            assert time.monotonic() < end, "Caddy does not answer"
            time.sleep(0.1)
    assert proxied.get("/write/").status == 403
    first = proxied.get(proxied.target)
    assert first.status == 303
    page = proxied.get("/write/", cookie=first.cookie)
    assert page.status == 200
    assert "You write as kay" in page.text
    assert proxied.get("/", cookie=first.cookie).status == 200
