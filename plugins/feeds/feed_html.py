"""Sanitise HTML for feeds.

Feed readers show an item outside of its page. Addresses become absolute, scripts and styles are removed, and pictures
get a size and an alternative text. Pictures of other sites are removed, because a request for one discloses the reader
to that site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

import nh3
from lxml import html as lxml_html
from lxml.etree import ParserError

from plugins.content_model.invisible_characters import INVISIBLE

Size = tuple[int, int]

_TAGS = frozenset(
    """
    a abbr address b blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure h2 h3 h4
    h5 h6 hr i img ins kbd li ol p pre q s samp section small span strong sub sup table tbody td tfoot th thead time
    tr u ul var wbr
    """.split(),  # noqa: SIM905 - a list of words is read as words
)
_COMMON_ATTRIBUTES = frozenset({"lang", "dir"})
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
#: Elements that are removed together with their content.
_REMOVED_WITH_CONTENT = frozenset(
    {"script", "style", "iframe", "object", "embed", "template", "noscript", "form", "svg", "math"}
)
_SCHEMES = frozenset({"http", "https", "mailto", "sms", "tel"})
_ADDRESS_ATTRIBUTES = ("href", "src", "cite")
_WITH_ADDRESS = "descendant::*[@href or @src or @cite or self::img]"
#: Addresses of the usual form, which are absolute and encoded as they are, or with the origin of the page before them.
_ABSOLUTE = re.compile(r"https?://[a-z0-9.-]+/[\w/.~-]*", re.ASCII)
_WITHIN_SITE = re.compile(r"/(?:[\w~-]+/)*[\w~-]*(?:#[\w-]+)?", re.ASCII)
_ORIGIN = re.compile(r"https?://[^/?#]+")
#: Query parameters that only identify where a visitor came from.
_TRACKER_PREFIXES = ("utm_",)
_TRACKER_NAMES = frozenset({"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid"})

_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_REMOVED_WITH_CONTENT),
    attributes={"*": set(_COMMON_ATTRIBUTES), **_ATTRIBUTES},
    url_schemes=set(_SCHEMES),
    link_rel=None,
)


def xml_safe(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 (section 2.2) does not allow."""
    return INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """Return ``text`` as one line of characters that XML allows."""
    return " ".join(xml_safe(text).split())


def absolute_url(address: str, base: str) -> str:
    """Return the absolute, percent-encoded form (RFC 3986) of ``address`` without tracking parameters, or "".

    Args:
        address: as written in the page at ``base``.
        base: absolute address of the page.
    """
    if _ABSOLUTE.fullmatch(address):
        return address
    if _WITHIN_SITE.fullmatch(address) and (origin := _ORIGIN.match(base)):
        return origin[0] + address
    try:
        parts = urlsplit(urljoin(base, xml_safe(address).strip()))
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or (parts.scheme in {"http", "https"} and not parts.netloc):
        return ""
    return urlunsplit(
        (
            parts.scheme,
            parts.netloc,
            quote(parts.path, safe="%/:@!$&'()*+,;=~"),
            quote(_without_trackers(parts.query), safe="%/:?@!$&'()*+,;=~[]"),
            quote(parts.fragment, safe="%/:?@!$&'()*+,;=~"),
        ),
    )


def _without_trackers(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not pair[0].startswith(_TRACKER_PREFIXES) and pair[0] not in _TRACKER_NAMES]
    return query if len(kept) == len(pairs) else urlencode(kept)


def clean(html: str, *, base: str, pictures: Mapping[str, Size]) -> str:
    """Return ``html`` sanitised for a feed: absolute addresses, sized pictures, no scripts, frames, forms or styles.

    Args:
        html: any text, which need not be valid HTML.
        base: absolute address of the page that contains it.
        pictures: width and height of the site's own pictures, by absolute address.
    """
    try:
        root = lxml_html.fragment_fromstring(xml_safe(html), create_parent="div")
    except ParserError:
        return ""
    for element in root.xpath(_WITH_ADDRESS):
        for name in _ADDRESS_ATTRIBUTES:
            if name in element.attrib:
                address = absolute_url(element.attrib[name], base)
                if address:
                    element.set(name, address)
                else:
                    del element.attrib[name]
        if element.tag == "img":
            _complete(element, pictures)
    text = lxml_html.tostring(root, encoding="unicode", with_tail=False)
    return _CLEANER.clean(text.removeprefix("<div>").removesuffix("</div>")).strip()


def _complete(image: lxml_html.HtmlElement, pictures: Mapping[str, Size]) -> None:
    """Set the size of a picture, or replace a picture that is not in ``pictures`` by its alternative text."""
    size = pictures.get(image.get("src", ""))
    alt = image.get("alt", "")
    if size is not None:
        image.set("alt", alt)
        image.set("width", str(size[0]))
        image.set("height", str(size[1]))
    elif alt:
        image.attrib.clear()
        image.tag = "em"
        image.text = alt
    else:
        image.drop_tree()
