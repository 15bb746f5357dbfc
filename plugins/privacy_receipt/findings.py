"""Count the requests, links and scripts of files, and collect violations."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from plugins.privacy_receipt.origin import SiteOrigin


class PrivacyViolation(Struct, frozen=True):
    """A violation of a privacy promise.

    Attributes:
        name: the permanent name of the kind of violation, in kebab-case.
        message: what is wrong, one sentence without a full stop.
        hint: what to do about it.
        words: the offending text, in each form in which it may occur in the source.
    """

    name: str
    message: str
    hint: str
    words: tuple[str, ...] = ()


class Findings(Struct):
    """The findings of one or more files.

    Attributes:
        addresses: the number of addresses that a program fetches by itself.
        links_out: the number of links to other sites.
        hubs: the number of WebSub hubs that feeds name.
        scripts: the number of scripts.
        violations: the violations.
    """

    addresses: int = 0
    links_out: int = 0
    hubs: int = 0
    scripts: int = 0
    violations: list[PrivacyViolation] = field(default_factory=list)

    def take(self, other: Findings, times: int = 1) -> None:
        """Add the counts and violations of ``other``, which occurs so many ``times``."""
        self.add(other, times)
        self.violations += other.violations

    def add(self, other: Findings, times: int = 1) -> None:
        """Add the counts of ``other`` without its violations."""
        self.addresses += other.addresses * times
        self.links_out += other.links_out * times
        self.hubs += other.hubs * times
        self.scripts += other.scripts * times

    def __add__(self, other: Findings) -> Findings:
        both = Findings()
        both.take(self)
        both.take(other)
        return both

    def fetches(self, address: str, where: str, origin: SiteOrigin) -> None:
        """Count an address that a program fetches by itself. An address on another site is a violation."""
        self.addresses += 1
        if not origin.is_ours(address):
            self.leaves(address, where)

    def leaves(self, address: str, where: str) -> None:
        """Add a violation for an address that is fetched from another site."""
        hint = "put the file on this site, or take it out"
        self.violations.append(
            PrivacyViolation(
                "request-leaves-site", f"{where} makes a browser ask another host: `{address[:120]}`", hint, (address,)
            )
        )

    def stores(self, name: str, where: str) -> None:
        """Add a violation for the use of a cookie or another store."""
        self.violations.append(
            PrivacyViolation(
                "storage-used", f"{where} uses `{name}`, which leaves something in the browser", "do without it"
            )
        )

    def hides(self, what: str, where: str) -> None:
        """Add a violation for something that cannot be analysed."""
        self.violations.append(
            PrivacyViolation(
                "receipt-unreadable", f"{where} {what}, so nobody can say what it does", "write it plainly"
            )
        )

    def __iter__(self) -> Iterator[PrivacyViolation]:
        return iter(self.violations)


#: Shared empty findings, which must not be changed.
NOTHING = Findings()
