"""What scanning a file for the receipt finds: counts and violations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from plugins.privacy_receipt.origin import SiteOrigin


@dataclass(frozen=True, slots=True)
class PrivacyViolation:
    """One thing that the receipt could not be given for.

    Attributes:
        name: permanent name of the kind of violation, in kebab-case.
        message: what is wrong, one sentence without a full stop.
        hint: what to do about it.
        words: what stands in the file and is wrong, in each form that it may have where it was written.
    """

    name: str
    message: str
    hint: str
    words: tuple[str, ...] = ()


@dataclass
class Findings:
    """What one file, or many, hold.

    Attributes:
        addresses: how many addresses a program fetches by itself.
        links_out: how many links lead to other sites.
        hubs: how many services feeds name.
        scripts: how many scripts there are.
        violations: what is wrong.
    """

    addresses: int = 0
    links_out: int = 0
    hubs: int = 0
    scripts: int = 0
    violations: list[PrivacyViolation] = field(default_factory=list)

    def take(self, other: Findings) -> None:
        """Add all that ``other`` tells: that of a part of what is read."""
        self.add(other)
        self.violations += other.violations

    def add(self, other: Findings) -> None:
        """Add what ``other`` counts, violations apart."""
        self.addresses += other.addresses
        self.links_out += other.links_out
        self.hubs += other.hubs
        self.scripts += other.scripts

    def fetches(self, address: str, where: str, origin: SiteOrigin) -> None:
        """Note an address that a program fetches by itself; one that is not ours is a violation."""
        self.addresses += 1
        if not origin.is_ours(address):
            self.leaves(address, where)

    def leaves(self, address: str, where: str) -> None:
        """Note an address that is fetched from elsewhere."""
        hint = "put the file on this site, or take it out"
        self.violations.append(
            PrivacyViolation(
                "request-leaves-site", f"{where} makes a browser ask another host: `{address[:120]}`", hint, (address,)
            )
        )

    def stores(self, name: str, where: str) -> None:
        """Note a use of a cookie or a store."""
        self.violations.append(
            PrivacyViolation(
                "storage-used", f"{where} uses `{name}`, which leaves something in the browser", "do without it"
            )
        )

    def hides(self, what: str, where: str) -> None:
        """Note something that no reading can see through."""
        self.violations.append(
            PrivacyViolation(
                "receipt-unreadable", f"{where} {what}, so nobody can say what it does", "write it plainly"
            )
        )

    def __iter__(self) -> Iterator[PrivacyViolation]:
        return iter(self.violations)


#: What most pieces tell; nobody changes it.
NOTHING = Findings()
