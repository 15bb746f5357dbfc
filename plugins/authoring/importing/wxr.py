"""Read a WordPress export (WXR 1.0 to 1.2, in one file or several) as items."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from lxml import etree
from msgspec import Struct, field
from turbohtml import parse_fragment

from plugins.authoring.importing.elementor import elementor_html
from plugins.authoring.importing.item import BUILDER_OPENED, Item, Kind, Note, Photo, Status, Urgency, comments_left_out
from plugins.authoring.importing.to_dos import ToDo, to_do
from plugins.authoring.importing.wordpress_body import plain_html
from plugins.authoring.importing.wxr_items import Parsed, read_items

#: Post types without text of their own. Others, such as those of plugins, are read as posts.
_NO_TEXTS = frozenset(
    """attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request elementor_library
    wpcf7_contact_form feedback shop_order shop_coupon mc4wp-form wpforms scheduled-action
    jp_pay_order""".split()  # noqa: SIM905
)
_SYSTEM = ("wp_", "acf-", "bp-", "_")
_STATUSES: dict[str, Status] = {
    "publish": "public", "": "public", "static": "public", "private": "private", "future": "planned",
    "draft": "draft", "pending": "draft", "auto-draft": "draft",
}  # fmt: skip
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description")
_PICTURES = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|heic|tiff?|svg)$", re.IGNORECASE)
_FIRST_YEAR = 1900


class _Attachment(Struct, frozen=True):
    number: str
    address: str
    alt: str
    caption: str
    parent: str


class Survey(Struct):
    """The results of the first pass over an export.

    Attributes:
        homes: addresses of the old site, without a trailing slash.
        authors: display names, by login name.
        secrets: e-mail addresses of authors, which no output file may contain.
        left_out: number of items of each kind that are no texts.
        mended: number of repaired faults of each kind.
        faults: items that could not be read completely, each with the reason.
        texts: number of items that are texts.
    """

    homes: list[str] = field(default_factory=list)
    authors: dict[str, str] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str]] = field(default_factory=list)
    texts: int = 0
    attachments: dict[str, _Attachment] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)


class Export:
    """A WordPress export.

    Args:
        paths: its files, in order.
        timezone: of the old site, for times near midnight.
    """

    def __init__(self, paths: Sequence[Path], timezone: str) -> None:
        self._paths = paths
        self._zone = ZoneInfo(timezone)
        self.survey = Survey()
        for path in paths:
            for parsed in read_items(path, self.survey.mended):
                self._note(path, parsed)

    def _note(self, path: Path, parsed: Parsed) -> None:
        survey = self.survey
        if parsed.fault and parsed.number:
            place = f"{path.name}, item {parsed.number}" + (f" “{parsed.name}”" if parsed.name else "")
            survey.faults.append((place, parsed.fault))
        item = parsed.element
        if item is None:
            return
        if parsed.number == 0:
            self._note_channel(item)
            return
        kind = _text(item, "{wp}post_type") or "post"
        if kind == "attachment":
            self._note_attachment(item)
        elif kind == "wp_block":
            survey.patterns[_text(item, "{wp}post_id")] = _raw(item, "{content}encoded")
        if _is_text(kind) and _text(item, "{wp}status") not in {"trash", "inherit"}:
            survey.texts += 1
        else:
            survey.left_out[kind if _text(item, "{wp}status") != "trash" else "trash"] += 1

    def _note_channel(self, channel: etree._Element) -> None:
        survey = self.survey
        for name in ("{wp}base_blog_url", "{wp}base_site_url", "link"):
            home = _text(channel, name).rstrip("/")
            if home.startswith("http") and home not in survey.homes:
                survey.homes.append(home)
        for author in channel.iter("{wp}author"):
            login = _text(author, "{wp}author_login")
            first, last = _text(author, "{wp}author_first_name"), _text(author, "{wp}author_last_name")
            shown = _text(author, "{wp}author_display_name") or f"{first} {last}".strip()
            if "@" in shown:
                shown = f"{first} {last}".strip() or shown.partition("@")[0]
            survey.authors[login] = shown or login
            if address := _text(author, "{wp}author_email"):
                survey.secrets.add(address)

    def _note_attachment(self, item: etree._Element) -> None:
        number, parent = _text(item, "{wp}post_id"), _text(item, "{wp}post_parent")
        address = _text(item, "{wp}attachment_url") or _text(item, "guid")
        alt = _meta(item).get("_wp_attachment_image_alt", "")
        caption = _raw(item, "{excerpt}encoded")
        self.survey.attachments[number] = _Attachment(number, address, alt, caption, parent)
        if parent not in {"", "0"} and _PICTURES.search(urlsplit(address).path):
            self.survey.children.setdefault(parent, []).append(number)

    def items(self) -> Iterator[Item]:
        """Yield each text once, in the order of the files."""
        seen: set[str] = set()
        for path in self._paths:
            for parsed in read_items(path):
                item = parsed.element
                if item is None or parsed.number == 0 or not _is_text(_text(item, "{wp}post_type") or "post"):
                    continue
                if _text(item, "{wp}status") in {"trash", "inherit"}:
                    continue
                made = self._item(item, f"{path.name}, item {parsed.number}")
                if made.key not in seen:
                    seen.add(made.key)
                    yield made

    def _item(self, item: etree._Element, place: str) -> Item:
        number, kind = _text(item, "{wp}post_id"), _text(item, "{wp}post_type") or "post"
        meta = _meta(item)
        notes: list[Note] = []
        body = _raw(item, "{content}encoded")
        if not body.strip() and meta.get("_elementor_data"):
            html = elementor_html(meta["_elementor_data"])
            notes.append(Note(Urgency.CHANGED, BUILDER_OPENED, "Elementor"))
        else:
            html, more = plain_html(
                body, gallery=lambda ids: self._gallery(ids, number), pattern=self.survey.patterns.get,
                footnotes=meta.get("footnotes", ""),
            )  # fmt: skip
            notes += more
        if kind not in {"post", "page"}:
            notes.append(to_do(ToDo.TYPE, kind))
        notes += comments_left_out(len(item.findall("{wp}comment")))
        title = _words(_raw(item, "title"))
        login = _text(item, "{dc}creator")
        return Item(
            key=f"wordpress {self._home} {number or place}",
            place=f"{place} “{title}”" if title else place,
            html=html,
            title=title,
            slug=unquote(_text(item, "{wp}post_name")),
            summary=next(
                (meta[name] for name in _DESCRIPTIONS if meta.get(name, "").strip() and "%%" not in meta[name]), ""
            )
            or _words(_raw(item, "{excerpt}encoded")),
            published=self._day(item, "post_date") or self._pub_date(item),
            updated=self._day(item, "post_modified"),
            author=self.survey.authors.get(login, login.partition("@")[0]),
            categories=_terms(item, {"category"}),
            tags=_terms(item, {"post_tag", "tag"}),
            kind=_kind(kind),
            status="password"
            if _text(item, "{wp}post_password")
            else _STATUSES.get(_text(item, "{wp}status"), "draft"),
            feed_id=_text(item, "guid"),
            addresses=self._addresses(item, number),
            photo=self._photo(meta.get("_thumbnail_id", "")),
            notes=tuple(notes),
        )

    @property
    def _home(self) -> str:
        return self.survey.homes[0] if self.survey.homes else self._paths[0].stem

    def _gallery(self, ids: Sequence[str], post: str) -> list[tuple[Photo, str]]:
        return [self._attached(number) for number in (ids or self.survey.children.get(post, []))]

    def _photo(self, number: str) -> Photo | None:
        return self._attached(number)[0] if number.isdigit() and number != "0" else None

    def _attached(self, number: str) -> tuple[Photo, str]:
        """Return the picture ``number`` with its caption. One that is not in the export has its address by number."""
        found = self.survey.attachments.get(number)
        if found is None or not found.address:
            return Photo(f"{self.survey.homes[0] if self.survey.homes else ''}/?attachment_id={number}"), ""
        return Photo(found.address, found.alt), found.caption

    def _day(self, item: etree._Element, name: str) -> dt.date | None:
        """Return the local day of a post. The UTC time is preferred, because the local time has no time zone."""
        for suffix in ("_gmt", ""):
            text = _text(item, f"{{wp}}{name}{suffix}")
            try:
                time = dt.datetime.fromisoformat(text) if re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", text) else None
            except ValueError:
                time = None
            if time is None or time.year < _FIRST_YEAR:
                continue
            return time.replace(tzinfo=dt.UTC).astimezone(self._zone).date() if suffix else time.date()
        return None

    def _pub_date(self, item: etree._Element) -> dt.date | None:
        if _text(item, "{wp}status") not in {"publish", ""}:
            return None
        try:
            time = parsedate_to_datetime(_text(item, "pubDate"))
        except ValueError:
            return None
        # For a missing date, WordPress writes one of 1970 or of the year -1.
        return time.date() if time.year > dt.date(1970, 1, 1).year else None

    def _addresses(self, item: etree._Element, number: str) -> tuple[str, ...]:
        link = _text(item, "link")
        found = [link] if link.startswith("http") else []
        path = urlsplit(link).path
        if link and path.strip("/"):
            address = link.split("?")[0]
            folder = address.rstrip("/").rpartition("/")[0]
            slash = "/" if address.endswith("/") else ""
            found += [f"{folder}/{old}{slash}" for old in _all_meta(item, "_wp_old_slug")]
        home = self.survey.homes[0] if self.survey.homes else ""
        if number and home:
            found.append(f"{home}/?{'page_id' if _text(item, '{wp}post_type') == 'page' else 'p'}={number}")
        return tuple(dict.fromkeys(found))


def _kind(kind: str) -> Kind:
    return "page" if kind == "page" else "post"


def _is_text(kind: str) -> bool:
    return kind not in _NO_TEXTS and not kind.startswith(_SYSTEM)


def _raw(item: etree._Element, name: str) -> str:
    return item.findtext(name) or ""


def _text(item: etree._Element, name: str) -> str:
    return _raw(item, name).strip()


def _words(html: str) -> str:
    return " ".join(parse_fragment(html).text.split())


def _meta(item: etree._Element) -> dict[str, str]:
    return {_text(meta, "{wp}meta_key"): _raw(meta, "{wp}meta_value") for meta in item.iter("{wp}postmeta")}


def _all_meta(item: etree._Element, key: str) -> list[str]:
    return [_text(meta, "{wp}meta_value") for meta in item.iter("{wp}postmeta") if _text(meta, "{wp}meta_key") == key]


def _terms(item: etree._Element, domains: set[str]) -> tuple[str, ...]:
    found = [
        " ".join((term.text or "").split())
        for term in item.iter("category")
        if (term.get("domain") or "category") in domains
    ]
    return tuple(dict.fromkeys(name for name in found if name))
