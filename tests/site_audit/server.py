"""Serve a built site with nginx over HTTPS and HTTP/2, with gzip and a content security policy.

nginx listens on the loopback address, with a certificate that is generated for the run.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from plugins.engine.security_policy import SITE_POLICY
from plugins.link_check.built_site import BuiltSite
from tests.site_audit.tools import Tools
from tests.sites.nginx import ServerError, free_port, nginx_running

_DIRECTIVES = """\
access_log off;
gzip on;
gzip_comp_level 6;
gzip_min_length 256;
gzip_types text/css text/javascript text/xml application/json image/svg+xml application/manifest+json;
# A page may have changed since the last look. A font never does, and shows only if it is there at the first paint.
map $uri $audit_caching {{ "~\\.woff2$" "public, max-age=31536000, immutable"; default "no-cache"; }}
server {{
  listen 127.0.0.1:{port} ssl http2;
  ssl_certificate {folder}/certificate.pem;
  ssl_certificate_key {folder}/key.pem;
  root {root};
  error_page 404 {prefix}/404.html;
  add_header Content-Security-Policy "{policy}" always;
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy no-referrer always;
  add_header Cache-Control $audit_caching always;
}}
"""


@contextlib.contextmanager
def serving(site: BuiltSite, tools: Tools) -> Iterator[str]:
    """Serve ``site`` and yield its local URL without a slash at the end.

    Raises:
        ServerError: if the server does not start.
    """
    with tempfile.TemporaryDirectory(prefix="site-audit-") as temporary:
        folder = Path(temporary)
        _certify(folder, tools)
        # A site below a path is served below that path, which nginx maps to a folder of its root.
        root = folder / "root"
        place = root / site.root.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(site.folder.resolve(), target_is_directory=True)
        port = free_port()
        directives = _DIRECTIVES.format(folder=folder, root=root, prefix=site.root, port=port, policy=SITE_POLICY)
        with nginx_running(tools.nginx, folder, port, directives):
            yield f"https://127.0.0.1:{port}{site.root}"


def _certify(folder: Path, tools: Tools) -> None:
    command: list[str | Path] = [
        tools.openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
    ]  # fmt: skip
    # An empty configuration, because the system's own may interfere.
    done = subprocess.run(
        command, env={**os.environ, "OPENSSL_CONF": os.devnull}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServerError(f"openssl made no certificate: {done.stderr.strip()}")
