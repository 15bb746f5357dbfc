"""The doors of the checks: to the build, which gets its privacy receipt, and to the command `inv check-site`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Unpack

from plugins.checks.asked import Options
from plugins.checks.receipt.known import Known
from plugins.checks.receipt.origin import origin
from plugins.checks.receipt.places import Places
from plugins.checks.receipt.private_values import PrivateValues, public_texts
from plugins.checks.receipt.proof import FILE, Proof, Told, read_file
from plugins.checks.rules import RELEASED
from plugins.checks.tools import Tools
from plugins.content_model.build import Build, Made, bodies_ready, output_made
from plugins.content_model.memo import Job
from plugins.content_model.outputs import Claim, Owner
from plugins.content_model.permalink import file
from plugins.content_model.problem import Problem


def plan(build: Build) -> None:
    """Plan the receipt as data."""
    build.outputs.add(FILE, Owner("pelicanconf.py", claim=Claim.SITE), partial(_data, build), late=True)


def _data(build: Build) -> bytes:
    return build.receipt.data if build.receipt else b""


def prove(made: Made) -> None:
    """Read every file before it is in place; what breaks a promise to readers is a problem, which stops the build."""
    build = made.build
    values = build.sought if made.late else None
    if not isinstance(values, PrivateValues):
        values = build.sought = PrivateValues(build.library, public_texts(build))
    proof = Proof(build.site, values)
    owners = {output.path: output.owner for output in build.outputs}
    # An author who copies an example of the handbook shows nobody's private facts.
    staff = {file(page.permalink) for page in build.more_pages if page.staff}
    known = Known(Places(build.site.url))
    jobs = [
        Job((path, digest, build.site.url, values.digest), partial(_read, made.files, path, known, values))
        for path, digest in made.digests.items()
    ]
    for (path, digest), told in zip(made.digests.items(), build.memo.recall_many("receipt", {}, jobs), strict=True):
        for _, breach in proof.take(path, digest, told):
            if path in staff and breach.name == "private-value-published":
                continue
            owner = owners[path]
            found = origin(build.library, breach.words) if owner.claim is Claim.SITE else None
            at, position = found or (owner.path, owner.position)
            build.problems.add(Problem(at, position, breach.name, breach.message, breach.mend))
    if not made.late:
        build.receipt = proof.receipt


def _read(files: Mapping[str, bytes], path: str, known: Known, values: PrivateValues, _: object) -> Told:
    return read_file(path, files[path], known, values)


def check_site(output: str, *, tools: Tools, **asked: Unpack[Options]) -> None:
    """Check every page of the finished site in the folder ``output``.

    Raises:
        SystemExit: with status 1 when a page misses a rule.
    """
    # Not at the top: only the extra `check-site` installs what drives browsers.
    from plugins.checks.audit import audit  # noqa: PLC0415
    from plugins.checks.command import check  # noqa: PLC0415
    from plugins.checks.gate import read  # noqa: PLC0415

    check(output, read, partial(audit, tools=tools), **asked)


def check_files(output: str) -> None:
    """Check what no release goes without, in the finished site in the folder ``output``: links, help, feeds.

    It is read from the files; no other program is needed.

    Raises:
        SystemExit: with status 1 when a page or a feed misses a rule.
    """
    # Not at the top: no build needs them.
    from plugins.checks.command import check  # noqa: PLC0415
    from plugins.checks.gate import read  # noqa: PLC0415

    check(output, read, only=",".join(RELEASED))


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan)
    output_made.connect(prove)
