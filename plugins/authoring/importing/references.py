"""Rewrite the links and pictures of one text to their new targets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct, field
from turbohtml import Element, Text

from plugins.authoring.check.alt_text import is_by_program
from plugins.authoring.importing.html_to_markdown import ASIDE, ASIDE_END
from plugins.authoring.importing.item import Note, Urgency
from plugins.authoring.importing.old_site import OldSite
from plugins.authoring.importing.to_dos import ToDo, to_do
from plugins.authoring.importing.word_proof import words_of_text
from plugins.content_model.contact_details import contact_details, normalise_contact_detail
from plugins.content_model.invisible_characters import is_invisible
from plugins.content_model.local_hosts import is_private_host
from plugins.content_model.placeholders import Placeholder

_HEADINGS = "h2, h3, h4, h5, h6"

#: Imports the file at an address, and returns its name beside the text, or "" if it was not found.
Bring = Callable[[str], str]


def usable_alt(alt: str, name: str, notes: list[Note]) -> str:
    """Return ``alt`` as one line, or "" with a to-do if it says nothing about the picture ``name``."""
    words = " ".join(alt.split())
    if words and not is_by_program(words):
        return words
    notes.append(to_do(ToDo.ALT, f"{name} ({words})" if words else name))
    return ""


class References(Struct):
    """Resolves the addresses of one text.

    Attributes:
        site: the old site.
        contacts: ids of help contacts, by the digits of their numbers and by address.
        names: names of help contacts, by id.
        bring: imports a picture or document.
        anchor: returns the id of a heading with these words.
        documents: file extensions of documents that the site publishes.
        todo: placeholder for missing alternative text.
        is_story: True if only pictures may be imported with the text.
        here: the path of the text, relative to the content folder.
        missing: addresses of files that were not found.
        kept: links to pages of the old site that were not imported.
    """

    site: OldSite
    contacts: Mapping[str, str]
    names: Mapping[str, str]
    bring: Bring
    anchor: Callable[[str], str]
    documents: tuple[str, ...]
    todo: str
    is_story: bool = False
    here: str = ""
    missing: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    _changed: Counter[str] = field(default_factory=Counter)

    def resolve(self, root: Element, notes: list[Note]) -> Counter[str]:
        """Rewrite every address below ``root``. Return the words that this added, and removed (negative counts)."""
        self._changed = Counter()
        for image in root.select("img"):
            self._picture(image, notes)
        for link in root.select("a"):
            self._link(link, root, notes)
        self._numbers(root, notes)
        return self._changed

    def _picture(self, image: Element, notes: list[Note]) -> None:
        address = " ".join((image.attr("src") or "").split())
        alt = " ".join((image.attr("alt") or "").split())
        large, link = image.attr("data-large") or "", image.attr("data-link") or ""
        # Embedded files are known by their address in the source.
        ways = [way for one in (large, address) if one for way in (one, self.site.whole(one))]
        name = next((found for way in dict.fromkeys(ways) if (found := self.bring(way))), "")
        if not name:
            shown = "a picture within the text" if address.startswith("data:") else self.site.whole(address)
            self.missing.append(shown)
            notes.append(to_do(ToDo.PICTURE, f"{shown} {alt}".strip()))
            words = re.sub(r"-{2,}|[<>]", "-", f"A picture was here: {alt or 'without words'} ({shown})")
            image.replace_with(Text(f"{Placeholder.LOST_PICTURE} {ASIDE}{words}{ASIDE_END}"))
            self._changed.update(words_of_text(Placeholder.LOST_PICTURE))
            return
        image.attrs["src"] = name
        image.attrs["alt"] = usable_alt(alt, name, notes) or self.todo
        if link:
            notes.append(Note(Urgency.LOST, "a picture was a link", link))

    def _link(self, link: Element, root: Element, notes: list[Note]) -> None:
        address = " ".join((link.attr("href") or "").split())
        if not address:
            link.unwrap()
            return
        written = self._address(address, root, notes)
        if written.startswith("help:") and contact_details(link.text):
            self._name(link.text, written[5:], notes)
            link.set_text(self.names[written[5:]])
        if not written:
            link.unwrap()
        else:
            link.attrs["href"] = written
            # Most readers never see a title attribute.
            for name in ("title", "class", "id", "name"):
                if name in link.attrs:
                    del link.attrs[name]

    def _address(self, address: str, root: Element, notes: list[Note]) -> str:
        """Return the new address for a link to ``address``, or "" to keep only the link text."""
        if address.startswith("#"):
            return self._anchor(address, root, notes)
        if re.match(r"(?:mailto|tel|sms|callto):", address, re.IGNORECASE):
            return self._contact(address, notes)
        if address.startswith("help:"):
            return address if address[5:] in self.contacts.values() else ""
        if self.site.holds(address):
            return self._own(address, notes)
        return self._foreign(address, notes)

    def _anchor(self, address: str, root: Element, notes: list[Note]) -> str:
        name = unquote(address[1:])
        target = next((one for one in root.select("[id], a[name]") if name in {one.attr("id"), one.attr("name")}), None)
        heading = None
        if target is not None:
            inner = target.select_one(_HEADINGS)
            heading = target if target.tag in _HEADINGS.split(", ") else inner or target.closest(_HEADINGS)
        if heading is not None and heading.text.strip():
            return f"#{self.anchor(' '.join(heading.text.split()))}"
        if name not in {"", "top"}:
            notes.append(Note(Urgency.LOST, "a link led to a part of its own page that has no heading", address))
        return ""

    def _contact(self, address: str, notes: list[Note]) -> str:
        detail = unquote(re.split(r"[:?]", address)[1]).strip()
        digits = normalise_contact_detail(detail)
        known = self.contacts.get(digits) or self.contacts.get(re.sub(r"^(?:00)?44(?:0)?", "0", digits))
        if known:
            return f"help:{known}"
        notes.append(to_do(ToDo.CONTACT, detail))
        return ""

    def _own(self, address: str, notes: list[Note]) -> str:
        whole = self.site.whole(address)
        if target := self.site.find(address):
            if target == self.here:
                return ""
            if "#" in address:
                notes.append(Note(Urgency.CHANGED, "a link to a part of a page leads to the whole page", address))
            return f"{{filename}}/{target}"
        path = urlsplit(whole).path.lower()
        if path.endswith(self.documents) and not self.is_story:
            if name := self.bring(whole):
                return name
            self.missing.append(whole)
            notes.append(to_do(ToDo.DOCUMENT, whole))
        if not urlsplit(whole).hostname:
            notes.append(Note(Urgency.LOST, "a link led to a page that is not among what was imported", address))
            return ""
        written = self._foreign(whole, notes)
        if written:
            self.kept.append(whole)
            notes.append(to_do(ToDo.OLD_LINK, whole))
        return written

    @staticmethod
    def _foreign(address: str, notes: list[Note]) -> str:
        try:
            host = urlsplit(address).hostname or ""
            wrong = urlsplit(address).scheme not in {"http", "https"} or not re.fullmatch(
                r"[^.\s]+(?:\.[^.\s]+)+", host
            )
        except ValueError:
            host, wrong = "", True
        if wrong or is_private_host(host):
            notes.append(Note(Urgency.LOST, "a link led to no address of the web", address[:200]))
            return ""
        clean = "".join(one for one in address if not is_invisible(one))
        return quote(clean, safe="%/:=&?~#+!$,;'@()*[]" + "".join({one for one in clean if not one.isascii()}))

    def _numbers(self, root: Element, notes: list[Note]) -> None:
        """Replace phone numbers and e-mail addresses of registered contacts by their names, and note others."""
        for node in list(root.descendants):
            if not isinstance(node, Text) or not isinstance(node.parent, Element):
                continue
            if node.parent.closest("pre, code") is not None:
                continue
            in_link = node.parent.closest("a") is not None
            pieces: list[Element | Text] = []
            at = 0
            for detail in contact_details(node.data):
                known = self.contacts.get(normalise_contact_detail(detail.text), "")
                if known and not in_link:
                    # The match may begin with a bracket, which stays.
                    start = detail.start + len(detail.text) - len(detail.text.lstrip("[("))
                    end = detail.start + len(detail.text)
                    self._name(node.data[start:end], known, notes)
                    pieces.append(Text(node.data[at:start]))
                    pieces.append(Element("a", {"href": f"help:{known}"}, [Text(self.names[known])]))
                    at = end
                elif (note := to_do(ToDo.CONTACT, detail.text)) not in notes:
                    notes.append(note)
            if pieces:
                node.replace_with(*pieces, Text(node.data[at:]))

    def _name(self, words: str, contact: str, notes: list[Note]) -> None:
        """Note that a contact's name replaces ``words``, and count the words of both."""
        notes.append(Note(Urgency.CHANGED, "a number became a link with the name of its help contact", words))
        self._changed.subtract(words_of_text(words))
        self._changed.update(words_of_text(self.names[contact]))
