"""Send requests to the editor without a server, through ASGI."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from plugins.authoring.check.plain_language import reading_ease
from plugins.authoring.editor.command import protected_app
from plugins.authoring.editor.services import EditorServices
from plugins.authoring.editor.web.access_control import COOKIE, AccessControl
from plugins.authoring.editor.web.proxy import Proxy
from plugins.authoring.importing.upload import import_upload
from plugins.authoring.new.command import create_in
from plugins.base.problem import Problem
from plugins.commitments.command import record_in
from plugins.engine.workspace import workspace
from plugins.markdown_blocks.block_scanner import outline
from plugins.stories import api as stories
from tests import coroutines
from tests.sites.building import AS_OF, SITES

ORIGIN = "http://127.0.0.1:8000"
ARTICLE = "articles/gone-quiet/index.md"
TEXT = """---
id: gone-quiet-0001   # permanent
title: "Gone quiet"
slug: gone-quiet
status: draft
published: 2026-11-20
author: a-writer
kind: guide
# Somebody asked for this.
topics: [wellbeing]
---

The first part.

The second part.
"""
#: Address of the proxy.
PUBLIC = "https://write.example.org"


class Answer(Struct, frozen=True):
    """A response."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """Its text."""
        return self.body.decode()


class Found(Struct):
    """Findings of the preview, set by a test."""

    problems: tuple[Problem, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    failed: str = ""


class FakePreview(Struct):
    """A fake preview, which records the drafts that it is given."""

    found: Found = field(default_factory=Found)
    shown: list[Mapping[str, bytes]] = field(default_factory=list)

    async def show_drafts(self, drafts: Mapping[str, bytes]) -> Found:
        """Record ``drafts``, and return the findings that the test has set."""
        self.shown.append(drafts)
        return self.found


class Browser:
    """A browser that was given the address of this run, on a copy of a content folder.

    Args:
        folder: for the copy.
        site: the content folder.
        as_of: the day, or "" for that of the clock.
        proxy: the proxy in front of the editor.
        author: the author that it names.
        publish: the command that publishes.
    """

    def __init__(
        self, folder: Path, site: Path = SITES / "full", as_of: str = AS_OF, proxy: Proxy | None = None,
        author: str = "", publish: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.content = folder / "content"
        if not self.content.exists():
            shutil.copytree(site, self.content)
        self.cache = folder / "cache"
        self.as_of = as_of
        self.preview = FakePreview()
        self.proxy, self.author, self.publish = proxy, author, publish
        self.origin = PUBLIC if proxy else ORIGIN
        self.access = self.started()

    def started(self) -> AccessControl:
        """Return a restarted editor."""
        at = workspace(str(self.content), as_of=self.as_of, cache=str(self.cache))
        withdrawn: list[str] = []

        def withdraw(_: Path, path: str) -> str:
            withdrawn.append(path)
            return "It is withdrawn."

        self.services = EditorServices(
            create_entry=create_in,
            add_log_entry=record_in,
            approval_text=lambda content, path: stories.approval_of(content, path, outline=outline),
            record_approval=stories.record_approval,
            plan_withdrawal=stories.plan_of,
            withdraw=withdraw,
            import_document=import_upload,
            reading_ease=lambda text: reading_ease(outline(text)),
            publish_command=self.publish,
        )
        self.withdrawn = withdrawn
        return protected_app(
            at, self.services, Starlette(routes=[Route("/", _home)]), self.preview, self.origin, self.proxy
        )

    def beside(self, author: str) -> Browser:
        """Return the browser of another author of the same editor."""
        other = copy(self)
        other.author = author
        return other

    def get(self, target: str, **headers: str) -> Answer:
        """Send a GET request."""
        return self._ask("GET", target, b"", headers)

    def post(self, target: str, sent: object, **headers: str) -> Answer:
        """Send a POST request. Bytes are sent as a file, everything else as JSON."""
        is_file = isinstance(sent, bytes)
        data = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        given = {
            "Content-Type": "application/octet-stream" if is_file else "application/json",
            "Origin": self.origin,
            "X-Write-Key": self.access.key,
            "Content-Length": str(len(data)),
            **headers,
        }
        return self._ask("POST", target, data, given)

    def opened(self, path: str) -> dict[str, Any]:
        """Return the form state that the page of the entry ``path`` sends without a change."""
        page = self.get(f"/write/edit/{quote(path)}")
        assert page.status == 200, page.text
        held = json.loads(page.text.split('<script type="application/json" id="held">')[1].split("</script>")[0])
        if held["source"] is not None:
            return {"base": held["base"], "version": held["version"], "source": held["source"]}
        return {"base": held["base"], "version": held["version"], "body": held["body"], "values": {}}

    def _ask(self, method: str, target: str, data: bytes, headers: Mapping[str, str]) -> Answer:
        path, _, query = target.partition("?")
        given = {
            "Host": self.origin.partition("://")[2],
            "Cookie": f"{COOKIE}={self.access.session_of(self.author)}",
            **({self.proxy.header: self.author} if self.proxy else {}),
            **headers,
        }
        client = given.pop("client", "127.0.0.1")
        sent_on = [(name, value) for name, value in given.items() if value]
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.lower().replace("_", "-").encode(), value.encode()) for name, value in sent_on],
            "client": (client, 1), "server": ("127.0.0.1", 8000), "state": {},
        }  # fmt: skip
        said: list[Any] = []
        parts = [data[start : start + 65_536] for start in range(0, len(data), 65_536)] or [b""]

        async def receive() -> dict[str, Any]:
            part = parts.pop(0) if parts else b""
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            said.append(message)

        coroutines.run(self.access(scope, receive, send))
        start = next(message for message in said if message["type"] == "http.response.start")
        body = b"".join(message.get("body", b"") for message in said if message["type"] == "http.response.body")
        return Answer(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body)


async def _home(_: object) -> PlainTextResponse:
    return PlainTextResponse("the preview")


def today() -> dt.date:
    """The day of the tests."""
    return dt.date.fromisoformat(AS_OF)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its bytes."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


__all__ = ["ORIGIN", "PUBLIC", "Answer", "Browser", "Found", "files", "replace", "today"]
