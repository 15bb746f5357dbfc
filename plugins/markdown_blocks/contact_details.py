"""Contact details: telephone numbers and e-mail addresses that stand in a text as they are.

A number that is wrong can cost a life, so each is typed once, in the help register, where it is verified and
expires.
"""

from __future__ import annotations

import re

from phonenumbers import PhoneNumberMatcher

from plugins.content_model.problem import Position, Problem

_REGION = "GB"
_ADDRESS = re.compile(
    r"""(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.|(?:mailto|tel|sms|help):)[^\s<>"]+  # an address, wherever it stands
    |\]\([^)\n]*\)                                                             # or where a link leads
    |\{filename\}\S*""",
    re.VERBOSE,
)
_EMAIL = re.compile(r"(?<![\w.+/-])[\w.+-]+@\w[\w-]*(?:\.[\w-]+)*\.[a-zA-Z]{2,}(?![\w@-])")
_DIGITS = re.compile(r"(?:\d\D{0,3}){7}")


def check_contact_details(text: str, path: str, first_line: int = 1) -> tuple[Problem, ...]:
    """Return a problem for each telephone number and each e-mail address in ``text``.

    Addresses of links are passed over: ``links`` judges those.

    Args:
        text: Markdown, or a plain sentence such as a summary.
        path: the file, relative to the content folder.
        first_line: the number, in the file, of the first line of ``text``.
    """
    masked = _ADDRESS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    problems = [
        Problem(
            path,
            _position(masked, match.start(), first_line),
            "raw-email",
            f"the e-mail address `{match[0]}` stands in the text, and belongs in the help register only",
            "add it to content/register/help.yaml and write `[name](help:id)`",
        )
        for match in _EMAIL.finditer(masked)
    ]
    if _DIGITS.search(masked):  # the matcher is slow, and most texts hold no number
        problems += [
            Problem(
                path,
                _position(masked, match.start, first_line),
                "raw-phone-number",
                f"the telephone number `{match.raw_string}` stands in the text, and belongs in the help register only",
                "add it to content/register/help.yaml and write `[name](help:id)`",
            )
            for match in PhoneNumberMatcher(masked, _REGION)
        ]
    return tuple(problems)


def _position(text: str, offset: int, first_line: int) -> Position:
    return Position(first_line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))
