"""Find the names of mutual-aid fellowships and of their books in a text.

Two rules use them. No full name may appear together with a fellowship (Tradition Eleven, which the fellowships apply
to the internet, too). Nothing may be quoted from their literature without permission.
"""

from __future__ import annotations

import re

from plugins.base.late_pattern import late_pattern

#: Any "… Anonymous", and fellowships with other names. Initials match in capitals only.
FELLOWSHIP = late_pattern(
    r"\b(?:(?!(?:A|After|An|And|At|But|By|For|From|I|In|My|Of|On|Our|So|That|The|Then|This|To|We|When|With)\b)"
    r"[A-Z][\w’'-]{0,40}(?: (?:and|&) [A-Z][\w’'-]{0,40}| (?!Anonymous)[A-Z][\w’'-]{0,40}){0,3}(?<!Anonymous) Anonymous"
    r"|(?:Al-?Anon|Nar-?Anon|Gam-?Anon|Alateen|Narateen|Adult Children of Alcoholics)"
    r"|A\.A\.|N\.A\.|AA|NA|CA|CMA|GA|HA|MA|OA|SLAA|ACA|ACoA|CoDA)(?![\w&]|\.\w)"
)
#: Titles of their books.
BOOK = late_pattern(
    r"\b(?:Big Book|(?:Twelve|12) Steps (?:and|&) (?:Twelve|12) Traditions|Twelve (?:and|&) Twelve|12 ?(?:and|&|x) ?12"
    r"|Just for Today|Basic Text|Daily Reflections|As Bill Sees It|Came to Believe|Living Sober|Living Clean"
    r"|It Works[:,]? How and Why|Hope,? Faith (?:and|&) Courage|One Day at a Time in Al-Anon|Courage to Change"
    r"|How Al-Anon Works|Step Working Guides?|The Grapevine|AA Grapevine)\b",
    re.IGNORECASE,
)


def find_fellowship(text: str) -> re.Match[str] | None:
    """Return the first fellowship that ``text`` names, or None."""
    return FELLOWSHIP.search(text)


def find_literature(source: str) -> re.Match[str] | None:
    """Return the fellowship or book that ``source``, the source of a quotation, names first, or None."""
    found = [match for match in (FELLOWSHIP.search(source), BOOK.search(source)) if match]
    return min(found, key=lambda match: match.start(), default=None)
