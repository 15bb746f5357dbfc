"""Findings: what reading a file for the receipt tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from plugins.checks.receipt.places import Places


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that the receipt could not be given for.

    Attributes:
        name: permanent name of the kind of breach, in kebab-case.
        message: what is wrong, one sentence without a full stop.
        mend: what to do about it.
        words: what stands in the file and is wrong, in each form that it may have where it was written.
    """

    name: str
    message: str
    mend: str
    words: tuple[str, ...] = ()


@dataclass
class Findings:
    """What one file, or many, hold.

    Attributes:
        addresses: how many addresses a program fetches by itself.
        links_out: how many links lead to other sites.
        hubs: how many services feeds name.
        scripts: how many scripts there are.
        breaches: what is wrong.
    """

    addresses: int = 0
    links_out: int = 0
    hubs: int = 0
    scripts: int = 0
    breaches: list[Breach] = field(default_factory=list)

    def take(self, other: Findings) -> None:
        """Add all that ``other`` tells: that of a part of what is read."""
        self.add(other)
        self.breaches += other.breaches

    def add(self, other: Findings) -> None:
        """Add what ``other`` counts, breaches apart."""
        self.addresses += other.addresses
        self.links_out += other.links_out
        self.hubs += other.hubs
        self.scripts += other.scripts

    def fetches(self, address: str, where: str, places: Places) -> None:
        """Note an address that a program fetches by itself; one that is not ours is a breach."""
        self.addresses += 1
        if not places.is_ours(address):
            self.leaves(address, where)

    def leaves(self, address: str, where: str) -> None:
        """Note an address that is fetched from elsewhere."""
        mend = "put the file on this site, or take it out"
        self.breaches.append(
            Breach(
                "request-leaves-site", f"{where} makes a browser ask another host: `{address[:120]}`", mend, (address,)
            )
        )

    def stores(self, name: str, where: str) -> None:
        """Note a use of a cookie or a store."""
        self.breaches.append(
            Breach("storage-used", f"{where} uses `{name}`, which leaves something in the browser", "do without it")
        )

    def hides(self, what: str, where: str) -> None:
        """Note something that no reading can see through."""
        self.breaches.append(
            Breach("receipt-unreadable", f"{where} {what}, so nobody can say what it does", "write it plainly")
        )

    def __iter__(self) -> Iterator[Breach]:
        return iter(self.breaches)


#: What most pieces tell; nobody changes it.
NOTHING = Findings()
