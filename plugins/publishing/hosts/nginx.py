"""nginx: two files to include, one in the `http` block (tables), one in the `server` block (rules).

Tables are hashes: 10,000 old addresses cost a request nothing. nginx looks words up without regard to capitals, so what
has capitals stands as a regular expression behind a mark that other addresses do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from plugins.base.media_types import OTHER_TYPE, TYPES
from plugins.publishing.hosts.quoting import byte_pattern, encoded
from plugins.publishing.hosts.response_rules import BRIEF, FINGERPRINTED, FOREVER, HEADERS, HIDDEN, NEVER, Answers

_TABLES = """\
# For nginx: include this file in the http block. _hosts/nginx.conf, for the server block, needs it.
# Take other lines with map_hash_bucket_size or map_hash_max_size out of the http block.
map_hash_bucket_size {bucket};
map_hash_max_size {most};

# A dollar sign, which cannot be written otherwise.
geo $help_dollar {{ default "$"; }}

# nginx looks words up without regard to capitals. An address that has some is marked.
map $uri $help_capitals {{ volatile; "~[A-Z]" "!"; default ""; }}

# Old addresses, and where they lead.
map "$help_capitals$uri" $help_moved {{
{moved}  default "";
}}

# Withdrawn addresses, and the page that stands there.
map "$help_capitals$uri" $help_gone {{
{gone}  default "";
}}

map $uri $help_file_caching {{ {fingerprinted} {forever}; default {brief}; }}
map $status $help_caching {{ "~^4" {never}; "~^5" {never}; "~^3(?!04)" {brief}; default $help_file_caching; }}
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
#: What nginx takes with the module brotli_static, in the server block.
BROTLI = "# For nginx with the module brotli_static: include this file beside _hosts/nginx.conf.\nbrotli_static on;\n"


def tables(answers: Answers) -> str:
    """Return the tables for the `http` block."""
    moved = {address: _text(encoded(target)) for address, target in answers.redirects.items()}
    gone = {address: _text(f"/{page}") for address, page in answers.gone.items()}
    keys = [len(address.encode()) for address in (*moved, *gone)]
    return _TABLES.format(
        bucket=_power(max(keys, default=0) + 64),
        most=_power(max(len(moved), len(gone), 2048)),
        moved=_table(moved),
        gone=_table(gone),
        fingerprinted=_text(f"~^{byte_pattern(answers.root)}/{FINGERPRINTED}$", dollar="$"),
        forever=_text(FOREVER),
        brief=_text(BRIEF),
        never=_text(NEVER),
    )


def rules(answers: Answers) -> str:
    """Return the rules for the `server` block."""
    headers = {
        **{name: _text(value) for name, value in HEADERS.items()},
        "Cache-Control": "$help_caching",
        "Allow": "$help_allow",
    }
    return _RULES.format(
        types="".join(f'  "{kind}" {end.removeprefix(".")};\n' for end, kind in TYPES.items()),
        other_type=OTHER_TYPE,
        headers="".join(f"add_header {name} {value} always;\n" for name, value in headers.items()),
        missing=_text(f"/{answers.missing}"),
        hidden=_text(f"^/(?:{HIDDEN})$", dollar="$"),
    )


def _table(values: Mapping[str, str]) -> str:
    return "".join(f"  {_key(address)} {value};\n" for address, value in sorted(values.items()))


def _key(address: str) -> str:
    if re.search("[A-Z]", address):
        return _text(f"~^!{byte_pattern(address)}$", dollar="$")
    return _text(address, dollar="$")


def _text(text: str, *, dollar: str = "${help_dollar}") -> str:
    """A word in quotes. What is a value must not hold a plain dollar sign; what is looked up or a pattern may."""
    marks: Iterable[tuple[str, str]] = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("$", dollar))
    for mark, written in marks:
        text = text.replace(mark, written)
    return f'"{text}"'


def _power(number: int) -> int:
    return 1 << (number - 1).bit_length()
