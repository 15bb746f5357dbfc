"""Cache the findings of HTML fragments, elements and feed items, which occur in many files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable

from plugins.base.bounded import BoundedDict, BoundedSet
from plugins.base.html_tags import WITHOUT_HTML, TagReader
from plugins.privacy_receipt.findings import NOTHING, Findings
from plugins.privacy_receipt.origin import SiteOrigin

_PLAIN = r' (?:class|id|rel)="[^"<>&]*"'
#: Matches most tags of a page: those with a name or class only, what a page says of itself to programs that show links,
#: and links within the site and to programs of the device. A browser drops line breaks and tabs from an address, so
#: none may stand in one.
_WITHOUT_FINDINGS = (
    rf'(?-i:a(?:{_PLAIN})*+ href="(?:#|/(?![/\\])|mailto:|tel:|sms:)[^"<>&\x00-\x20]*">'
    r'|meta property="[^"<>&]*" content="[^"<>]*">'
    rf"|(?!{'|'.join(sorted(WITHOUT_HTML))})[a-z]++[1-6]?(?:{_PLAIN})*+>)"
)
#: The most fragments that are kept, of about 250 bytes each.
_MAX_FRAGMENTS = 50_000


class FragmentCache:
    """Findings by fragment.

    Findings with violations are not cached, because a violation names its file.

    Args:
        origin: decides which addresses are on this site.

    Attributes:
        tags: reads the tags of pages and fragments, without most of those that have no findings.
        silent: the tags without findings, by whether no link of their file sends a referrer.
    """

    def __init__(self, origin: SiteOrigin) -> None:
        self.origin = origin
        self.tags = TagReader(_WITHOUT_FINDINGS)
        self.silent = {quiet: BoundedSet[str](_MAX_FRAGMENTS) for quiet in (False, True)}
        self._found = BoundedDict[tuple[Hashable, ...], Findings](_MAX_FRAGMENTS)

    def get_or_compute(self, fragment: tuple[Hashable, ...], read: Callable[..., Findings]) -> Findings:
        """Return the findings of ``fragment`` from the cache, or call ``read``. Callers must not change the result.

        Args:
            fragment: the kind of fragment, followed by the arguments of ``read``.
            read: reads the fragment. Anything else that it uses may only affect the message of a violation.

        Returns:
            The findings, or the object ``NOTHING`` if they are empty.
        """
        found = self._found.get(fragment)
        if found is None:
            _, *arguments = fragment
            found = read(*arguments)
            if not found.violations:
                found = self._found[fragment] = NOTHING if found == NOTHING else found
        return found

    def get_or_compute_text(self, kind: str, text: str, read: Callable[[], Findings]) -> Findings:
        """Do the same for a long ``text`` of the given ``kind``, with its digest as the key."""
        return self.get_or_compute_data(kind, text.encode("utf-8", "surrogatepass"), read)

    def get_or_compute_data(self, kind: str, data: bytes, read: Callable[[], Findings]) -> Findings:
        """Do the same for bytes."""
        return self.get_or_compute((kind, hashlib.sha256(data).digest()), lambda _: read())
