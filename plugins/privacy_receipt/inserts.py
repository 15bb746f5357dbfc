"""Scan pages that share an insert in two parts, so that another insert needs no scan of every page.

The two parts count as the page only if neither has a violation and they meet between two lines and two elements. For
any other page there is no answer, and the caller scans it as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugins.engine.build_parts import PrivateValueSearch
from plugins.engine.outputs import Hole, with_hole
from plugins.privacy_receipt import markup
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import Findings


def read_around(
    files: Mapping[str, bytes], path: str, hole: Hole, cache: FragmentCache, values: PrivateValueSearch
) -> Findings | None:
    """Return the findings of the page ``path`` without its insert."""
    data = with_hole(files[path], hole.at, hole.end)
    # Private values are searched for line by line.
    if data[hole.at - 1 : hole.at] != b"\n" or values.within(path, data):
        return None
    return markup.read_around(data, path, cache)


def read_inserts(
    files: Mapping[str, bytes], holes: Mapping[str, Hole], cache: FragmentCache, values: PrivateValueSearch
) -> dict[bytes, Findings]:
    """Return the findings of inserts by their SHA-256, without those of which there is no answer."""
    found: dict[bytes, Findings] = {}
    for digest, path in {hole.insert: path for path, hole in holes.items()}.items():
        data = files[path][holes[path].at : holes[path].end]
        findings = markup.read_insert(data, cache)
        if findings is not None and data.endswith(b"\n") and not values.within("", data):
            found[digest] = findings
    return found
