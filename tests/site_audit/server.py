"""Serve a built site with nginx over HTTPS and HTTP/2, with gzip and a content security policy.

nginx listens on the loopback address, with a certificate that is made for the run.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from plugins.content_model.security_policy import SITE_POLICY
from plugins.link_check.built_site import BuiltSite
from tests.site_audit.tools import Tools

_CONFIGURATION = """\
daemon off;
# One process, as whoever runs the audit: a worker of another user could not read their folders.
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  types {{
    text/html html; text/css css; text/javascript js mjs; text/xml xml; application/json json; text/plain txt;
    image/png png; image/jpeg jpg jpeg; image/webp webp; image/avif avif; image/gif gif; image/svg+xml svg;
    application/manifest+json webmanifest; application/pdf pdf; font/woff2 woff2;
  }}
  charset utf-8;
  charset_types text/css text/javascript text/xml text/plain application/json image/svg+xml;
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  gzip on;
  gzip_comp_level 6;
  gzip_min_length 256;
  gzip_types text/css text/javascript text/xml application/json image/svg+xml application/manifest+json;
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    root {root};
    error_page 404 {prefix}/404.html;
    add_header Content-Security-Policy "{policy}" always;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy no-referrer always;
    # A page may have changed since the last look; what is named by its content never does.
    add_header Cache-Control "no-cache" always;
  }}
}}
"""
_PATIENCE = 15


class ServingError(RuntimeError):
    """The site cannot be served; the message says why."""


@contextlib.contextmanager
def serving(site: BuiltSite, tools: Tools) -> Iterator[str]:
    """Serve ``site`` and give its address on this machine, without a slash at its end.

    Raises:
        ServingError: when the server does not start.
    """
    with tempfile.TemporaryDirectory(prefix="site-audit-") as temporary:
        folder = Path(temporary)
        _certify(folder, tools)
        port = _free_port()
        # nginx takes a prefix for a folder of its root, so a site below a path gets that path here too.
        root = folder / "root"
        place = root / site.root.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(site.folder.resolve(), target_is_directory=True)
        text = _CONFIGURATION.format(
            folder=folder,
            root=root,
            prefix=site.root,
            port=port,
            policy=SITE_POLICY,
        )
        (folder / "nginx.conf").write_text(text, encoding="utf-8")
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(
                [tools.nginx, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"],
                stdout=said,
                stderr=said,
            )
            try:
                _await(port, process, folder)
                yield f"https://127.0.0.1:{port}{site.root}"
            finally:
                process.terminate()
                process.wait(_PATIENCE)


def _certify(folder: Path, tools: Tools) -> None:
    command: list[str | Path] = [
        tools.openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
    ]  # fmt: skip
    # An empty configuration, so that the machine's own cannot get in the way.
    done = subprocess.run(
        command, env={**os.environ, "OPENSSL_CONF": os.devnull}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServingError(f"openssl made no certificate: {done.stderr.strip()}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    logs = (
        file.read_text(encoding="utf-8", errors="replace")
        for file in (folder / "said", folder / "error.log")
        if file.exists()
    )
    raise ServingError(f"nginx does not serve the site: {' '.join(logs).strip() or 'it says nothing'}")
