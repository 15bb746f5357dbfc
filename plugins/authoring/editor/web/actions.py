"""Handle the POST requests of the editor's pages; each response is JSON."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from plugins.authoring.editor.entries.drafts import Drafts
from plugins.authoring.editor.entries.entry_editor import EntryEditor, entry_of
from plugins.authoring.editor.entries.entry_location import find_entry, own_path
from plugins.authoring.editor.entries.picture_upload import cleaned, free_name
from plugins.authoring.editor.form.form_problems import FormProblem
from plugins.authoring.editor.form.form_state import FormState
from plugins.authoring.editor.form.source_text import SourceText
from plugins.authoring.editor.publication.change_summary import change_rows, change_summary
from plugins.authoring.editor.publication.git_versions import CommitResult, VersionError, Versions
from plugins.authoring.editor.publication.publish import Publication, PublicationState
from plugins.authoring.editor.services import EditorServices
from plugins.authoring.editor.web.access_control import START
from plugins.authoring.editor.web.document_upload import import_document
from plugins.authoring.editor.web.presence import Presence
from plugins.base.atomic_write import replace_bytes
from plugins.base.dates import date_long

#: Longer names of pictures and windows are truncated.
_LONGEST_NAME = 200


class Team(Struct, frozen=True):
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
        editor: opens, autosaves and saves entries.
        versions: runs git.
        services: functions of other packages.
        team: what all authors share.
    """

    def __init__(self, editor: EntryEditor, versions: Versions, services: EditorServices, team: Team) -> None:
        self._editor = editor
        self._versions = versions
        self._services = services
        self._team = team

    async def new(self, request: Request) -> Response:
        """Create an entry, and return the address of its page."""
        wish = _texts(await request.json())
        path = await asyncio.to_thread(
            self._services.create_entry, self._editor.content, request.path_params["kind"], wish
        )
        return _json(go=f"{START}edit/{quote(path)}")

    async def import_document(self, request: Request) -> Response:
        """Import a document."""
        return await import_document(request, self._editor.content, self._services.import_document)

    async def autosave(self, request: Request) -> Response:
        """Autosave the entry outside the content folder, and return its problems."""
        path, state = _path(request), FormState.of(await request.json())
        source = self._editor.autosave(path, state)
        return self._checked(source, await self._editor.check(path, source))

    async def presence(self, request: Request) -> Response:
        """Note that a page is open or was closed; tell who else has the entry open, and whether it was changed."""
        path, sent = _path(request), _texts(await request.json())
        location, window = find_entry(self._editor.content, path), sent.get("window", "")[:_LONGEST_NAME]
        if sent.get("leaving"):
            self._team.presence.leave(window)
            return _json()
        others = self._team.presence.enter(path, window, request.state.author)
        saved = SourceText(location.file.read_bytes()).digest
        return _json(others=others, isBehind=saved != sent.get("base"))

    async def save(self, request: Request) -> Response:
        """Write the file."""
        path, sent = _path(request), await request.json()
        source = self._editor.save(path, FormState.of(sent), seen=_texts(sent).get("seen", ""))
        return _json(base=source.digest, version=source.digest)

    async def fix(self, request: Request) -> Response:
        """Fix the problem of one line, or apply all safe fixes."""
        path, sent = _path(request), await request.json()
        state, line = FormState.of(sent), sent.get("line")
        source = await self._editor.fix(path, state, line if isinstance(line, int) else 0)
        return _json(version=source.digest, body=source.body)

    async def discard(self, request: Request) -> Response:
        """Discard the unsaved version."""
        self._editor.discard(_path(request))
        return _json()

    async def picture(self, request: Request) -> Response:
        """Write a picture to the folder of the entry, and return its name."""
        location = find_entry(self._editor.content, _path(request))
        given = request.query_params.get("name", "")[:_LONGEST_NAME]
        picture = await asyncio.to_thread(cleaned, await request.body())
        folder = location.file.parent
        name = free_name(given, picture.ending, {file.name.lower() for file in folder.iterdir()})
        replace_bytes(folder / name, picture.data)
        return _json(name=name, message=picture.message, width=picture.size[0], height=picture.size[1])

    async def restore(self, request: Request) -> Response:
        """Open an earlier version, unsaved."""
        path, wish = _path(request), _texts(await request.json())
        find_entry(self._editor.content, path)
        data = await asyncio.to_thread(self._versions.read, path, wish.get("commit", ""))
        self._editor.restore(path, SourceText(data))
        return _json(go=f"{START}edit/{quote(path)}")

    async def review(self, request: Request) -> Response:
        """Save, and commit the entry on a separate branch."""
        path, sent = _path(request), await request.json()
        source = self._editor.save(path, FormState.of(sent))
        entry = entry_of(source, find_entry(self._editor.content, path))
        title, slug = (entry.title, entry.slug) if entry else (path, path.split("/")[-2])
        message = _commit_message(f"Propose “{title}”", _texts(sent))
        sent_on = await asyncio.to_thread(self._versions.send_for_review, path, slug, message)
        return _json(message=_result(sent_on, "It is sent for review."), base=source.digest, version=source.digest)

    async def publish(self, request: Request) -> Response:
        """Save with the status and the day of publication, and commit, if nothing is wrong."""
        path, sent = _path(request), await request.json()
        state, location = FormState.of(sent), find_entry(self._editor.content, path)
        held = self._editor.apply(location, state).values or {}
        values = {**state.values, **self._editor.published_values(location, held)}
        state = FormState(state.base, state.version, values, state.body, state.source)
        source = self._editor.apply(location, state)
        found = [one for one in await self._editor.check(path, source) if one.severity == "error"]
        entry = entry_of(source, location)
        if found or entry is None:
            return JSONResponse({"error": "Something still stops it.", "problems": _as_json(found)}, 422)
        saved = self._editor.save(path, state)
        message = _commit_message(f"Publish “{entry.title}”", _texts(sent))
        sent_on = await asyncio.to_thread(self._versions.commit, [own_path(path)], message)
        runs = self._publishes(sent_on, entry.published)
        message = _result(sent_on, "" if runs else _when(entry.published, self._editor.entries.today()))
        return _json(message=message, runs=runs, base=saved.digest, version=saved.digest)

    def _publishes(self, sent: CommitResult, published: dt.date | None) -> bool:
        """Begin to publish the site if the editor does that and readers would see the entry; return whether it did."""
        is_planned = published is not None and published > self._editor.entries.today()
        # The publication would lack commits that others have pushed.
        if self._team.publication is None or sent.failed or is_planned:
            return False
        self._team.publication.begin()
        return True

    async def publishing(self, _: Request) -> Response:
        """Tell how the publication goes."""
        state = self._team.publication.state if self._team.publication else PublicationState()
        return _json(message=state.message, isRunning=state.is_running, isDone=state.is_done, lines=state.lines)

    async def publish_again(self, _: Request) -> Response:
        """Publish what is committed."""
        if self._team.publication is None:
            raise ValueError("This editor does not publish the site: your workflow does.")
        self._team.publication.begin()
        return _json(go=f"{START}publishing")

    async def compare(self, request: Request) -> Response:
        """Return how the form differs from the last committed version: fields in words, the text in rows."""
        path, state = _path(request), FormState.of(await request.json())
        made = self._editor.apply(find_entry(self._editor.content, path), state)
        try:
            before = SourceText(await asyncio.to_thread(self._versions.read, path, "HEAD"))
        except VersionError:
            return _json(rows=[], words=change_summary(None, made))
        return _json(rows=change_rows(before, made), words=change_summary(before, made))

    async def approve(self, request: Request) -> Response:
        """Record that the narrator has approved the exact text that was shown."""
        path, wish = _path(request), _texts(await request.json())
        location = find_entry(self._editor.content, path)
        shown = location.file.read_bytes()
        if SourceText(shown).digest != wish.get("version"):
            raise ValueError("The text is another now than the one that was shown. Look at it again.")
        self._services.record_approval(self._editor.content, path, shown)
        return _json(go=f"{START}edit/{quote(path)}")

    async def record(self, request: Request) -> Response:
        """Add an entry to the record of a commitment."""
        path, wish = _path(request), _texts(await request.json())
        find_entry(self._editor.content, path)
        if self._editor.autosaves.find(path):
            raise ValueError("Save what you have written first: the record keeps the wording that is saved.")
        self._services.add_log_entry(self._editor.content, path, wish)
        return _json(go=f"{START}edit/{quote(path)}#record")

    async def withdraw(self, request: Request) -> Response:
        """Withdraw a story, if its slug was typed."""
        path, wish = _path(request), _texts(await request.json())
        find_entry(self._editor.content, path)
        slug, *_ = self._services.plan_withdrawal(self._editor.content, path)
        if wish.get("slug", "").strip().casefold() != slug:
            raise ValueError(f"Nothing was withdrawn, because what was typed is not {slug}.")
        self._editor.autosaves.delete_of_everybody(path)
        # The preview must no longer show it.
        await self._team.drafts.leave(path)
        message = await asyncio.to_thread(self._services.withdraw, self._editor.content, path)
        return _json(message=message, go=START)

    def _checked(self, source: SourceText, found: list[FormProblem]) -> Response:
        ease = self._services.reading_ease(source.body)
        return _json(version=source.digest, problems=_as_json(found), firstLine=source.first_line, ease=ease)


def _path(request: Request) -> str:
    return str(request.path_params["path"])


def _json(**data: object) -> Response:
    return JSONResponse({key: value for key, value in data.items() if value is not None})


def _as_json(found: list[FormProblem]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _texts(sent: object) -> Mapping[str, str]:
    """Return the string values of ``sent`` by name."""
    if not isinstance(sent, dict):
        raise TypeError("an object is expected")
    return {name: value for name, value in sent.items() if isinstance(value, str)}


def _commit_message(subject: str, sent: Mapping[str, str]) -> str:
    role = " ".join(sent.get("role", "").split())
    note = sent.get("note", "").strip()
    return "\n\n".join(filter(None, (subject, note, f"Written-by: {role}" if role else "")))


def _result(sent: CommitResult, done: str) -> str:
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
    return "It is ready. Readers see it once the site itself is published next."
