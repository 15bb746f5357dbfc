"""Collect the findings of every file of a build, and make the receipt."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from plugins.engine.build_parts import PrivateValueSearch
from plugins.engine.settings import SiteSettings
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import Findings, PrivacyViolation
from plugins.privacy_receipt.scanner import Kind, is_text, kind, scan
from plugins.views.receipt import PrivateValue, Receipt

#: The receipt as JSON.
FILE = "privacy-receipt.json"
_COUNTED = (
    "files", "pages", "styles", "scripts", "feeds", "pictures", "others", "addresses", "links_out", "hubs",
    "private_values", "public_too",
)  # fmt: skip
_PROVED = {
    "request-leaves-site": "No page, style sheet, script, feed or drawing makes a program ask another host.",
    "storage-used": "Nothing sets a cookie or uses any other store in the browser.",
    "referrer-told": "No link tells another site where its reader came from.",
    "picture-tells-place": "No picture says where it was taken.",
    "private-value-published": "No word and no reference of a private field of any entry stands in any file.",
    "receipt-unreadable": "No script hides what it does.",
}


class FileReport(Struct, frozen=True):
    """The findings of one file. They depend on its path, its bytes, the site's URL and the private values.

    Attributes:
        found: the requests, links, scripts and violations.
        private: the private values in the file.
    """

    found: Findings
    private: tuple[PrivacyViolation, ...] = ()


def read_file(path: str, data: bytes, cache: FragmentCache, values: PrivateValueSearch) -> FileReport:
    """Scan one file.

    Args:
        path: relative to the output folder.
        data: the bytes.
        cache: the findings of other files, which save time only.
        values: the private values to search for.
    """
    return FileReport(scan(path, data, cache), tuple(_private(path, value) for value in values.within(path, data)))


def _private(path: str, value: PrivateValue) -> PrivacyViolation:
    message = f"{path} holds the value of the private field `{value.field}` of {value.entry}"
    hint = "find the template, text or file that shows it, and take it out"
    return PrivacyViolation("private-value-published", message, hint, (value.form,))


class ReportBuilder:
    """Adds up the findings of the files of one build.

    Args:
        site: the settings of the site.
        values: the private values to search for.
    """

    def __init__(self, site: SiteSettings, values: PrivateValueSearch) -> None:
        self._site = site
        self._values = values
        self._found = Findings()
        self._kinds: Counter[Kind] = Counter()
        self._others = 0
        self._digests: dict[str, str] = {}

    def take(self, path: str, digest: str, report: FileReport) -> tuple[PrivacyViolation, ...]:
        """Add the ``report`` of the file ``path`` with the SHA-256 ``digest``, and return its violations."""
        what = kind(path)
        self._digests[path] = digest
        self._kinds[what] += 1
        self._others += what is Kind.OTHER and not is_text(path)
        self._found.add(report.found)
        return (*report.found, *report.private)

    @property
    def receipt(self) -> Receipt:
        """The receipt of the files so far."""
        found, kinds = self._found, self._kinds
        receipt = Receipt(
            as_of=self._site.as_of,
            files=len(self._digests),
            pages=kinds[Kind.PAGE],
            styles=kinds[Kind.STYLE],
            scripts=found.scripts,
            feeds=kinds[Kind.FEED],
            pictures=kinds[Kind.PICTURE],
            others=self._others,
            addresses=found.addresses,
            links_out=found.links_out,
            hubs=found.hubs,
            private_values=len(self._values.wanted),
            public_too=self._values.public_too,
            digest=self._digest(),
            file=f"/{FILE}",
        )
        return replace(receipt, data=self._as_json(receipt))

    def _as_json(self, receipt: Receipt) -> bytes:
        content = {
            "result": "kept",
            "site": self._site.url,
            "as_of": receipt.as_of.isoformat(),
            "proved": _PROVED,
            "counted": {name: getattr(receipt, name) for name in _COUNTED},
            "sha256": receipt.digest,
            "sha256_of": "the lines of `files`, each `digest  path` and a line break, in the order of their paths",
            "not_in_files": f"/{FILE} and the page that tells of it: they were read too, after they were made",
            "files": dict(sorted(self._digests.items())),
        }
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()

    def _digest(self) -> str:
        lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(self._digests.items()))
        return hashlib.sha256(lines.encode()).hexdigest()
