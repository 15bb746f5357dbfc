"""Write the Caddyfile of a release, to import into a site block.

Caddy searches its maps line by line: 10,000 old addresses make a request up to 0.2 ms longer and a reload 1 s longer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import indent

from plugins.base.media_types import OTHER_TYPE, TYPES
from plugins.publishing.hosts.quoting import character_pattern, encoded
from plugins.publishing.hosts.response_rules import (
    BRIEF,
    FINGERPRINTED,
    FOREVER,
    HEADERS,
    HIDDEN,
    NEVER,
    TRAINING,
    ResponseRules,
    chained_by_parameter,
)

#: Text that needs no quotes in a Caddyfile.
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]+")
_SITE = """\
# For Caddy: import this file into the site block whose root is the folder of the release.
route {{
	# Old addresses, and where they lead; withdrawn addresses, and the page that stands there.
{moved}{gone}	# Pages whose text AI may be trained on.
	map {{path}} {{help_usage}} {{
{trainable}		default ""
	}}
	# The file behind an address, and what it is.
	map {{path}} {{help_file}} {{
		~^(.*)/$ "${{1}}/index.html"
		default {{path}}
	}}
	map {{help_file}} {{help_type}} {{
{types}		default {other_type}
	}}

	header -Server
	header {{
{headers}		Cache-Control {brief}
	}}
	@help_trainable not vars {{help_usage}} ""
	header @help_trainable Content-Usage {{help_usage}}
	@help_refused not method GET HEAD
	header @help_refused Allow "GET, HEAD"
	error @help_refused 405
	@help_moved not vars {{help_moved}} ""
	redir @help_moved {{help_moved}} 301
	@help_gone not vars {{help_gone}} ""
	error @help_gone 410
	@help_hidden path_regexp {hidden}
	error @help_hidden 404

	header Content-Type {{help_type}}
	@help_fingerprinted path_regexp {fingerprinted}
	header @help_fingerprinted Cache-Control {forever}
	# Set as the answer begins: Caddy would leave it out of some, and say it twice in others.
	header {{
		Vary Accept-Encoding
		defer
	}}
	file_server {{
		index index.html
		precompressed br gzip
	}}
}}
handle_errors {{
	route {{
		header -Server
		header {{
{error_headers}			Cache-Control {never}
			Content-Type {page_type}
		}}
		# A whole page, always: no part of it, and no word that it has not changed.
		request_header -Range
		request_header -If-None-Match
		request_header -If-Modified-Since
		@help_gone expression {{http.error.status_code}} == 410
		rewrite @help_gone {{help_gone}}
		@help_missing expression {{http.error.status_code}} in [403, 404]
		rewrite @help_missing {missing}
		@help_page expression {{http.error.status_code}} in [403, 404, 410]
		handle @help_page {{
			header {{
				Vary Accept-Encoding
				-Etag
				-Last-Modified
				-Accept-Ranges
				defer
			}}
			file_server {{
				precompressed br gzip
			}}
		}}
		respond {{http.error.status_code}}
	}}
}}
"""


def site(response_rules: ResponseRules) -> str:
    """Return the text of the Caddyfile."""
    redirects = {address: encoded(target) for address, target in response_rules.redirects.items()}
    gone = {address: encoded(f"/{page}") for address, page in response_rules.gone.items()}
    types = sorted(TYPES.items(), key=lambda item: (-len(item[0]), item))
    headers = "".join(f"\t\t{name} {_quoted(value)}\n" for name, value in HEADERS.items())
    return _SITE.format(
        headers=headers,
        error_headers=indent(headers, "\t"),
        brief=_quoted(BRIEF),
        forever=_quoted(FOREVER),
        never=_quoted(NEVER),
        moved=_maps("help_moved", redirects),
        gone=_maps("help_gone", gone),
        trainable=_map_lines(dict.fromkeys(response_rules.trainable_paths, TRAINING)),
        hidden=_quoted(f"^/(?:{HIDDEN})$"),
        types="".join(f"\t\t{_quoted(f'~{character_pattern(end)}$')} {_quoted(kind)}\n" for end, kind in types),
        other_type=OTHER_TYPE,
        page_type=_quoted(TYPES[".html"]),
        fingerprinted=_quoted(f"^{character_pattern(response_rules.root)}/{FINGERPRINTED}$"),
        missing=_quoted(f"/{encoded(response_rules.missing)}"),
    )


def _maps(variable: str, table: Mapping[str, str]) -> str:
    """Return a map of addresses to ``variable``, and one for each parameter of a query, which asks the one before."""
    text = ""
    for name, values, after, before in chained_by_parameter(variable, table):
        key = f"{{path}}?{name}={{query.{name}}}" if name else "{path}"
        default = f"{{{before}}}" if before else '""'
        text += f"\tmap {key} {{{after}}} {{\n{_map_lines(values)}\t\tdefault {default}\n\t}}\n"
    return text


def _map_lines(values: Mapping[str, str]) -> str:
    return "".join(f"\t\t{_map_key(address)} {_quoted(value)}\n" for address, value in sorted(values.items()))


def _map_key(address: str) -> str:
    return address if _PLAIN.fullmatch(address) else _quoted(f"~^{character_pattern(address)}$")


def _quoted(text: str) -> str:
    """Return ``text`` in backquotes. It never contains a backquote: it is percent-encoded, a pattern or a constant."""
    return f"`{text}`"
