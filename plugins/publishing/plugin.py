"""The door of publishing to the build."""

from __future__ import annotations

from functools import partial

from plugins.content_model.build import Build, pages_wanted
from plugins.content_model.outputs import Claim, Owner
from plugins.content_model.views import Link
from plugins.publishing import answered
from plugins.publishing.gone import gone
from plugins.publishing.redirects import Redirect, moved, redirects


def plan_redirects(build: Build) -> None:
    """Plan a small page at each old address, and the list of all that is answered otherwise than with a page."""
    found, problems = redirects(build.library.live)
    build.problems.extend(problems)

    def render(redirect: Redirect) -> bytes:
        return build.theme.page("redirect.html", language=build.site.language, target=_target(redirect)).encode()

    for redirect in found:
        build.outputs.add(redirect.file, redirect.owner, partial(render, redirect))
    root, withdrawn = build.site.root, build.library.registers.withdrawn.values()
    addresses = answered.Addresses(moved(found, root), gone(withdrawn, root))
    build.outputs.add(answered.PATH, Owner("pelicanconf.py", claim=Claim.SITE), addresses.to_json)


def _target(redirect: Redirect) -> Link:
    return Link(redirect.label, redirect.target)


def register() -> None:
    """Connect to the stages of the build."""
    pages_wanted.connect(plan_redirects)
