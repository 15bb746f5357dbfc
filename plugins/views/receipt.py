"""The privacy receipt of a build, as pages show it."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class Receipt(Struct, frozen=True):
    """Counts of what the build checked in its output. A receipt exists only if no check failed.

    Attributes:
        as_of: the day of the build.
        files: number of files read.
        pages: number of pages among them.
        styles: number of style sheets.
        scripts: number of scripts, including those within pages.
        feeds: number of feeds and other lists for programs.
        pictures: number of pictures.
        others: number of other files, which are searched for private values only.
        addresses: number of addresses that a browser or feed reader fetches by itself. All are on this site.
        links_out: number of links to other sites. All have ``noreferrer``.
        hubs: number of hubs that feeds name. A feed reader may tell a hub that it follows the feed.
        private_values: number of values of private fields searched for in every file. Dates are not among them.
        public_too: number of values of private fields not searched for, because they are public elsewhere or too short.
        digest: SHA-256 of the list of all files and their digests.
        file: permalink of the receipt as data.
        data: the receipt as JSON, with the list of the files.
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


class PrivateValue(Struct, frozen=True):
    """A value of a private field.

    Attributes:
        entry: the file of the entry.
        field: its name, such as ``consent.ref``; never its value, which no message may repeat.
        form: as it is looked for, in lower case.
    """

    entry: str
    field: str
    form: str
