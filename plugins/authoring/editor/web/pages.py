"""Render the pages of the editor."""

from __future__ import annotations

import asyncio
import io
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct
from PIL import Image
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plugins.authoring.editor.entries.entry_editor import EntryEditor, OpenEntry, entry_of
from plugins.authoring.editor.entries.entry_list import PARTS, EntryCard
from plugins.authoring.editor.entries.entry_location import EntryNotFoundError, find_beside, find_entry
from plugins.authoring.editor.form.source_text import SourceText
from plugins.authoring.editor.publication.git_versions import Versions
from plugins.authoring.editor.publication.publish import Publication, PublicationState
from plugins.authoring.editor.services import EditorServices
from plugins.authoring.editor.web.access_control import START
from plugins.base.dates import date_long
from plugins.base.files import PICTURE_EXTENSIONS
from plugins.content_model.library import Library
from plugins.content_model.page import Person

_HERE = Path(__file__).parent.parent
#: The kinds that can be created, with their names in a sentence.
KIND_WORDS = {
    "article": "an article",
    "story": "a story",
    "commitment": "a commitment",
    "page": "a page",
    "person": "a person",
}
_SHOWN_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")


class SiteDetails(Struct, frozen=True):
    """The details of the site that the pages show.

    Attributes:
        name: of the site.
        href: returns the address of a page of the preview.
        bundle: True if the script of the text editor exists.
        styles: the theme's style sheets with its colours and sizes, and with the crop of card pictures.
    """

    name: str
    href: Callable[[str], str]
    bundle: bool
    styles: Sequence[Path]


class EditorPages:
    """The handlers of GET requests.

    Args:
        editor: opens entries.
        versions: runs git.
        services: functions of other packages.
        site: details of the site.
        publication: publishes the site. None if a workflow does.
    """

    def __init__(
        self,
        editor: EntryEditor,
        versions: Versions,
        services: EditorServices,
        site: SiteDetails,
        publication: Publication | None,
    ) -> None:
        self._editor = editor
        self._versions = versions
        self._services = services
        self._site = site
        self._publication = publication
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["path"] = quote
        self._environment.filters["day"] = date_long

    async def start(self, request: Request) -> Response:
        """Show all entries."""
        unsaved = frozenset(one.path for one in self._editor.autosaves.all())
        cards = await asyncio.to_thread(self._editor.entries.cards, unsaved)
        parts: dict[str, list[EntryCard]] = {part: [card for card in cards if card.part == part] for part in PARTS}
        people = _people(self._editor.entries.library())
        return self._show(
            request, "start.html", parts=parts, headings=PARTS, kinds=KIND_WORDS, people=people, state=self._state()
        )  # fmt: skip

    async def new(self, request: Request) -> Response:
        """Show the form for a new entry."""
        kind = request.path_params["kind"]
        if kind not in KIND_WORDS:
            raise EntryNotFoundError(kind)
        library = self._editor.entries.library()
        topics = {key: topic.name for key, topic in library.topics.items()}
        return self._show(
            request, "new.html", kind=kind, words=KIND_WORDS[kind],
            people=_people(library) if kind in {"article", "story"} else {},
            topics=topics if kind in {"article", "story", "commitment"} else {},
        )  # fmt: skip

    async def edit(self, request: Request) -> Response:
        """Show the form and the text of an entry."""
        opened = self._editor.open(str(request.path_params["path"]))
        library = self._editor.entries.library()
        entry = opened.entry or library.by_path.get(opened.location.path)
        held = {
            "path": opened.location.path,
            "base": opened.base.digest,
            "version": opened.now.digest,
            "body": opened.now.body,
            "source": None if opened.form else opened.now.text,
            "kind": opened.location.kind.kind_name,
            "today": self._editor.entries.today().isoformat(),
            "links": [
                {"title": one.title, "href": f"/{one.source.path}", "kind": one.kind_name} for one in library.entries
            ],
            "contacts": [{"id": key, "name": one.name} for key, one in library.contacts.items()],
            "commitments": [{"id": key, "name": one.title} for key, one in library.commitments_by_id.items()],
            "pictures": _pictures(opened),
        }
        return self._show(
            request, "edit.html", opened=opened, form=opened.form, held=json.dumps(held),
            title=entry.title if entry else opened.location.path, kind=opened.location.kind.kind_name,
            preview=self._site.href(entry.permalink) if entry else "", is_live=_is_live(opened, self._editor),
            kept=self._versions.is_kept(), pictures=_pictures(opened), publishes=self._publication is not None,
        )  # fmt: skip

    async def picture(self, request: Request) -> Response:
        """Serve a picture from the folder of an entry."""
        location = find_entry(self._editor.content, str(request.path_params["path"]))
        file = find_beside(location, self._editor.content, request.query_params.get("name", ""))
        if not file.name.lower().endswith(PICTURE_EXTENSIONS):
            raise EntryNotFoundError(file.name)
        data = await asyncio.to_thread(file.read_bytes)
        try:
            with Image.open(io.BytesIO(data), formats=_SHOWN_FORMATS) as image:
                media = Image.MIME[image.format or ""]
        except Exception as error:
            raise EntryNotFoundError(file.name) from error
        policy = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}
        return Response(data, headers=policy, media_type=media)

    async def theme(self, _: Request) -> Response:
        """Serve the styles of the theme."""
        return Response(b"\n".join(file.read_bytes() for file in self._site.styles), media_type="text/css")

    async def history(self, request: Request) -> Response:
        """Show the committed versions of an entry."""
        location = find_entry(self._editor.content, str(request.path_params["path"]))
        versions = await asyncio.to_thread(self._versions.of, location.path)
        return self._show(
            request, "history.html", path=location.path, title=_title(location.path, self._editor), versions=versions
        )

    async def approve(self, request: Request) -> Response:
        """Show the exact text that a narrator approves, to be printed or read together."""
        location = find_entry(self._editor.content, str(request.path_params["path"]))
        words, lacking, warnings = self._services.approval_text(self._editor.content, location.path)
        return self._show(
            request, "approve.html", path=location.path, words=words, lacking=lacking, warnings=warnings,
            version=SourceText(location.file.read_bytes()).digest,
            unsaved=self._editor.autosaves.find(location.path) is not None,
        )  # fmt: skip

    async def withdraw(self, request: Request) -> Response:
        """Show the effects of withdrawing a story, and what a withdrawal cannot reach."""
        location = find_entry(self._editor.content, str(request.path_params["path"]))
        slug, files, addresses, beyond = self._services.plan_withdrawal(self._editor.content, location.path)
        return self._show(
            request, "withdraw.html", path=location.path, title=_title(location.path, self._editor), slug=slug,
            files=files, addresses=addresses, beyond=beyond,
        )  # fmt: skip

    async def record(self, request: Request) -> Response:
        """Show the form for an entry in the record of a commitment."""
        location = find_entry(self._editor.content, str(request.path_params["path"]))
        source = SourceText(location.file.read_bytes())
        held = (source.values or {}).get("log")
        return self._show(
            request, "record.html", path=location.path, title=_title(location.path, self._editor),
            log=[one for one in held if isinstance(one, dict)] if isinstance(held, list) else [],
            unsaved=self._editor.autosaves.find(location.path) is not None,
        )  # fmt: skip

    async def publishing(self, request: Request) -> Response:
        """Show the state of the current or last publication."""
        if self._publication is None:
            raise EntryNotFoundError("publishing")
        return self._show(request, "publishing.html", state=self._state())

    def _state(self) -> PublicationState:
        return self._publication.state if self._publication else PublicationState()

    async def missing(self, request: Request) -> Response:
        """Show that there is no such page."""
        return self.message(request, "There is no such page", HTTPStatus.NOT_FOUND)

    def message(self, request: Request, why: str, status: HTTPStatus) -> Response:
        """Show a page with the reason why something cannot be shown."""
        return self._show(request, "message.html", status, why=why)

    def _show(self, request: Request, name: str, status: HTTPStatus = HTTPStatus.OK, **given: object) -> Response:
        nonce = secrets.token_urlsafe(18)
        text = self._environment.get_template(name).render(
            key=request.state.write_key, author=request.state.author, nonce=nonce, site=self._site, home=START, **given
        )
        return HTMLResponse(text, status, _headers(nonce))


def _headers(nonce: str) -> Mapping[str, str]:
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; "
        "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin"}


def _pictures(opened: OpenEntry) -> list[str]:
    folder = opened.location.file.parent
    return sorted(file.name for file in folder.iterdir() if file.name.lower().endswith(PICTURE_EXTENSIONS))


def _is_live(opened: OpenEntry, editor: EntryEditor) -> bool:
    saved = entry_of(SourceText(opened.location.file.read_bytes()), opened.location)
    return saved is not None and saved.is_live(editor.entries.today())


def _people(library: Library) -> dict[str, str]:
    return {one.slug: one.title for one in library.entries if isinstance(one, Person)}


def _title(path: str, editor: EntryEditor) -> str:
    entry = editor.entries.library().by_path.get(path)
    return entry.title if entry else path
