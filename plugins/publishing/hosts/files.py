"""Collect the configuration files for all kinds of hosts."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.publishing.hosts import apache, caddy, cloudflare, netlify, nginx
from plugins.publishing.hosts.response_rules import ResponseRules

NGINX = "_hosts/nginx.conf"
NGINX_TABLES = "_hosts/nginx-http.conf"
NGINX_BROTLI = "_hosts/nginx-brotli.conf"
CADDY = "_hosts/Caddyfile"


def files(response_rules: ResponseRules) -> Mapping[str, bytes]:
    """Return the bytes of each file by its path below the root of the release."""
    texts = {
        NGINX: nginx.rules(response_rules),
        NGINX_TABLES: nginx.tables(response_rules),
        NGINX_BROTLI: nginx.BROTLI,
        CADDY: caddy.site(response_rules),
        netlify.HEADERS_PATH: netlify.headers(response_rules),
        netlify.REDIRECTS_PATH: netlify.redirects(response_rules),
        cloudflare.REDIRECTS_PATH: cloudflare.redirects(response_rules),
        apache.PATH: apache.rules(response_rules),
    }
    return {path: text.encode() for path, text in sorted(texts.items())}
