"""Write a small site with one consented story whose words are unique."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Person
from plugins.content_model.story import Story, approval_hash
from tests.help_register.registers import as_text, contacts
from tests.sites.building import SITES
from tests.sites.writing import fields, text, write

ID = "entry-id-told"
FILE = "stories/told/index.md"
ADDRESS = "/stories/told/"
TITLE = "Zebulon walked along the quay"
NAME = "Quillana"
ALT = "A lighthouse-shaped kettle."
REF = "PRIVATE-REF-7Q"
BODY = """\
Every morning I walked down to the quay and counted the gulls until somebody waved to me from a boat.

After the summer I told my sister what had happened, and she held on to my sleeve for the whole afternoon.

Nobody asked me anything that day. I was glad.
"""
#: Words that occur in the story only: in its title, summary, name, alt text and body.
WORDS = ("Zebulon", "Marzipanic", "Quillana", "lighthouse-shaped", "counted the gulls", "held on to my sleeve")
_VERIFIED = {"verified_on": "2026-11-20"}
_PICTURE = (SITES / "full" / "stories" / "told" / "told.gif").read_bytes()
CONSENT = {
    "ref": REF,
    "given_on": "2026-01-07",
    "form_version": "3",
    "scope": ["web", "feed", "image", "social", "search"],
    "expires": "2027-12-29",
}


def front_matter(**changes: Any) -> dict[str, Any]:
    """Return the front matter of the consented story without its approval, with ``changes``."""
    told = fields(
        Story,
        "told",
        title=TITLE,
        summary="Marzipanic mornings, told by the one who lived them.",
        narrator={"display_name": NAME, "display": "pseudonym"},
        topics=["families"],
        image={"file": "told.gif", "alt": ALT},
        consent=dict(CONSENT),
        safeguarding={"reviewed_on": "2026-02-03", "by_role": "PRIVATE-ROLE-5M"},
        approved_text="0" * 64,
    )
    del told["illustrative"]
    return told | changes


def approved(front: Mapping[str, Any], body: str = BODY) -> dict[str, Any]:
    """Return ``front`` with the hash of its text and ``body``."""
    made, _ = parse_entry(text(front, body), FILE, Story)
    assert isinstance(made, Story)
    return {**front, "approved_text": approval_hash(made)}


def story(body: str = BODY, **changes: Any) -> str:
    """Return the file of the approved story, with ``changes``."""
    return text(approved(front_matter(**changes), body), body)


def site(root: Path, told: str | None = None, more: Mapping[str, str | bytes] | None = None) -> Path:
    """Write the small site below ``root`` with ``told`` as the file of the story, and return its content folder."""
    sample = fields(Story, "sample", title="A sample", summary="A sample of a story.", topics=["families"])
    files: dict[str, str | bytes] = {
        "people/editor/index.md": text(fields(Person, "editor", title="Editor")),
        "register/help.yaml": as_text(contacts(samaritans=_VERIFIED, elm_tree_hub=_VERIFIED)),
        "register/topics.yaml": "- {key: families, name: Families, summary: About families.}\n",
        "stories/sample/index.md": text(sample, "Nobody told this one.\n"),
        FILE: told or story(),
        "stories/told/told.gif": _PICTURE,
        **(more or {}),
    }
    return write(root / "content", files)
