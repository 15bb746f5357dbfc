r"""Apache: one `.htaccess` at the root of a release.

Apache reads the file at each request, so its rules are never those of an older release. Each old or withdrawn address
is a line of it: 1,000 lines make a request 2 ms longer, 2,000 lines 8 ms.
"""

from __future__ import annotations

from plugins.base.media_types import OTHER_TYPE, TYPES
from plugins.publishing.hosts.quoting import byte_pattern, encoded
from plugins.publishing.hosts.response_rules import (
    BRIEF,
    FINGERPRINTED,
    FOREVER,
    HEADERS,
    HIDDEN,
    NEVER,
    TEXTS,
    Answers,
)

PATH = ".htaccess"
_ROOT = """\
# For Apache: it reads this file by itself where `AllowOverride All` holds for the folder, and needs its modules
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
# The next {count} rules are for what a reader asks for, not for what a rule has put in its place.
RewriteCond %{{ENV:REDIRECT_STATUS}} !^$
RewriteRule ^ - [S={count}]
RewriteRule {hidden} - [R=404,L]
{moved}{gone}# A folder without a page.
RewriteCond %{{REQUEST_FILENAME}} -d
RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
RewriteRule ^ - [R=404,L]
# Packed forms, which lie beside texts.
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
Header always set Allow "GET, HEAD" "expr=%{{REQUEST_STATUS}} == '405'"
"""  # noqa: E501 - Apache wants them on one line
_TYPE = """\
<FilesMatch "{end}(?:\\.br|\\.gz)?$">
ForceType "{type}"
</FilesMatch>
"""
#: A header Accept-Encoding that names a coding and does not refuse it.
_ACCEPTS = r"(?:^|,)\s*{0}\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))"


def rules(answers: Answers) -> str:
    """Return the text of the file."""
    headers = {**HEADERS, "Vary": "Accept-Encoding"}
    types = sorted(TYPES.items(), key=lambda item: (len(item[0]), item))
    return _ROOT.format(
        missing=f"/{encoded(answers.missing)}",
        hidden=_text(f"^(?:{HIDDEN})$"),
        count=1 + len(answers.redirects) + len(answers.gone),
        moved="".join(f"{_rule(old)} {_target(new)} [R=301,L,NE]\n" for old, new in sorted(answers.redirects.items())),
        gone="".join(
            f"{_rule(old)} - [E=help_gone:{_target(page)},R=410,L]\n" for old, page in sorted(answers.gone.items())
        ),
        accepts_br=_text(_ACCEPTS.format("br")),
        accepts_gzip=_text(_ACCEPTS.format("gzip")),
        texts=_text(f"^.*(?:{'|'.join(map(byte_pattern, TEXTS))})$"),
        other_type=OTHER_TYPE,
        types="".join(_TYPE.format(end=byte_pattern(end), type=kind) for end, kind in types),
        headers="".join(f"Header always set {name} {_text(value)}\n" for name, value in headers.items()),
        brief=BRIEF,
        forever=FOREVER,
        never=NEVER,
        fingerprinted=f"{byte_pattern(answers.root)}/{FINGERPRINTED}",
    )


def _rule(address: str) -> str:
    """The beginning of a rule for ``address``; in a `.htaccess` file, paths have no first slash."""
    return f"RewriteRule ^{byte_pattern(address.removeprefix('/'))}$"


def _target(address: str) -> str:
    """A percent sign without a backslash would stand for a part of a condition."""
    return encoded(address).replace("%", "\\%")


def _text(text: str) -> str:
    """A word in quotes; a pattern keeps its backslashes."""
    text = text.replace('"', '\\"')
    return f'"{text}"'
