"""Register the privacy receipt with the build."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeAlias

from plugins.base.cache import Computation
from plugins.base.problem import Problem
from plugins.content_model.permalink import file
from plugins.engine.build import Build, RenderedFiles, bodies_ready, files_rendered
from plugins.engine.build_parts import PrivateValueSearch
from plugins.engine.outputs import Claim, Hole, Owner, topic_of
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import Findings
from plugins.privacy_receipt.inserts import read_around, read_inserts
from plugins.privacy_receipt.origin import SiteOrigin
from plugins.privacy_receipt.private_values import PrivateValues, public_texts
from plugins.privacy_receipt.report import FILE, FileReport, ReportBuilder, read_file
from plugins.privacy_receipt.scanner import Kind, kind
from plugins.privacy_receipt.source_lookup import find_source

#: Of a whole file, or of a page without its insert; None for a page that can only be scanned whole.
_Answer: TypeAlias = FileReport | Findings | None


def plan(build: Build) -> None:
    """Plan the receipt as JSON."""
    build.outputs.add(FILE, Owner("pelicanconf.py", claim=Claim.SITE), partial(_data, build), late=True)


def _data(build: Build) -> bytes:
    return build.proof.receipt.data if build.proof.receipt else b""


def verify(made: RenderedFiles) -> None:
    """Scan every file before it is in place, and add a problem for each violation, which stops the build."""
    build = made.build
    values = build.proof.private_values
    if values is None or not made.late:
        values = build.proof.private_values = PrivateValues(build.library, public_texts(build))
    builder = ReportBuilder(build.site, values)
    owners = {output.path: output.owner for output in build.outputs}
    # The handbook shows examples that an author may have copied into an entry.
    staff = {file(page.permalink) for page in build.listings.more_pages if page.staff}
    reports = _reports(made, FragmentCache(SiteOrigin(build.site.url)), values)
    for path, digest in made.digests.items():
        for violation in builder.take(path, digest, reports[path]):
            if path in staff and violation.name == "private-value-published":
                continue
            owner = owners[path]
            found = find_source(build.library, violation.words) if owner.claim is Claim.SITE else None
            at, position = found or (owner.path, owner.position)
            build.problems.add(Problem(at, position, violation.name, violation.message, violation.hint))
    if not made.late:
        build.proof.receipt = builder.receipt


def _reports(made: RenderedFiles, cache: FragmentCache, values: PrivateValueSearch) -> dict[str, FileReport]:
    """Return the report of each file. Where a page can be scanned without its insert, the insert is scanned once."""
    inserts = read_inserts(made.files, made.holes, cache, values)
    holes = {path: hole for path, hole in made.holes.items() if kind(path) is Kind.PAGE and hole.insert in inserts}
    url = made.build.site.url

    def around(path: str) -> Computation[_Answer]:
        hole = holes[path]
        scan = partial(_read_around, made.files, path, hole, cache, values)
        return Computation((path, hole.rest, url, values.digest), scan, _topic(path))

    def whole(path: str) -> Computation[_Answer]:
        scan = partial(_read, made.files, path, cache, values)
        return Computation((path, made.digests[path], url, values.digest), scan, _topic(path))

    # Feeds first, because one process reads all of a format.
    paths = sorted(made.digests, key=lambda path: (kind(path) is not Kind.FEED, _topic(path)))
    jobs = [around(path) if path in holes else whole(path) for path in paths]
    found = dict(zip(paths, made.build.cache.get_or_compute_many("receipt", {}, jobs), strict=True))
    unclear = [path for path, report in found.items() if report is None]
    found |= zip(unclear, made.build.cache.get_or_compute_many("receipt", {}, list(map(whole, unclear))), strict=True)
    return {
        path: FileReport(report + inserts[holes[path].insert]) if isinstance(report, Findings) else report
        for path, report in found.items()
        if report is not None
    }


def _topic(path: str) -> str:
    """Return what a file shares with its neighbours: a feed its format, which has the same items as other feeds."""
    return path.partition(".")[2] if kind(path) is Kind.FEED else topic_of(path)


def _read_around(
    files: Mapping[str, bytes], path: str, hole: Hole, cache: FragmentCache, values: PrivateValueSearch, _: object
) -> Findings | None:
    return read_around(files, path, hole, cache, values)


def _read(
    files: Mapping[str, bytes], path: str, cache: FragmentCache, values: PrivateValueSearch, _: object
) -> FileReport:
    return read_file(path, files[path], cache, values)


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan)
    files_rendered.connect(verify)
