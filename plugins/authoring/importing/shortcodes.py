"""Replace WordPress's shortcodes by HTML, and note those that cannot be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from msgspec import Struct

from plugins.authoring.importing.item import BUILDER_OPENED, KEPT_ITS_WORDS, Note, Urgency, shortened
from plugins.authoring.importing.page_builders import (
    PICTURE_ADDRESS,
    PREFIXES,
    Gallery,
    builder_html,
    link_html,
    picture_html,
)

_CODE = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>|<[a-zA-Z/!][^<>]*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:[\s=/][^\[\]]*)?)\]")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|(\S+)""")
_ESCAPED = re.compile(r"\[(\[[a-zA-Z/][^\[\]]*\])\]")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\]]+")
_PICTURE = re.compile(r"((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)

#: Shortcodes of WordPress and its most common plugins that are recognised without attributes or a closing tag.
_KNOWN = frozenset(
    """caption wp_caption gallery audio video playlist embed youtube vimeo googlemaps tweet contact-form contact-form-7
    gravityform wpforms ninja_form mc4wp_form button recent-posts sitemap archives donate newsletter""".split()  # noqa: SIM905
)
_MEDIA = frozenset({"audio", "video", "playlist", "embed"})
_SOURCES = ("src", "url", "href", "link", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "address", "id")


class _Code(Struct, frozen=True):
    """A shortcode: its position, attributes and content."""

    name: str
    attributes: Mapping[str, str]
    inner: str | None
    written: str

    def address(self) -> str:
        """Return the URL that it embeds, if it holds nothing else, or ""."""
        inner = (self.inner or "").strip()
        if found := _ADDRESS.fullmatch(inner):
            return found[0]
        if _holds_something(inner) or self.shows_picture() or not (self.attributes or self.name in _KNOWN):
            return ""
        ways = (self.attributes.get(name, "") for name in _SOURCES)
        found = next(filter(None, map(_ADDRESS.match, ways)), None) or _ADDRESS.search(self.written.split("]")[0])
        return found[0] if found else ""

    def shows_picture(self) -> bool:
        """Tell whether an attribute is the address of a picture, which is not that of the film above it."""
        return self.name not in _MEDIA and any(map(PICTURE_ADDRESS.fullmatch, self.attributes.values()))


def _holds_something(html: str) -> bool:
    return "<img" in html or bool(re.search(r"\w|\ue000", re.sub(r"<[^>]*>", "", html)))


def replace_shortcodes(html: str, gallery: Gallery) -> tuple[str, list[Note]]:
    """Return ``html`` without shortcodes, and a note for each that could not be kept.

    Args:
        html: the body of a post as stored by WordPress.
        gallery: returns pictures, each with its caption.
    """
    if "[" not in html:
        return html, []
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if "[" not in match[0]:
            return match[0]
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    masked = _CODE.sub(hide, html)
    replacer = _Replacer(gallery)
    made = _ESCAPED.sub(r"\1", replacer.replace(masked))
    return re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match[1])], made), replacer.notes


class _Replacer:
    """Replaces shortcodes recursively."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self.notes: list[Note] = []

    def replace(self, text: str) -> str:
        parts: list[str] = []
        at = 0
        for code, start, end in _codes(text):
            # Words of two shortcodes in a row must not join.
            parts.append(text[at:start] or ("\n\n" if parts else ""))
            parts.append(self._made_of(code))
            at = end
        return "".join(parts) + text[at:]

    def _made_of(self, code: _Code) -> str:
        inner = self.replace(code.inner) if code.inner else ""
        if code.name in {"caption", "wp_caption"}:
            return _figure(inner, code.attributes.get("caption", ""))
        if code.name == "gallery":
            ids = re.findall(r"\d+", code.attributes.get("ids", "") or code.attributes.get("include", ""))
            pictures = self._gallery(ids)
            if pictures:
                self._note(Urgency.CHANGED, "a gallery became pictures one below the other", code)
                return "\n\n" + "".join(picture_html(photo, caption) for photo, caption in pictures) + "\n\n"
        elif code.name.startswith(PREFIXES):
            self._note(Urgency.CHANGED, BUILDER_OPENED, code)
            return self._opened(code, inner)
        elif address := code.address():
            self._note(Urgency.CHANGED, "a video, a map or another embed became a link", code)
            return f"\n\n{link_html(address)}\n\n"
        elif _holds_something(inner) or code.shows_picture():
            self._note(Urgency.CHANGED, KEPT_ITS_WORDS, code)
            return self._opened(code, inner)
        self._note(Urgency.LOST, "a shortcode stood for something that only the old site could make", code)
        return inner

    def _opened(self, code: _Code, inner: str) -> str:
        made, notes = builder_html(code.name, code.attributes, inner, self._gallery)
        self.notes += notes
        return made

    def _note(self, urgency: Urgency, what: str, code: _Code) -> None:
        self.notes.append(Note(urgency, what, shortened(code.written.split("]")[0] + "]")))


def _codes(text: str) -> Iterator[tuple[_Code, int, int]]:
    """Yield each outermost shortcode with its start and end."""
    at = 0
    while found := _TAG.search(text, at):
        at = found.end()
        name = found["name"].lower()
        if text[found.start() - 1 : found.start()] == "[" and text[at : at + 1] == "]":
            continue
        if found["end"]:
            if _is_known(name, "", paired=True) and (name.startswith(PREFIXES) or name in _KNOWN):
                # A closing tag without an opening one is dropped.
                yield _Code(name, {}, "", found[0]), found.start(), at
            continue
        closing = None if found["rest"].rstrip().endswith("/") else _closing(text, name, at)
        if not _is_known(name, found["rest"], paired=closing is not None):
            continue
        inner = text[at : closing[0]] if closing else None
        end = closing[1] if closing else at
        yield _Code(name, _attributes(found["rest"]), inner, text[found.start() : end]), found.start(), end
        at = end


def _closing(text: str, name: str, at: int) -> tuple[int, int] | None:
    """Return the closing tag of the shortcode ``name`` whose opening tag ends at ``at``."""
    if f"[/{name}" not in text[at:].lower():
        return None
    depth = 1
    for match in re.finditer(rf"\[(/?){re.escape(name)}(?:[\s=/][^\[\]]*)?\]", text[at:], re.IGNORECASE):
        depth += -1 if match[1] else 0 if match[0].endswith("/]") else 1
        if depth == 0:
            return at + match.start(), at + match.end()
    # An opening tag is not closed. The first closing tag belongs to the innermost one.
    first = re.search(rf"\[/{re.escape(name)}\]", text[at:], re.IGNORECASE)
    return (at + first.start(), at + first.end()) if first else None


def _is_known(name: str, rest: str, *, paired: bool) -> bool:
    return paired or name in _KNOWN or "=" in rest or name.startswith(PREFIXES) or "_" in name or "-" in name


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, match in enumerate(_ATTRIBUTE.finditer(rest.strip().rstrip("/"))):
        name, *values = match.groups()
        value = next((one for one in values if one is not None), "")
        found[name.lower() if name else str(number)] = value
    return found


def _figure(inner: str, caption: str) -> str:
    found = _PICTURE.search(inner)
    if found is None:
        # The picture may be replaced by a placeholder already. The rest is the caption.
        hidden = re.match(r"\s*((?:\ue000\d+\ue001\s*)+)(.*)", inner, re.DOTALL)
        picture, words = (hidden[1], hidden[2]) if hidden else ("", inner)
    else:
        picture, words = inner[: found.start(1)] + found[1], found[2]
    words = words.strip() or escape(caption, quote=False)
    figcaption = f"<figcaption>{words}</figcaption>" if words.strip() else ""
    return f"\n\n<figure>{picture}{figcaption}</figure>\n\n"
