"""The door of the help register to the build."""

from __future__ import annotations

from plugins.content_model.build import Build, library_loaded
from plugins.content_model.positions import Positions
from plugins.content_model.problem import Problem
from plugins.help_register.contacts import PATH, views


def prepare(build: Build) -> None:
    """Give the build its contacts as readers see them."""
    registers = build.library.registers
    contacts, problems = views(registers.contacts, registers.positions.get("help.yaml", {}))
    build.contacts.update(contacts)
    build.problems.extend(problems)
    own = build.site.contact
    unread = build.library.may_hold_more(PATH)
    if own and registers.contacts and own not in registers.contacts and not unread:
        build.problems.add(
            Problem(
                PATH,
                Positions().of(()),
                "missing-own-contact",
                f"the site's own contact `{own}` is not in the register",
                f"add a contact with the id `{own}`, or change SITE_CONTACT in the settings",
            ),
        )


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
