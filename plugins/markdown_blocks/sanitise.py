"""Sanitise: the last thing done to a body, so that nothing leaves but what is listed here.

The lists hold what our own renderer and the cards of the theme make. Whether a link is external is known where the
link is made, which gives it its ``rel``; nh3 could only mark every link alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3

#: Elements that mark words within a line; authors may write them too. (Sets as words: one a line would fill a page.)
PHRASES = frozenset(
    "abbr b br cite code del dfn em i ins kbd q s samp small span strong sub sup time u var wbr".split()  # noqa: SIM905
)

#: Elements that may leave. No ``h1``: a page has one, its title.
TAGS = PHRASES | frozenset(
    """a address article aside blockquote caption dd div dl dt figcaption figure footer h2 h3 h4 h5 h6 header hr img li
    ol p picture pre section source table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)

#: Attributes that any element may have.
COMMON_ATTRIBUTES = frozenset(
    {"id", "class", "lang", "dir", "title", "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden"}
)

#: Attributes that an element may have besides those.
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "decoding", "loading"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "source": {"type", "srcset", "sizes"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}

#: Attributes that may have only these values.
ATTRIBUTE_VALUES = {
    "a": {"rel": {"noreferrer"}},
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "ul": {"role": {"list"}},
    "ol": {"role": {"list"}},
    "th": {"scope": {"col", "row"}},
}

#: What an address may begin with, besides those within the site.
URL_SCHEMES = frozenset({"http", "https", "mailto", "sms", "tel"})

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(COMMON_ATTRIBUTES), **ATTRIBUTES},
    tag_attribute_values=ATTRIBUTE_VALUES,
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
)


#: A tag as nh3 writes it: small letters, every value between double quotes. In a text it leaves no ``<``.
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*)>")


def sanitise(html: str) -> str:
    """Return ``html`` without any element, attribute or address that is not listed in this module.

    Args:
        html: any text at all.
    """
    return _CLEANER.clean(html)


def tags_in(html: str) -> Iterator[str]:
    """Yield the name of each element that begins in ``html``, which must be sanitised."""
    return (tag[2] for tag in TAG.finditer(html) if not tag[1])


def allows(tag: str, attribute: str) -> bool:
    """Tell whether ``attribute`` may leave on ``tag``, whatever its value."""
    return (
        attribute in COMMON_ATTRIBUTES
        or attribute in ATTRIBUTES.get(tag, ())
        or attribute in ATTRIBUTE_VALUES.get(tag, ())
    )
