"""Register the privacy receipt with the build."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

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
    cache = FragmentCache(SiteOrigin(build.site.url))
    reports = _in_two_parts(made, cache, values)
    others = {path: digest for path, digest in made.digests.items() if path not in reports}
    jobs = [
        Computation(
            (path, digest, build.site.url, values.digest),
            partial(_read, made.files, path, cache, values),
            topic_of(path),
        )
        for path, digest in others.items()
    ]
    reports |= zip(others, build.cache.get_or_compute_many("receipt", {}, jobs), strict=True)
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


def _in_two_parts(made: RenderedFiles, cache: FragmentCache, values: PrivateValueSearch) -> dict[str, FileReport]:
    """Return the reports of the pages that can be scanned without their insert, which is scanned once."""
    inserts = read_inserts(made.files, made.holes, cache, values)
    holes = {path: hole for path, hole in made.holes.items() if kind(path) is Kind.PAGE and hole.insert in inserts}
    jobs = [
        Computation(
            (path, hole.rest, made.build.site.url, values.digest),
            partial(_read_around, made.files, path, hole, cache, values),
            topic_of(path),
        )
        for path, hole in holes.items()
    ]
    found = made.build.cache.get_or_compute_many("receipt", {}, jobs)
    pairs = zip(holes.items(), found, strict=True)
    return {path: FileReport(around + inserts[hole.insert]) for (path, hole), around in pairs if around is not None}


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
