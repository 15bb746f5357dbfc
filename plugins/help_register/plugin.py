"""Register the help register with the build."""

from __future__ import annotations

from functools import partial

from plugins.base.line_ends import unix_line_ends
from plugins.base.problem import Position, Problem
from plugins.content_model.registers import EMERGENCY
from plugins.engine.build import Build, bodies_ready, library_loaded
from plugins.help_register.contacts import PATH, REGISTER, views
from plugins.help_register.contacts_outside_register import check_wording
from plugins.help_register.emergency import check_emergency, check_help_page
from plugins.help_register.settings import HelpSettings
from plugins.help_register.verification import check_verification


def prepare(build: Build) -> None:
    """Set the contacts of the build, and report problems in them."""
    library, registers, site = build.library, build.library.registers, build.site
    unread = library.may_hold_more(PATH)
    settings = HelpSettings.from_pelican(build.settings, None if unread else registers.contacts)
    positions = registers.positions.get(REGISTER, {})
    inputs = (*(contact.model_dump_json() for contact in registers.contacts.values()), repr(positions))
    contacts, problems = build.cache.get_or_compute("contacts", inputs, partial(views, registers.contacts, positions))
    build.assets.contacts.update(contacts)
    build.problems.extend(problems)
    build.problems.extend(
        check_verification(registers, library.as_of, release=site.release, allowed=settings.expired_allowed)
    )
    if not unread:
        build.problems.extend(check_emergency(registers, has_content=bool(library.live), release=site.release))
    build.problems.extend(check_wording(library, lambda path: _text(build, path), build.cache))
    if site.contact and registers.contacts and site.contact not in registers.contacts and not unread:
        build.problems.add(
            Problem(
                PATH,
                Position(),
                "missing-own-contact",
                f"the site's own contact `{site.contact}` is not in the register",
                f"add a contact with the id `{site.contact}`, or change SITE_CONTACT in the settings",
            ),
        )


def check_page(build: Build) -> None:
    """Report a help page that does not link to 999."""
    page, emergency = build.library.page("help"), build.assets.contacts.get(EMERGENCY)
    if page is not None and emergency is not None and page.source.path in build.texts.bodies:
        build.problems.extend(check_help_page(page, build.texts.bodies[page.source.path].html, emergency.tel_href))


def _text(build: Build, path: str) -> str:
    return unix_line_ends((build.content / path).read_bytes().decode())


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    bodies_ready.connect(check_page)
