"""Markup: makes HTML fit to leave the site in a feed.

A reader shows an item far from its page: every address must be whole, nothing may run, and a picture must say how
large it is and what it shows. Pictures of other sites do not pass at all, because fetching one tells that site who
reads.
"""

from __future__ import annotations

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
#: Elements whose content means nothing, or harm, without them.
_WITH_CONTENT = frozenset(
    {"script", "style", "iframe", "object", "embed", "template", "noscript", "form", "svg", "math"}
)
_SCHEMES = frozenset({"http", "https", "mailto", "sms", "tel"})
#: Where an address may stand, by attribute.
_ADDRESSES = ("href", "src", "cite")
#: Parts of a query that only say where a reader came from.
_TRACKERS = ("utm_",)
_TRACKER_NAMES = frozenset({"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid"})

_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_WITH_CONTENT),
    attributes={"*": set(_COMMON_ATTRIBUTES), **_ATTRIBUTES},
    url_schemes=set(_SCHEMES),
    link_rel=None,
)


def storable(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 (section 2.2) cannot hold."""
    return INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """Return ``text`` as one line that XML can hold."""
    return " ".join(storable(text).split())


def whole(address: str, base: str) -> str:
    """Return ``address`` as a whole address, percent-encoded (RFC 3986), without what only tracks; "" when it is none.

    Args:
        address: as it stands in the page at ``base``.
        base: whole address of the page.
    """
    try:
        parts = urlsplit(urljoin(base, storable(address).strip()))
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or (parts.scheme in {"http", "https"} and not parts.netloc):
        return ""
    return urlunsplit(
        (
            parts.scheme,
            parts.netloc,
            quote(parts.path, safe="%/:@!$&'()*+,;=~"),
            quote(_untracked(parts.query), safe="%/:?@!$&'()*+,;=~[]"),
            quote(parts.fragment, safe="%/:?@!$&'()*+,;=~"),
        ),
    )


def _untracked(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not pair[0].startswith(_TRACKERS) and pair[0] not in _TRACKER_NAMES]
    return query if len(kept) == len(pairs) else urlencode(kept)


def clean(html: str, *, base: str, pictures: Mapping[str, Size]) -> str:
    """Return ``html`` fit for a feed: addresses whole, pictures complete, nothing that runs, frames, asks or styles.

    Args:
        html: any text at all.
        base: whole address of the page that it stands in.
        pictures: width and height of the site's own pictures, by whole address.
    """
    try:
        root = lxml_html.fragment_fromstring(storable(html), create_parent="div")
    except ParserError:
        return ""
    for element in list(root.iter("*")):
        for name in _ADDRESSES:
            if name in element.attrib:
                address = whole(element.attrib[name], base)
                if address:
                    element.set(name, address)
                else:
                    del element.attrib[name]
        if element.tag == "img":
            _complete(element, pictures)
    text = lxml_html.tostring(root, encoding="unicode", with_tail=False)
    return _CLEANER.clean(text.removeprefix("<div>").removesuffix("</div>")).strip()


def _complete(image: lxml_html.HtmlElement, pictures: Mapping[str, Size]) -> None:
    """Give the picture its size; one that is not the site's own, or is missing, leaves only its words behind."""
    size = pictures.get(image.get("src", ""))
    words = image.get("alt", "")
    if size is not None:
        image.set("alt", words)
        image.set("width", str(size[0]))
        image.set("height", str(size[1]))
    elif words:
        image.attrib.clear()
        image.tag = "em"
        image.text = words
    else:
        image.drop_tree()
