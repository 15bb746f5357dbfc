r"""Write the `.htaccess` file for Apache at the root of a release.

Apache reads the file at each request. An old address takes one line, and a withdrawn one two: 1,000 lines make a
request 2 ms longer, 2,000 lines 8 ms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugins.base.media_types import OTHER_TYPE, TYPES
from plugins.content_model.permalink import split_query
from plugins.publishing.hosts.quoting import byte_pattern, encoded
from plugins.publishing.hosts.response_rules import (
    BRIEF,
    FINGERPRINTED,
    FOREVER,
    HEADERS,
    HIDDEN,
    NEVER,
    TEXTS,
    TRAINING,
    ResponseRules,
)

PATH = ".htaccess"
_ROOT = """\
# For Apache, which reads this file by itself if `AllowOverride All` is set for the folder. It needs the modules
# rewrite, headers, mime and dir.
Options -Indexes -MultiViews
DirectoryIndex index.html
DirectorySlash On
AddDefaultCharset Off
FileETag MTime Size
ErrorDocument 403 {missing}
ErrorDocument 404 {missing}
ErrorDocument 410 /%{{reqenv:help_gone}}

RewriteEngine On
RewriteCond %{{REQUEST_METHOD}} !^(?:GET|HEAD)$
RewriteRule ^ - [R=405,L]
# Skip the next {count} rules for an address that another rule has already rewritten.
RewriteCond %{{ENV:REDIRECT_STATUS}} !^$
RewriteRule ^ - [S={count}]
RewriteRule {hidden} - [R=404,L]
{moved}{gone}# A folder without a page.
RewriteCond %{{REQUEST_FILENAME}} -d
RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
RewriteRule ^ - [R=404,L]
# Send the compressed copy of a text file.
RewriteCond %{{HTTP:Accept-Encoding}} {accepts_br}
RewriteCond %{{REQUEST_FILENAME}}.br -f
RewriteRule {texts} $0.br "[L,B=%#?]"
RewriteCond %{{HTTP:Accept-Encoding}} {accepts_gzip}
RewriteCond %{{REQUEST_FILENAME}}.gz -f
RewriteRule {texts} $0.gz "[L,B=%#?]"

RemoveLanguage .br
RemoveType .gz
AddEncoding br .br
AddEncoding gzip .gz
ForceType {other_type}
{types}{headers}Header unset Vary
Header always set Cache-Control "{brief}"
Header always set Cache-Control "{forever}" "expr=%{{REQUEST_STATUS}} in {{'200', '206', '304'}} && %{{REQUEST_URI}} =~ m#^{fingerprinted}(?:\\.br|\\.gz)?$#"
Header always set Cache-Control "{never}" "expr=%{{REQUEST_STATUS}} =~ /^[45]/"
{trainable}Header always set Allow "GET, HEAD" "expr=%{{REQUEST_STATUS}} == '405'"
"""  # noqa: E501 - Apache wants them on one line
_TYPE = """\
<FilesMatch "{end}(?:\\.br|\\.gz)?$">
ForceType "{type}"
</FilesMatch>
"""
#: Matches an Accept-Encoding header that names a coding with a weight other than 0.
_ACCEPTS = r"(?:^|,)\s*{0}\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))"


def rules(response_rules: ResponseRules) -> str:
    """Return the text of the `.htaccess` file."""
    headers = {**HEADERS, "Vary": "Accept-Encoding"}
    types = sorted(TYPES.items(), key=lambda item: (len(item[0]), item))
    moved = [f"{rule} {_target(new)} [R=301,L,NE,QSD]\n" for rule, new in _rules(response_rules.redirects)]
    gone = [f"{rule} - [E=help_gone:{_target(page)},R=410,L]\n" for rule, page in _rules(response_rules.gone)]
    return _ROOT.format(
        missing=f"/{encoded(response_rules.missing)}",
        hidden=_quoted(f"^(?:{HIDDEN})$"),
        count=1 + len(moved) + len(gone),
        moved="".join(moved),
        gone="".join(gone),
        accepts_br=_quoted(_ACCEPTS.format("br")),
        accepts_gzip=_quoted(_ACCEPTS.format("gzip")),
        texts=_quoted(f"^.*(?:{'|'.join(map(byte_pattern, TEXTS))})$"),
        other_type=OTHER_TYPE,
        types="".join(_TYPE.format(end=byte_pattern(end), type=kind) for end, kind in types),
        headers="".join(f"Header always set {name} {_quoted(value)}\n" for name, value in headers.items()),
        trainable="".join(
            f'Header always set Content-Usage "{TRAINING}" '
            f'"expr=%{{REQUEST_URI}} =~ m#^{byte_pattern(path)}(?:\\.br|\\.gz)?$#"\n'
            for path in response_rules.trainable_paths
        ),
        brief=BRIEF,
        forever=FOREVER,
        never=NEVER,
        fingerprinted=f"{byte_pattern(response_rules.root)}/{FINGERPRINTED}",
    )


def _rules(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the start of a rule for each address, and its value. An address with and without a slash shares a rule."""
    for address, value in sorted(table.items(), key=lambda item: (not split_query(item[0])[1], item)):
        path, query = split_query(address)
        bare = path.removesuffix("/")
        if bare != path and table.get(f"{bare}{query}") == value:
            continue
        slash = "/?" if table.get(f"{path}/{query}") == value else ""
        condition = f"RewriteCond %{{QUERY_STRING}} (?:^|&){query[1:]}(?:&|$)\n" if query else ""
        # Paths in a `.htaccess` file have no leading slash.
        yield f"{condition}RewriteRule ^{byte_pattern(path.removeprefix('/'))}{slash}$", value


def _target(address: str) -> str:
    """Return ``address`` percent-encoded. An unescaped percent sign would be a back-reference to a condition."""
    return encoded(address).replace("%", "\\%")


def _quoted(text: str) -> str:
    """Return ``text`` in quotation marks. Backslashes of a pattern stay as they are."""
    text = text.replace('"', '\\"')
    return f'"{text}"'
