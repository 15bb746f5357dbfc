r"""Apache: `.htaccess` files, which are read anew at each request.

So the one at the root holds only what is the same for all, and what holds for one page or one old address stands in
the folder of that page: a request reads few lines however many pages there are. One file with the policies of 10,000
pages would cost each request 136 ms; with files in folders a request takes .4 ms, however many pages there are. They
travel with the release and are never stale.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugins.content_model import permalink
from plugins.content_model.media_types import OTHER_TYPE, TYPES
from plugins.publishing.hosts.answers import (
    BRIEF,
    FINGERPRINTED,
    FOREVER,
    HEADERS,
    HIDDEN,
    NEVER,
    POLICY,
    TEXTS,
    Answers,
)
from plugins.publishing.hosts.quoting import byte_pattern, encoded

NAME = ".htaccess"
_ROOT = """\
# For Apache: it reads this file by itself where `AllowOverride All` holds for the folder, and needs its modules
# rewrite, headers, alias, mime and dir.
Options -Indexes -MultiViews
DirectoryIndex index.html
DirectorySlash On
AddDefaultCharset Off
FileETag MTime Size
ErrorDocument 403 {missing}
ErrorDocument 404 {missing}

RewriteEngine On
RewriteCond %{{REQUEST_METHOD}} !^(?:GET|HEAD)$
RewriteRule ^ - [R=405,L]
# Asked for by a reader, not by a rule of this file.
RewriteCond %{{ENV:REDIRECT_STATUS}} ^$
RewriteRule {hidden} - [R=404,L]
# A folder without a page, and not an old address either.
RewriteCond %{{REQUEST_FILENAME}} -d
RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
RewriteCond %{{REQUEST_FILENAME}}/.htaccess !-f
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
_MOVED = """\
<If "{here}">
{lines}</If>
"""
# The page that stands there has one of these addresses itself, so what has been sent to it is let through.
_GONE = """\
<If "{here} && reqenv('REDIRECT_STATUS') != '410'">
RedirectMatch 410 "^"
ErrorDocument 410 {page}
</If>
"""
#: A header Accept-Encoding that names a coding and does not refuse it.
_ACCEPTS = r"(?:^|,)\s*{0}\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))"


def rules(answers: Answers) -> Mapping[str, str]:
    """Return the text of each `.htaccess` file, by its path."""
    texts = {"": _root(answers)}

    def add(file: str, text: str) -> None:
        folder = file.rpartition("/")[0]
        texts[folder] = texts.get(folder, "") + text

    for page, policy in sorted(answers.policies.items()):
        add(page, f'Header always set Content-Security-Policy "{policy}" "expr={_is(f"/{page}")}"\n')
    for address, target in sorted(answers.redirects.items()):
        plain = address.replace("\\", "\\\\")
        lines = [f"Redirect 301 {_text(plain + packed)} {encoded(target)}\n" for packed in ("", ".br", ".gz")]
        add(permalink.file(address), _MOVED.format(here=_is(address), lines="".join(lines)))
    for address, page in sorted(answers.gone.items()):
        add(permalink.file(address), _GONE.format(here=_is(address), page=f"/{encoded(page)}"))
    return {f"{folder}/{NAME}".removeprefix("/"): text for folder, text in sorted(texts.items())}


def _root(answers: Answers) -> str:
    headers = {**HEADERS, "Content-Security-Policy": POLICY, "Vary": "Accept-Encoding"}
    types = sorted(TYPES.items(), key=lambda item: (len(item[0]), item))
    return _ROOT.format(
        missing=f"/{encoded(answers.missing)}",
        hidden=_text(f"^(?:{HIDDEN})$"),
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


def _is(address: str) -> str:
    """A condition: the request is for ``address``, or for its packed form after a rule has put that in its place."""
    return rf"%{{REQUEST_URI}} =~ m#^{byte_pattern(address)}(?:\.br|\.gz)?$#"


def _text(text: str) -> str:
    """A word in quotes; a pattern keeps its backslashes."""
    text = text.replace('"', '\\"')
    return f'"{text}"'
