"""Import a document that somebody gives the start page."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from plugins.authoring.editor.services import ImportDocument
from plugins.authoring.editor.web.access_control import START

#: Longer names of files are cut.
_LONGEST_NAME = 200


async def import_document(request: Request, content: Path, importer: ImportDocument) -> Response:
    """Write the document in the body of ``request`` as a draft, and say where to open it and what is left to do."""
    name, author = (request.query_params.get(key, "")[:_LONGEST_NAME] for key in ("name", "author"))
    path, message = await asyncio.to_thread(importer, content, name, await request.body(), author)
    go = f"{START}edit/{quote(path)}"
    return JSONResponse({"go": go, "message": "\n".join(message)} if message else {"go": go})
