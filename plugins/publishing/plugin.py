"""The door of publishing to the build."""

from __future__ import annotations

from functools import partial

from plugins.content_model.build import Build, pages_wanted
from plugins.content_model.outputs import Claim, Owner
from plugins.content_model.views import Link
from plugins.publishing.gone import PATH, nginx
from plugins.publishing.redirects import Redirect, redirects, rules


def plan_redirects(build: Build) -> None:
    """Plan a small page at each old address, and the rules file for hosts that take one."""
    found, problems = redirects(build.library.live)
    build.problems.extend(problems)

    def render(redirect: Redirect) -> bytes:
        return build.theme.page("redirect.html", language=build.site.language, target=_target(redirect)).encode()

    for redirect in found:
        build.outputs.add(redirect.file, redirect.owner, partial(render, redirect))
    text = rules(found, build.site.root)
    build.outputs.add("_redirects", Owner("pelicanconf.py", claim=Claim.SITE), text.encode)


def _target(redirect: Redirect) -> Link:
    return Link(redirect.label, redirect.target)


def plan_gone(build: Build) -> None:
    """Plan the rules that let nginx answer with status 410 at the addresses of what was withdrawn."""
    text = nginx(build.library.registers.withdrawn.values(), build.site.root)
    build.outputs.add(PATH, Owner("pelicanconf.py", claim=Claim.SITE), text.encode)


def register() -> None:
    """Connect to the stages of the build."""
    pages_wanted.connect(plan_redirects)
    pages_wanted.connect(plan_gone)
