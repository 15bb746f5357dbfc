"""Objects: what an object store that serves websites (S3 and its like) keeps with each object.

Such a store knows no status 410 and no headers but these. What was withdrawn has status 200 there, and its page says
`noindex`; each page carries its policy in itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plugins.publishing.hosts.answers import BRIEF, NEVER, TYPES, Answers, caching, content_type
from plugins.publishing.hosts.quoting import encoded


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept with an object.

    Attributes:
        type: Content-Type.
        caching: Cache-Control.
        location: x-amz-website-redirect-location, where the object only leads elsewhere; else "".
    """

    type: str
    caching: str
    location: str = ""


def stored(path: str, answers: Answers) -> Stored:
    """Return what is kept with the file ``path`` of a release."""
    elsewhere = moved(answers).get(path)
    if elsewhere:
        return elsewhere
    never = path == answers.missing or path in answers.gone.values()
    return Stored(content_type(path), NEVER if never else caching(path, answers.root))


def moved(answers: Answers) -> Mapping[str, Stored]:
    """Return the objects at old addresses, by key: those that are files of a release, and empty ones beside them.

    The store asks for `old/index.html` at the address `/old/`, and for `old` at the address `/old`.
    """
    found: dict[str, Stored] = {}
    for address, target in sorted(answers.redirects.items()):
        key = f"{address}index.html" if address.endswith("/") else address
        found[key.removeprefix("/")] = Stored(TYPES[".html"], BRIEF, encoded(target))
    return found
