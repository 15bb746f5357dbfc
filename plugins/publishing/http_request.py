"""Make GET requests that show an answer as it is: no redirect is followed, and no status is an error."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message

from msgspec import Struct

#: The timeout of a request in seconds.
_TIMEOUT = 20


class HttpAnswer(Struct, frozen=True):
    """An answer: its status, its headers by name in lower case, and its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def request(address: str, headers: Mapping[str, str]) -> HttpAnswer:
    """Return the answer to a GET request of ``address`` with ``headers``.

    Raises:
        OSError: if the host does not answer.
        http.client.HTTPException: if the answer is no HTTP.
    """
    wanted = urllib.request.Request(address, headers=dict(headers))  # noqa: S310 - the person's own site
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(wanted, timeout=_TIMEOUT) as answer:
            return HttpAnswer(answer.status, _lower_case_names(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return HttpAnswer(error.code, _lower_case_names(error.headers), error.read())


def failure_reason(error: Exception) -> object:
    """Return why a request failed, without the wrapper of ``urllib``."""
    return error.reason if isinstance(error, urllib.error.URLError) else error


def _lower_case_names(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
