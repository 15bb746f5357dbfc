"""Import a document that somebody gives the start page."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from plugins.authoring.editor.guard import START
from plugins.authoring.editor.tools import ImportDocument

#: Longer names of files are cut.
_LONGEST_NAME = 200


async def import_document(request: Request, content: Path, bring: ImportDocument) -> Response:
    """Write the document in the body of ``request`` as a draft, and say where to open it and what is left to do."""
    name, author = (request.query_params.get(key, "")[:_LONGEST_NAME] for key in ("name", "author"))
    path, told = await asyncio.to_thread(bring, content, name, await request.body(), author)
    go = f"{START}edit/{quote(path)}"
    return JSONResponse({"go": go, "told": "\n".join(told)} if told else {"go": go})
