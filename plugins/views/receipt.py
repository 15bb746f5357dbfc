"""Receipt: what a build proved of its own output before it put it in place, as pages show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was read, and how much of it. That there is a receipt says that nothing was found wrong.

    Attributes:
        as_of: the day of the build.
        files: how many files were read.
        pages: how many of them are pages.
        styles: style sheets.
        scripts: scripts, those within pages included.
        feeds: feeds and other lists for programs.
        pictures: pictures.
        others: files of other kinds, in which private values were looked for and nothing else.
        addresses: addresses that a browser or a feed reader fetches by itself; each is on this site.
        links_out: links to other sites, each of which hides where its reader came from.
        hubs: services that feeds name, to which a feed reader may tell that it follows us.
        private_values: values of private fields that were looked for in every file; days are not among them.
        public_too: values of private fields that the site also says in public, or that are too short to be told apart.
        digest: SHA-256 over the list of all files and their own digests.
        file: permalink of the receipt as data.
        data: the receipt as data, with every file that was read: JSON.
    """

    as_of: dt.date
    files: int
    pages: int
    styles: int
    scripts: int
    feeds: int
    pictures: int
    others: int
    addresses: int
    links_out: int
    hubs: int
    private_values: int
    public_too: int
    digest: str
    file: str
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class PrivateValue:
    """A value of a private field.

    Attributes:
        entry: the file of the entry.
        field: its name, such as ``consent.ref``; never its value, which no message may repeat.
        form: as it is looked for, in lower case.
    """

    entry: str
    field: str
    form: str
