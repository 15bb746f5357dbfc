"""Files: stand-in."""

from __future__ import annotations

from plugins.publishing.hosts.answers import Answers


def files(answers: Answers) -> dict[str, bytes]:
    """Return the rule files of a release, by path."""
    return {answers.marker: b""}
