"""Write the two nginx files of a release: maps for the `http` block, and rules for the `server` block.

nginx maps are hash tables, so 10,000 old addresses do not slow a request down. Lookups ignore case. An address with
capitals is therefore a regular expression that starts with `!`, and the key of a request with capitals gets that mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from plugins.base.media_types import OTHER_TYPE, TYPES
from plugins.publishing.hosts.quoting import byte_pattern, encoded
from plugins.publishing.hosts.response_rules import (
    BRIEF,
    FINGERPRINTED,
    FOREVER,
    HEADERS,
    HIDDEN,
    NEVER,
    NO_TRAINING,
    TRAINING,
    ResponseRules,
    chained_by_parameter,
)

_TABLES = """\
# For nginx: include this file in the http block. _hosts/nginx.conf, for the server block, needs it.
# Take other lines with map_hash_bucket_size or map_hash_max_size out of the http block.
map_hash_bucket_size {bucket};
map_hash_max_size {most};

# A dollar sign. nginx has no escape for it.
geo $help_dollar {{ default "$"; }}

# A map of nginx ignores case, so an address with capital letters gets a mark and finds nothing.
map $uri $help_capitals {{ volatile; "~[A-Z]" "!"; default ""; }}

# Old addresses, with their targets.
{moved}
# Withdrawn addresses, each with the page that answers there.
{gone}
map $uri $help_file_caching {{ {fingerprinted} {forever}; default {brief}; }}
map $status $help_caching {{ "~^4" {never}; "~^5" {never}; "~^3(?!04)" {brief}; default $help_file_caching; }}
# Pages whose text AI may be trained on.
map "$help_capitals$uri" $help_usage {{
{trainable}  default {no_training};
}}
map $status $help_allow {{ 405 "GET, HEAD"; default ""; }}
"""
_RULES = """\
# For nginx: include this file in the server block whose root is the folder of the release, and _hosts/nginx-http.conf
# in the http block. Where nginx has the module brotli_static, include _hosts/nginx-brotli.conf as well.
if ($request_method !~ "^(?:GET|HEAD)$") {{ return 405; }}
if ($help_moved) {{ return 301 $help_moved; }}
if ($help_gone) {{ return 410; }}

types {{
{types}}}
default_type {other_type};
charset off;
gzip off;
gzip_static on;
gzip_vary on;
gzip_proxied any;
server_tokens off;
absolute_redirect off;

{headers}
index index.html;
error_page 403 404 =404 {missing};
error_page 410 @help_gone;
location ~ {hidden} {{ return 404; }}
location @help_gone {{ try_files $help_gone =410; }}
"""
#: Enables Brotli in the `server` block, for an nginx that has the module brotli_static.
BROTLI = "# For nginx with the module brotli_static: include this file beside _hosts/nginx.conf.\nbrotli_static on;\n"


def tables(response_rules: ResponseRules) -> str:
    """Return the text of the file for the `http` block."""
    redirects = {address: _quoted(encoded(target)) for address, target in response_rules.redirects.items()}
    gone = {address: _quoted(f"/{page}") for address, page in response_rules.gone.items()}
    keys = [len(address.encode()) for address in (*redirects, *gone, *response_rules.trainable_paths)]
    return _TABLES.format(
        bucket=_next_power_of_two(max(keys, default=0) + 64),
        most=_next_power_of_two(max(len(redirects), len(gone), len(response_rules.trainable_paths), 2048)),
        moved=_maps("$help_moved", redirects),
        gone=_maps("$help_gone", gone),
        fingerprinted=_quoted(f"~^{byte_pattern(response_rules.root)}/{FINGERPRINTED}$", dollar="$"),
        forever=_quoted(FOREVER),
        brief=_quoted(BRIEF),
        never=_quoted(NEVER),
        trainable=_map_lines(dict.fromkeys(response_rules.trainable_paths, _quoted(TRAINING))),
        no_training=_quoted(NO_TRAINING),
    )


def rules(response_rules: ResponseRules) -> str:
    """Return the text of the file for the `server` block."""
    headers = {
        **{name: _quoted(value) for name, value in HEADERS.items()},
        "Cache-Control": "$help_caching",
        "Allow": "$help_allow",
        "Content-Usage": "$help_usage",
    }
    return _RULES.format(
        types="".join(f'  "{kind}" {end.removeprefix(".")};\n' for end, kind in TYPES.items()),
        other_type=OTHER_TYPE,
        headers="".join(f"add_header {name} {value} always;\n" for name, value in headers.items()),
        missing=_quoted(f"/{response_rules.missing}"),
        hidden=_quoted(f"^/(?:{HIDDEN})$", dollar="$"),
    )


def _maps(variable: str, table: Mapping[str, str]) -> str:
    """Return a map of addresses to ``variable``, and one for each parameter of a query, which asks the one before."""
    text = ""
    for name, values, after, before in chained_by_parameter(variable, table):
        key = f"$help_capitals$uri?{name}=$arg_{name}" if name else "$help_capitals$uri"
        default = before or '""'
        text += f'map "{key}" {after} {{\n{_map_lines(values)}  default {default};\n}}\n'
    return text


def _map_lines(values: Mapping[str, str]) -> str:
    return "".join(f"  {_map_key(address)} {value};\n" for address, value in sorted(values.items()))


def _map_key(address: str) -> str:
    if re.search("[A-Z]", address):
        return _quoted(f"~^!{byte_pattern(address)}$", dollar="$")
    return _quoted(address, dollar="$")


def _quoted(text: str, *, dollar: str = "${help_dollar}") -> str:
    """Return ``text`` in quotation marks. ``dollar`` replaces a dollar sign, which starts a variable in a value."""
    marks: Iterable[tuple[str, str]] = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("$", dollar))
    for mark, written in marks:
        text = text.replace(mark, written)
    return f'"{text}"'


def _next_power_of_two(number: int) -> int:
    return 1 << (number - 1).bit_length()
