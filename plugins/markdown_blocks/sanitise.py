"""Sanitise the HTML of a body with an allowlist, as the last step of rendering.

The allowlist covers what the renderer and the cards of the theme create. The link resolver sets ``rel``, because nh3
could only set it on all links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3

#: Inline elements, which authors may write too.
PHRASES = frozenset(
    "abbr b br cite code del dfn em i ins kbd q s samp small span strong sub sup time u var wbr".split()  # noqa: SIM905
)

#: All allowed elements. ``h1`` is the title of the page.
TAGS = PHRASES | frozenset(
    """a address article aside blockquote caption dd div dl dt figcaption figure footer h2 h3 h4 h5 h6 header hr img li
    ol p picture pre section source table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)

#: Attributes that any element may have.
COMMON_ATTRIBUTES = frozenset(
    {"id", "class", "lang", "dir", "title", "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden"}
)

#: Further attributes by element.
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

#: Attributes with the only values that they may have.
ATTRIBUTE_VALUES = {
    "a": {"rel": {"noreferrer"}},
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "ul": {"role": {"list"}},
    "ol": {"role": {"list"}},
    "th": {"scope": {"col", "row"}},
}

#: Schemes of absolute addresses.
URL_SCHEMES = frozenset({"http", "https", "mailto", "sms", "tel"})

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(COMMON_ATTRIBUTES), **ATTRIBUTES},
    tag_attribute_values=ATTRIBUTE_VALUES,
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
)


#: A tag as nh3 writes it, in lower case with quoted values. nh3 escapes every other ``<``.
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*)>")


def sanitise(html: str) -> str:
    """Return ``html`` with only the elements, attributes and addresses of the allowlist.

    Args:
        html: any text.
    """
    return _CLEANER.clean(html)


def tags_in(html: str) -> Iterator[str]:
    """Yield the name of each element that begins in ``html``, which must be sanitised."""
    return (tag[2] for tag in TAG.finditer(html) if not tag[1])


def allows(tag: str, attribute: str) -> bool:
    """Return whether ``attribute`` is allowed on ``tag`` with any value."""
    return (
        attribute in COMMON_ATTRIBUTES
        or attribute in ATTRIBUTES.get(tag, ())
        or attribute in ATTRIBUTE_VALUES.get(tag, ())
    )
