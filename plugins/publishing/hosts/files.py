"""Files: every file of a release that tells hosts what to answer."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.publishing.hosts import apache, caddy, cloudflare, netlify, nginx
from plugins.publishing.hosts.response_rules import Answers

NGINX = "_hosts/nginx.conf"
NGINX_TABLES = "_hosts/nginx-http.conf"
NGINX_BROTLI = "_hosts/nginx-brotli.conf"
CADDY = "_hosts/Caddyfile"


def files(answers: Answers) -> Mapping[str, bytes]:
    """Return the bytes of each file, by its path below the root of the release; the same for the same ``answers``."""
    texts = {
        NGINX: nginx.rules(answers),
        NGINX_TABLES: nginx.tables(answers),
        NGINX_BROTLI: nginx.BROTLI,
        CADDY: caddy.site(answers),
        netlify.HEADERS_PATH: netlify.headers(answers),
        netlify.REDIRECTS_PATH: netlify.redirects(answers),
        cloudflare.REDIRECTS_PATH: cloudflare.redirects(answers),
        apache.PATH: apache.rules(answers),
    }
    return {path: text.encode() for path, text in sorted(texts.items())}
