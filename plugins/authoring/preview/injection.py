"""Add the script of the preview, and a policy that allows it, to the response of a page; the page is not changed."""

from __future__ import annotations

import re
from html import escape

#: The folder of the preview's own files. No file of a site is served from a folder that begins with a dot.
FOLDER = "/.preview"
SCRIPT = f"{FOLDER}/preview.js"
EVENTS = f"{FOLDER}/events"
#: What the script needs and a published page does not allow: to run, and to receive events.
_NEEDED = {"script-src": "'self'", "connect-src": "'self'"}

_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_HEAD_END = b"</head>"


def inject(page: bytes, path: str, digest: str) -> bytes:
    """Return ``page`` with the preview's script, and with a policy that lets it run.

    Args:
        page: the bytes of an HTML file.
        path: the requested file; it may be missing, and ``page`` say so.
        digest: identifies this version of the page.
    """
    opened = opened_up(page)
    tag = (
        f'<script type="module" src="{SCRIPT}" data-events="{EVENTS}" data-page="{escape(path)}" '
        f'data-digest="{digest}"></script>\n'
    ).encode()
    before, head_end, after = opened.partition(_HEAD_END)
    return before + tag + head_end + after if head_end else tag + opened


def opened_up(page: bytes) -> bytes:
    """Return ``page`` with a policy that lets the preview's script run."""
    return _POLICY.sub(_opened, page, count=1)


def _opened(found: re.Match[bytes]) -> bytes:
    policy = loosened(found[1].decode())
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'.encode()


def loosened(policy: str) -> str:
    """Return a Content-Security-Policy that allows what the preview needs besides what ``policy`` does."""
    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.split()}
    for name, source in _NEEDED.items():
        sources = [known for known in parts.get(name, []) if known != "'none'"]
        parts[name] = sources if source in sources else [*sources, source]
    return ";".join(" ".join((name, *sources)) for name, sources in parts.items())


def bare(message: str) -> bytes:
    """Return a page for when there is no page to show."""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<title>Preview</title>\n</head>\n'
        f"<body>\n<main><h1>Preview</h1>\n<p>{escape(message)}</p></main>\n</body>\n</html>\n"
    ).encode()
