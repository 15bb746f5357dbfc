"""Serve a folder on loopback with nginx, Caddy or Apache and the rules in the folder."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from tests.provisioning import apache, apache_modules, brotli_for_nginx, caddy, nginx
from tests.sites.nginx import free_port, running

#: The servers, by the names that ``serving`` takes.
KINDS = ("nginx", "nginx-brotli", "caddy", "apache")
DOCS = Path(__file__).resolve().parents[3] / "docs" / "hosting"
_ADDRESS = "community.example.org"
_DOCUMENT_ROOT = "/srv/community/current"
#: The message that a worker of nginx logs when it stops accepting requests.
_RETIRED = "gracefully shutting down"
_WORKERS = 2
_PATIENCE = 120

_NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/log notice;
{user}
worker_processes {workers};
{modules}
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  gzip on;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {site}
}}
"""
_APACHE = """\
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/log
DefaultRuntimeDir {folder}
{modules}
TypesConfig /etc/mime.types
# What Debian's own configuration says of the ends that packed files have.
AddLanguage br .br
AddType application/x-gzip .gz
AddOutputFilterByType DEFLATE text/html text/css text/xml
DocumentRoot {root}
<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all denied
</Directory>
<Directory {root}>
  Options FollowSymLinks Indexes
  AllowOverride All
  Require all granted
</Directory>
"""
_APACHE_MODULES = (
    "mpm_event", "authz_core", "alias", "autoindex", "deflate", "dir", "env", "filter", "headers", "mime",
    "negotiation", "rewrite", "setenvif",
)  # fmt: skip


class Server(Struct, frozen=True):
    """A running server.

    Attributes:
        url: its URL without a slash at the end.
        reload: makes it reload its rules without losing a request.
    """

    url: str
    reload: Callable[[], None]


class Answer(Struct, frozen=True):
    """An HTTP response.

    Attributes:
        status: the status code.
        headers: the headers by name in lower case. A header that was sent twice has both values.
        body: the body as sent.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


@contextlib.contextmanager
def serving(kind: str, root: Path) -> Iterator[Server]:
    """Serve the folder ``root``, a release or a symbolic link to one, as ``docs/hosting`` describes.

    Args:
        kind: one of ``KINDS``.
        root: the document root.

    Raises:
        ServerError: if the server does not start.
    """
    with tempfile.TemporaryDirectory(prefix="serving-") as temporary:
        folder, port = Path(temporary), free_port()
        # Servers run as another user.
        folder.chmod(0o755)
        start, reload = _commands(kind, folder, root, port)
        with running(start, port, folder, [folder / "log"], _environment(folder)) as process:
            yield Server(f"http://127.0.0.1:{port}", lambda: reload(process))


def ask(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Return the response to a request whose only headers are Host and ``headers``. In their names, ``_`` is ``-``.

    Args:
        url: the server's URL.
        path: the path, percent-encoded.
        method: the HTTP method.
        **headers: the headers.
    """
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=_PATIENCE)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        found = {name.lower(): ", ".join(answer.headers.get_all(name, [])) for name in answer.headers}
        return Answer(answer.status, found, answer.read())
    finally:
        connection.close()


_Command = Sequence[str | Path]
_Reload = Callable[[subprocess.Popen[bytes]], None]


def _commands(kind: str, folder: Path, root: Path, port: int) -> tuple[_Command, _Reload]:
    """Return the command that starts the server, and the function that reloads its rules."""
    match kind:
        case "caddy":
            return _caddy(folder, root, port)
        case "apache":
            return _apache(folder, root, port)
        case _:
            return _nginx(folder, root, port, brotli=kind == "nginx-brotli")


def _caddy(folder: Path, root: Path, port: int) -> tuple[_Command, _Reload]:
    text = (DOCS / "Caddyfile").read_text(encoding="utf-8").replace(_DOCUMENT_ROOT, str(root))
    text = text.replace(_ADDRESS, f"http://127.0.0.1:{port}")
    admin = f"unix/{folder / 'admin.sock'}"
    (folder / "Caddyfile").write_text(f"{{\n\tadmin {admin}\n\tauto_https off\n}}\n{text}", encoding="utf-8")
    options: list[str | Path] = ["--config", folder / "Caddyfile", "--adapter", "caddyfile"]

    def reload(_: subprocess.Popen[bytes]) -> None:
        command = [caddy(), "reload", "--force", "--address", admin, *options]
        subprocess.run(command, check=True, capture_output=True, env=_environment(folder))

    return [caddy(), "run", *options], reload


def _nginx(folder: Path, root: Path, port: int, *, brotli: bool) -> tuple[_Command, _Reload]:
    text = (DOCS / "nginx-site.conf").read_text(encoding="utf-8").replace(_DOCUMENT_ROOT, str(root))
    # The test server has no HTTPS: another port and no certificate.
    text = re.sub(r"^ *(listen \[::\]|ssl_).*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    text = text.replace("listen 80;", f"listen unix:{folder}/http.sock;")
    if brotli:
        text = text.replace("# include", "include")
    modules = f"load_module {brotli_for_nginx()};" if brotli else ""
    # Workers of another user could not read the folders of the user who runs the tests.
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(
        _NGINX.format(folder=folder, modules=modules, site=text, user=user, workers=_WORKERS), encoding="utf-8"
    )

    def reload(process: subprocess.Popen[bytes]) -> None:
        before = _retired(folder)
        process.send_signal(signal.SIGHUP)
        end = time.monotonic() + _PATIENCE
        while _retired(folder) < before + _WORKERS and time.monotonic() < end:
            time.sleep(0.02)

    return [nginx(), "-e", folder / "log", "-c", file], reload


def _retired(folder: Path) -> int:
    return (folder / "log").read_text(encoding="utf-8").count(_RETIRED)


def _apache(folder: Path, root: Path, port: int) -> tuple[_Command, _Reload]:
    modules = "\n".join(f"LoadModule {name}_module {apache_modules()}/mod_{name}.so" for name in _APACHE_MODULES)
    file = folder / "apache.conf"
    file.write_text(_APACHE.format(folder=folder, port=port, root=root, modules=modules), encoding="utf-8")
    # Apache's workers never run as root, and www-data could not read the folders of the user who runs the tests.
    as_other = ["setpriv", "--reuid=www-data", "--regid=www-data", "--clear-groups", "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override"] if os.geteuid() == 0 else []  # fmt: skip
    # Apache reads its rules at each request.
    return [*as_other, apache(), "-f", file, "-D", "FOREGROUND"], lambda _: None


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment of Caddy, which writes its own files to the home directory."""
    return {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
