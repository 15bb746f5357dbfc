"""Read pictures, links and words in the attributes of page builders' shortcodes (WPBakery, Divi, Avada and others)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from urllib.parse import unquote

from msgspec import Struct, field

from plugins.authoring.importing.item import Note, Photo, Urgency, shortened

#: Returns the pictures of a gallery: those with the given ids, or all pictures of the text if there is no id.
Gallery = Callable[[Sequence[str]], Sequence[tuple[Photo, str]]]

#: Prefixes of page builders' shortcodes.
PREFIXES = ("vc_", "et_pb_", "fusion_", "fl_", "su_", "tatsu_", "av_", "cs_", "x_", "mk_", "thrive_", "ux_", "col")
PICTURE_ADDRESS = re.compile(
    r"(?:https?:/)?/[^\s\"'<>|]+\.(?:jpe?g|png|gif|webp|avif)(?:\?[^\s\"'<>|]*)?", re.IGNORECASE
)
BACKGROUND_LEFT_OUT = "a picture in the background was left out"
_LINKS = frozenset({"link", "url", "href"})
_ADDRESS = re.compile(r"https?://[^\s\"'<>|]+")
#: Attributes that contain visible text.
_WORDS = frozenset(
    """title heading text subtitle sub_title content caption button_text author h2 h4 job_title company_name
    subheading""".split()  # noqa: SIM905
)
#: Attributes that are visible text in shortcodes of this name only.
_WORDS_OF = {"et_pb_team_member": {"name", "position"}, "fusion_person": {"name"}}
#: Attributes that name pictures of the media library by number, anywhere and in shortcodes for pictures only.
_NUMBERS = frozenset("image images image_id img img_id photo attachment attachment_id gallery_ids image_ids".split())  # noqa: SIM905
_NUMBERS_OF_PICTURES = frozenset({"ids", "include", "source"})
_SHOWS_PICTURES = re.compile(r"image|galler|photo|media|carousel|slide")
_NUMBER_LIST = re.compile(r"(?:media:)?\s*[1-9]\d*(?:\|[\w-]*)?(?:\s*,\s*[1-9]\d*(?:\|[\w-]*)?)*\s*")
_BACKGROUND = re.compile(r"(?:^|_)(?:bg|background|parallax)(?:_|$)")
#: Attributes that hold no words for readers although they may look like some.
_LOOKS = re.compile(r"admin|class|css|style|font|anim|icon|align|color|family|effect|builder|label$")
_PROSE = re.compile(r"[^\W\d_]{2}[,.!?;:’']?\s[^\W\d_]{2}|%5B%7B")
_BUTTON = re.compile(r"button|btn|cta")
#: Shortcodes whose content is HTML in Base64 with percent signs.
_ENCODED = "vc_raw_html"


class _Attributes(Struct):
    """What the attributes of a shortcode hold for readers.

    Attributes:
        words: visible text, by attribute.
        sources: addresses of pictures.
        numbers: numbers of pictures in the media library.
        links: addresses that it leads to.
        notes: parts that are left out.
    """

    words: dict[str, str] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def builder_html(name: str, attributes: Mapping[str, str], inner: str, gallery: Gallery) -> tuple[str, list[Note]]:
    """Return the HTML of the shortcode ``name``, and notes on what was left out.

    Args:
        name: its name.
        attributes: its attributes.
        inner: its content, without shortcodes.
        gallery: returns pictures of the media library.
    """
    found = _sorted(name, attributes)
    if name == _ENCODED:
        inner = _decoded(inner)
    elif PICTURE_ADDRESS.fullmatch(inner.strip()):
        found.sources, inner = [inner.strip()], ""
    elif "<img" in inner:
        found.numbers = []
    pictures = list(_pictures(found, attributes.get("alt", ""), gallery))
    links = list(dict.fromkeys(found.links))
    if pictures and links:
        pictures = [f'<a href="{escape(links[0])}">{picture}</a>' for picture in pictures]
        links = links[1:]
    shown = [link_html(address) for address in links]
    if _BUTTON.search(name) and links:
        label, inner = _label(found.words, inner)
        shown[0] = link_html(links[0], label)
    words = [escape(value, quote=False) for value in found.words.values()]
    return "".join(f"\n\n{part}\n\n" for part in (*words, *pictures, *shown)) + inner, found.notes


def link_html(address: str, words: str = "") -> str:
    """Return the HTML of a link to ``address``."""
    return f'<a href="{escape(address)}">{words or escape(address)}</a>'


def picture_html(photo: Photo, caption: str = "") -> str:
    """Return the HTML of a picture with its caption, which is HTML."""
    figcaption = f"<figcaption>{caption}</figcaption>" if caption.strip() else ""
    return f'<figure><img src="{escape(photo.address)}" alt="{escape(photo.alt)}">{figcaption}</figure>'


def _sorted(name: str, attributes: Mapping[str, str]) -> _Attributes:
    found = _Attributes()
    for key, value in ((key, value.strip()) for key, value in attributes.items() if value.strip()):
        if key in _WORDS or key in _WORDS_OF.get(name, ()):
            found.words[key] = value
        elif _BACKGROUND.search(key):
            if PICTURE_ADDRESS.fullmatch(value) or _NUMBER_LIST.fullmatch(value):
                found.notes.append(Note(Urgency.LOST, BACKGROUND_LEFT_OUT, f"{name} {value}"))
        elif PICTURE_ADDRESS.fullmatch(value) and key not in _LINKS:
            found.sources.append(value)
        elif _NUMBER_LIST.fullmatch(value) and _may_hold_numbers(name, key):
            found.numbers += re.findall(r"(?:^|[:,])\s*(\d+)", value)
        elif link := _ADDRESS.match(unquote(value.removeprefix("url:").partition("|")[0])):
            found.links.append(link[0])
        elif key != "alt" and not _LOOKS.search(key) and _PROSE.search(value):
            what = "words in a setting of a page builder were left out"
            found.notes.append(Note(Urgency.LOST, what, f"{name} {key}: {shortened(unquote(value))}"))
    return found


def _may_hold_numbers(name: str, key: str) -> bool:
    """Tell whether the attribute ``key`` names pictures by their numbers."""
    if key in _NUMBERS or (name, key) == ("ux_image", "id"):
        return True
    return key in _NUMBERS_OF_PICTURES and bool(_SHOWS_PICTURES.search(name))


def _pictures(found: _Attributes, alt: str, gallery: Gallery) -> Iterator[str]:
    library = gallery(found.numbers) if found.numbers else ()
    if found.sources:
        known = library[0][0].alt if len(library) == 1 else ""
        for source in dict.fromkeys(found.sources):
            yield picture_html(Photo(source, alt or known))
        return
    if found.numbers and not library:
        found.notes.append(Note(Urgency.LOST, "pictures are not in the export", ", ".join(found.numbers)))
    for photo, caption in library:
        yield picture_html(Photo(photo.address, alt or photo.alt), caption)


def _label(words: dict[str, str], inner: str) -> tuple[str, str]:
    """Return the words of a button, which are taken from its attributes or its content, and the rest of that."""
    for key in ("button_text", "title", "text"):
        if key in words:
            return escape(words.pop(key), quote=False), inner
    return ("", inner) if "<" in inner or "\n\n" in inner.strip() else (inner.strip(), "")


def _decoded(text: str) -> str:
    try:
        return unquote(base64.b64decode(re.sub(r"<[^>]*>|\s", "", text), validate=True).decode("utf-8"))
    except (binascii.Error, ValueError):
        return text
