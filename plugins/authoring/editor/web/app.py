"""Route the requests of the editor, and pass every other request on to the preview."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from plugins.authoring.editor.entries.entry_editor import ConflictError, StaleVersionError, error_message
from plugins.authoring.editor.entries.entry_location import EntryNotFoundError
from plugins.authoring.editor.entries.picture_upload import UploadError
from plugins.authoring.editor.form.front_matter_edit import LayoutError
from plugins.authoring.editor.form.source_text import NotUtf8Error
from plugins.authoring.editor.publication.diff import side_by_side
from plugins.authoring.editor.publication.git_versions import VersionError
from plugins.authoring.editor.web.access_control import START
from plugins.authoring.editor.web.actions import Actions
from plugins.authoring.editor.web.author_handlers import Authors
from plugins.authoring.editor.web.pages import EditorPages
from plugins.base.errors import os_error_message

_HERE = Path(__file__).parent.parent
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}

Answer = Callable[[Request], Awaitable[Response]]


def app(authors: Authors, preview: ASGIApp) -> Starlette:
    """Return the application of the editor, which passes every other request on to ``preview``."""
    pages, actions = EditorPages, Actions
    views = {
        "": pages.start,
        "new/{kind}": pages.new,
        "edit/{path:path}": pages.edit,
        "picture/{path:path}": pages.picture,
        "history/{path:path}": pages.history,
        "approve/{path:path}": pages.approve,
        "withdraw/{path:path}": pages.withdraw,
        "record/{path:path}": pages.record,
        "publishing": pages.publishing,
        "theme.css": pages.theme,
    }
    commands = {
        "new/{kind}": actions.new,
        "import": actions.import_document,
        "presence/{path:path}": actions.presence,
        "autosave/{path:path}": actions.autosave,
        "save/{path:path}": actions.save,
        "fix/{path:path}": actions.fix,
        "discard/{path:path}": actions.discard,
        "picture/{path:path}": actions.picture,
        "restore/{path:path}": actions.restore,
        "review/{path:path}": actions.review,
        "compare/{path:path}": actions.compare,
        "publish/{path:path}": actions.publish,
        "publishing": actions.publishing,
        "publish-again": actions.publish_again,
        "approve/{path:path}": actions.approve,
        "withdraw/{path:path}": actions.withdraw,
        "record/{path:path}": actions.record,
    }
    routes = [
        *(Route(f"{START}{way}", _page(answer, authors)) for way, answer in views.items()),
        *(Route(f"{START}do/{way}", _action(answer, authors), methods=["POST"]) for way, answer in commands.items()),
        Route(f"{START}static/{{name}}", static),
        *(Route(way, _page(pages.missing, authors)) for way in (START.rstrip("/"), f"{START}{{rest:path}}")),
        Mount("/", preview),
    ]
    return Starlette(routes=routes)


async def static(request: Request) -> Response:
    """Serve a static file of the editor."""
    name = request.path_params["name"]
    known = {file.name: file for file in (_HERE / "static").iterdir()}
    file = known.get(name)
    if file is None or file.suffix not in _TYPES:
        return Response("There is no such file.\n", HTTPStatus.NOT_FOUND, media_type="text/plain")
    return Response(file.read_bytes(), headers={"Cache-Control": "no-cache", "Content-Type": _TYPES[file.suffix]})


def _page(answer: Callable[[EditorPages, Request], Awaitable[Response]], authors: Authors) -> Answer:
    async def answering(request: Request) -> Response:
        pages = authors.of(request.state.author).pages
        try:
            return await answer(pages, request)
        except EntryNotFoundError:
            return pages.message(request, "There is no such entry", HTTPStatus.NOT_FOUND)
        except NotUtf8Error:
            return pages.message(
                request, "This file is not saved as UTF-8, so it cannot be opened here", HTTPStatus.CONFLICT
            )
        except (VersionError, ValueError, OSError) as error:
            return pages.message(request, os_error_message(error) or str(error), HTTPStatus.CONFLICT)

    return answering


def _action(answer: Callable[[Actions, Request], Awaitable[Response]], authors: Authors) -> Answer:
    """Wrap ``answer`` so that each error becomes a message for the page."""

    async def answering(request: Request) -> Response:
        try:
            return await answer(authors.of(request.state.author).actions, request)
        except ConflictError as error:
            rows = side_by_side(error.theirs.text, error.mine.text)
            return JSONResponse({"seen": error.theirs.digest, "rows": rows}, HTTPStatus.CONFLICT)
        except EntryNotFoundError:
            return _refused("There is no such entry, or it lies outside the content.", HTTPStatus.NOT_FOUND)
        except (TypeError, UnicodeDecodeError):
            return _refused("The request is not one that this page sends.", HTTPStatus.BAD_REQUEST)
        except (LayoutError, StaleVersionError, UploadError, VersionError, ValueError, OSError) as error:
            return _refused(os_error_message(error) or error_message(error), HTTPStatus.UNPROCESSABLE_ENTITY)

    return answering


def _refused(why: str, status: HTTPStatus) -> Response:
    return JSONResponse({"error": why}, status)
