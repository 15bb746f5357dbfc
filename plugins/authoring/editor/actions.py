"""Handle the POST requests of the editor's pages; each response is JSON."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from plugins.authoring.editor import changes
from plugins.authoring.editor.comparing import side_by_side
from plugins.authoring.editor.documents import import_document
from plugins.authoring.editor.drafts import Drafts
from plugins.authoring.editor.guard import START
from plugins.authoring.editor.pictures import cleaned, free_name
from plugins.authoring.editor.places import find, own_files
from plugins.authoring.editor.presence import Presence
from plugins.authoring.editor.publication import Publication, PublicationState
from plugins.authoring.editor.sheet import Sheet
from plugins.authoring.editor.tools import Tools
from plugins.authoring.editor.troubles import Trouble
from plugins.authoring.editor.versions import Sent, VersionError, Versions
from plugins.authoring.editor.writing import FormState, Writing, entry_of
from plugins.base.atomic_write import replace_bytes
from plugins.base.dates import date_long

#: Longer names of pictures and windows are truncated.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Team:
    """What all authors share.

    Attributes:
        drafts: shows their drafts in the preview.
        presence: tracks which entries they have open.
        publication: publishes the site. None if a workflow does.
    """

    drafts: Drafts
    presence: Presence
    publication: Publication | None = None


class Actions:
    """The handlers of POST requests.

    Args:
        writing: opens, autosaves and saves entries.
        versions: runs git.
        tools: functions of other packages.
        team: what all authors share.
    """

    def __init__(self, writing: Writing, versions: Versions, tools: Tools, team: Team) -> None:
        self._writing = writing
        self._versions = versions
        self._tools = tools
        self._team = team

    async def new(self, request: Request) -> Response:
        """Create an entry, and return the address of its page."""
        wish = _texts(await request.json())
        path = await asyncio.to_thread(self._tools.begin, self._writing.content, request.path_params["kind"], wish)
        return _done(go=f"{START}edit/{quote(path)}")

    async def bring(self, request: Request) -> Response:
        """Import a document."""
        return await import_document(request, self._writing.content, self._tools.bring)

    async def keep(self, request: Request) -> Response:
        """Autosave the entry outside the content folder, and return its problems."""
        path, state = _path(request), FormState.of(await request.json())
        sheet = self._writing.keep(path, state)
        return self._checked(sheet, await self._writing.check(path, sheet))

    async def here(self, request: Request) -> Response:
        """Note that a page is open or was closed; tell who else has the entry open, and whether it was changed."""
        path, sent = _path(request), _texts(await request.json())
        place, window = find(self._writing.content, path), sent.get("window", "")[:_LONGEST_NAME]
        if sent.get("leaving"):
            self._team.presence.gone(window)
            return _done()
        others = self._team.presence.here(path, window, request.state.author)
        saved = Sheet(place.file.read_bytes()).digest
        return _done(others=others, isBehind=saved != sent.get("base"))

    async def save(self, request: Request) -> Response:
        """Write the file."""
        path, sent = _path(request), await request.json()
        sheet = self._writing.save(path, FormState.of(sent), seen=_texts(sent).get("seen", ""))
        return _done(base=sheet.digest, version=sheet.digest)

    async def fix(self, request: Request) -> Response:
        """Fix the problem of one line, or apply all safe fixes."""
        path, sent = _path(request), await request.json()
        state, line = FormState.of(sent), sent.get("line")
        sheet = await self._writing.fix(path, state, line if isinstance(line, int) else 0)
        return _done(version=sheet.digest, body=sheet.body)

    async def forget(self, request: Request) -> Response:
        """Discard the unsaved version."""
        self._writing.forget(_path(request))
        return _done()

    async def picture(self, request: Request) -> Response:
        """Write a picture to the folder of the entry, and return its name."""
        place = find(self._writing.content, _path(request))
        given = request.query_params.get("name", "")[:_LONGEST_NAME]
        picture = await asyncio.to_thread(cleaned, await request.body())
        folder = place.file.parent
        name = free_name(given, picture.ending, {file.name.lower() for file in folder.iterdir()})
        replace_bytes(folder / name, picture.data)
        return _done(name=name, told=picture.told, width=picture.size[0], height=picture.size[1])

    async def restore(self, request: Request) -> Response:
        """Open an earlier version, unsaved."""
        path, wish = _path(request), _texts(await request.json())
        find(self._writing.content, path)
        data = await asyncio.to_thread(self._versions.read, path, wish.get("commit", ""))
        self._writing.go_back_to(path, Sheet(data))
        return _done(go=f"{START}edit/{quote(path)}")

    async def review(self, request: Request) -> Response:
        """Save, and commit the entry on a separate branch."""
        path, sent = _path(request), await request.json()
        sheet = self._writing.save(path, FormState.of(sent))
        entry = entry_of(sheet, find(self._writing.content, path))
        title, slug = (entry.title, entry.slug) if entry else (path, path.split("/")[-2])
        message = _message(f"Propose “{title}”", _texts(sent))
        sent_on = await asyncio.to_thread(self._versions.send_for_review, path, slug, message)
        return _done(told=_told(sent_on, "It is sent for review."), base=sheet.digest, version=sheet.digest)

    async def publish(self, request: Request) -> Response:
        """Save with the status and the day of publication, and commit, if nothing is wrong."""
        path, sent = _path(request), await request.json()
        state, place = FormState.of(sent), find(self._writing.content, path)
        values = {**state.values, "status": "published"}
        held = self._writing.made(place, state).values or {}
        if place.kind.needs_date() and not held.get("published"):
            values["published"] = self._writing.entries.today().isoformat()
        state = FormState(state.base, state.version, values, state.body, state.source)
        sheet = self._writing.made(place, state)
        found = [one for one in await self._writing.check(path, sheet) if one.severity == "error"]
        entry = entry_of(sheet, place)
        if found or entry is None:
            return JSONResponse({"error": "Something still stops it.", "troubles": _plain(found)}, 422)
        saved = self._writing.save(path, state)
        message = _message(f"Publish “{entry.title}”", _texts(sent))
        sent_on = await asyncio.to_thread(self._versions.commit, [own_files(path)], message)
        runs = self._publishes(sent_on, entry.published)
        told = _told(sent_on, "" if runs else _when(entry.published, self._writing.entries.today()))
        return _done(told=told, runs=runs, base=saved.digest, version=saved.digest)

    def _publishes(self, sent: Sent, published: dt.date | None) -> bool:
        """Begin to publish the site if the editor does that and readers would see the entry; return whether it did."""
        is_planned = published is not None and published > self._writing.entries.today()
        # The publication would lack commits that others have pushed.
        if self._team.publication is None or sent.failed or is_planned:
            return False
        self._team.publication.begin()
        return True

    async def publishing(self, _: Request) -> Response:
        """Tell how the publication goes."""
        state = self._team.publication.state if self._team.publication else PublicationState()
        return _done(told=state.told, isRunning=state.is_running, isDone=state.is_done, lines=state.lines)

    async def publish_again(self, _: Request) -> Response:
        """Publish what is committed."""
        if self._team.publication is None:
            raise ValueError("This editor does not publish the site: your workflow does.")
        self._team.publication.begin()
        return _done(go=f"{START}publishing")

    async def compare(self, request: Request) -> Response:
        """Return the diff between the last committed version and the form."""
        path, state = _path(request), FormState.of(await request.json())
        made = self._writing.made(find(self._writing.content, path), state)
        try:
            before = Sheet(await asyncio.to_thread(self._versions.read, path, "HEAD"))
        except VersionError:
            return _done(rows=[], words=changes.in_words(None, made))
        return _done(rows=side_by_side(before.text, made.text), words=changes.in_words(before, made))

    async def approve(self, request: Request) -> Response:
        """Record that the narrator has approved the exact text that was shown."""
        path, wish = _path(request), _texts(await request.json())
        place = find(self._writing.content, path)
        shown = place.file.read_bytes()
        if Sheet(shown).digest != wish.get("version"):
            raise ValueError("The text is another now than the one that was shown. Look at it again.")
        self._tools.approve(self._writing.content, path, shown)
        return _done(go=f"{START}edit/{quote(path)}")

    async def record(self, request: Request) -> Response:
        """Add an entry to the record of a commitment."""
        path, wish = _path(request), _texts(await request.json())
        find(self._writing.content, path)
        if self._writing.autosave.find(path):
            raise ValueError("Save what you have written first: the record keeps the wording that is saved.")
        self._tools.record(self._writing.content, path, wish)
        return _done(go=f"{START}edit/{quote(path)}")

    async def withdraw(self, request: Request) -> Response:
        """Withdraw a story, if its slug was typed."""
        path, wish = _path(request), _texts(await request.json())
        find(self._writing.content, path)
        slug, *_ = self._tools.plan(self._writing.content, path)
        if wish.get("slug", "").strip().casefold() != slug:
            raise ValueError(f"Nothing was withdrawn, because what was typed is not {slug}.")
        self._writing.autosave.forget_everybodys(path)
        # The preview must no longer show it.
        await self._team.drafts.leave(path)
        told = await asyncio.to_thread(self._tools.withdraw, self._writing.content, path)
        return _done(told=told, go=START)

    def _checked(self, sheet: Sheet, found: list[Trouble]) -> Response:
        ease = self._tools.reading_ease(sheet.body)
        return _done(version=sheet.digest, troubles=_plain(found), firstLine=sheet.first_line, ease=ease)


def _path(request: Request) -> str:
    return str(request.path_params["path"])


def _done(**told: object) -> Response:
    return JSONResponse({key: value for key, value in told.items() if value is not None})


def _plain(found: list[Trouble]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _texts(sent: object) -> Mapping[str, str]:
    """Return the string values of ``sent`` by name."""
    if not isinstance(sent, dict):
        raise TypeError("an object is expected")
    return {name: value for name, value in sent.items() if isinstance(value, str)}


def _message(subject: str, sent: Mapping[str, str]) -> str:
    role = " ".join(sent.get("role", "").split())
    note = sent.get("note", "").strip()
    return "\n\n".join(filter(None, (subject, note, f"Written-by: {role}" if role else "")))


def _told(sent: Sent, done: str) -> str:
    if not sent.commit:
        return f"{done} Nothing had changed since the last time.".strip()
    if sent.failed:
        return (
            f"{done} It could not be brought to {sent.remote} ({sent.failed}); it is kept here, and can be sent again."
        )
    kept = f"It was brought to {sent.remote}." if sent.remote else "It is kept on this computer."
    return f"{done} {kept}".strip()


def _when(published: dt.date | None, today: dt.date) -> str:
    if published is not None and published > today:
        return f"Readers see it from {date_long(published)} on, once the site is published then."
    return "Readers see it as soon as the site is published."
