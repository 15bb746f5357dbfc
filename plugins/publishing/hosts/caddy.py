"""Caddy: a file to import into a site block.

Caddy goes through its tables from the top: 10,000 old addresses make a request up to .2 ms longer, a reload 1 s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import indent

from plugins.base.media_types import OTHER_TYPE, TYPES
from plugins.publishing.hosts.quoting import character_pattern, encoded
from plugins.publishing.hosts.response_rules import BRIEF, FINGERPRINTED, FOREVER, HEADERS, HIDDEN, NEVER, Answers

#: What Caddy's words hold without any meaning of their own.
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]+")
_SITE = """\
# For Caddy: import this file into the site block whose root is the folder of the release.
route {{
	# Old addresses, and where they lead; withdrawn addresses, and the page that stands there.
	map {{path}} {{help_moved}} {{
{moved}		default ""
	}}
	map {{path}} {{help_gone}} {{
{gone}		default ""
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


def site(answers: Answers) -> str:
    """Return the rules for a site block."""
    moved = {address: encoded(target) for address, target in answers.redirects.items()}
    gone = {address: encoded(f"/{page}") for address, page in answers.gone.items()}
    types = sorted(TYPES.items(), key=lambda item: (-len(item[0]), item))
    headers = "".join(f"\t\t{name} {_text(value)}\n" for name, value in HEADERS.items())
    return _SITE.format(
        headers=headers,
        error_headers=indent(headers, "\t"),
        brief=_text(BRIEF),
        forever=_text(FOREVER),
        never=_text(NEVER),
        moved=_table(moved),
        gone=_table(gone),
        hidden=_text(f"^/(?:{HIDDEN})$"),
        types="".join(f"\t\t{_text(f'~{character_pattern(end)}$')} {_text(kind)}\n" for end, kind in types),
        other_type=OTHER_TYPE,
        page_type=_text(TYPES[".html"]),
        fingerprinted=_text(f"^{character_pattern(answers.root)}/{FINGERPRINTED}$"),
        missing=_text(f"/{encoded(answers.missing)}"),
    )


def _table(values: Mapping[str, str]) -> str:
    return "".join(f"\t\t{_key(address)} {_text(value)}\n" for address, value in sorted(values.items()))


def _key(address: str) -> str:
    return address if _PLAIN.fullmatch(address) else _text(f"~^{character_pattern(address)}$")


def _text(text: str) -> str:
    """A word in quotes that nothing in it can end; ``text`` is ours, or has been spelt without such marks before."""
    return f"`{text}`"
