"""Register the publishing plugin with the build."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from plugins.content_model import permalink
from plugins.engine.build import Build, bodies_ready, pages_wanted
from plugins.engine.outputs import Claim, Owner, Recipe
from plugins.publishing import redirect_map, robots, security_txt, sitemap, web_manifest
from plugins.publishing.redirects import Redirect, redirects
from plugins.publishing.settings import IconSettings
from plugins.publishing.web_manifest import ICONS, WebManifest
from plugins.views.palette import palette
from plugins.views.views import Link

_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)
_T = TypeVar("_T")


def plan_redirects(build: Build) -> None:
    """Plan a redirect page at each alias, and the file that lists redirects and gone addresses."""
    found, problems = redirects(build.library.live)
    build.problems.extend(problems)
    found += [
        Redirect(alias, feed.href, feed.title, _OWNER, feed.media_type)
        for alias, feed in build.listings.feed_aliases.items()
    ]

    def render(redirect: Redirect) -> bytes:
        target, media_type = Link(redirect.label, redirect.target), redirect.media_type
        language = build.site.language
        return build.assets.theme.page(
            "redirect.html", language=language, target=target, media_type=media_type
        ).encode()

    for redirect in (redirect for redirect in found if redirect.has_page):
        build.outputs.add(redirect.file, redirect.owner, partial(render, redirect))
    root, withdrawn = build.site.root, build.library.registers.withdrawn.values()
    left = {key: day.isoformat() for key, day in build.listings.removal_days.items()}
    trainable = tuple(f"{root}{address}" for address in _trainable(build))
    addresses = redirect_map.RedirectMap(
        redirect_map.moved(found, root), redirect_map.gone(withdrawn, root), left, trainable
    )
    build.plan.notes[redirect_map.FILE] = addresses.to_json


def plan_manifest(build: Build) -> None:
    """Plan the web manifest, and set its address on the build."""
    label = IconSettings.from_pelican(build.settings).label
    site, static = build.site, build.theme_folder / "static"
    paper = palette(build.theme_folder, build.cache).get("paper")
    colour = "#{:02x}{:02x}{:02x}".format(*paper) if paper else ""
    icons = tuple(icon for icon in ICONS if (static / icon.file).is_file())
    build.assets.manifest = web_manifest.PATH
    manifest = WebManifest(site.name, label, site.language, site.root, colour, icons)
    _plan(build, web_manifest.PATH, manifest, web_manifest.render)


def plan_robots(build: Build) -> None:
    """Plan ``robots.txt``."""
    told = (build.site.absolute(sitemap.PATH), build.site.root, _trainable(build))
    _plan(build, robots.PATH, told, lambda told: robots.robots(*told).encode())


def _trainable(build: Build) -> tuple[str, ...]:
    """Return the permalinks of the live entries whose text AI may be trained on."""
    return tuple(sorted(entry.permalink for entry in build.library.live if entry.allows("ai_training")))


def plan_security(build: Build) -> None:
    """Plan ``security.txt``, unless the site's contact has neither an e-mail address nor a web page."""
    site = build.site
    contact = build.assets.contacts.get(site.contact)
    address = security_txt.contact_address(contact) if contact else ""
    if address:
        told = (address, security_txt.expiry(site.as_of), site.language, site.absolute(security_txt.PATH))
        _plan(build, security_txt.PATH, told, lambda told: security_txt.security(*told).encode())


def plan_sitemap(build: Build) -> None:
    """Plan the sitemap after all other pages, because it lists them."""

    def plan() -> None:
        index, parts = sitemap.sitemap(build.plan.sitemap(), build.site.url)
        if index is not None:
            _plan(build, sitemap.PATH, index, sitemap.render_index)
        for part in parts:
            _plan(build, part.permalink, part, sitemap.render)

    build.plan.deferred.append(plan)


def _plan(build: Build, address: str, inputs: _T, make: Callable[[_T], bytes]) -> None:
    """Plan the file at ``address``, rendered by ``make`` from ``inputs``."""
    build.outputs.add(permalink.file(address), _OWNER, Recipe(inputs, make))


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan_manifest)
    bodies_ready.connect(plan_robots)
    bodies_ready.connect(plan_security)
    pages_wanted.connect(plan_sitemap)
    pages_wanted.connect(plan_redirects)
