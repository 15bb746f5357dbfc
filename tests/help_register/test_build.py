"""Test the help register in builds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.content_model.page import Page
from tests.help_register.registers import as_text, contacts
from tests.sites.building import Run, run_here
from tests.sites.writing import fields, text, write

VERIFIED = {"verified_on": "2026-11-20"}


def build(root: Path, *, page: str = "About us.", settings: dict[str, Any] | None = None, **changes: Any) -> Run:
    """Build a site with one page and the plain register with ``changes``."""
    content = write(
        root / "content",
        {
            "register/help.yaml": as_text(contacts(**changes)),
            "pages/about.md": text(fields(Page, "about", summary=page)),
        },
    )
    return run_here(content, root / "output", **(settings or {}))


def test_in_order(tmp_path: Path) -> None:
    """A verified register can be built and released."""
    for number, settings in enumerate(({}, {"RELEASE": True})):
        done = build(tmp_path / str(number), settings=settings, elm_tree_hub=VERIFIED, samaritans=VERIFIED)
        assert (done.status, done.stderr) == (0, "")


def test_unverified(tmp_path: Path) -> None:
    """An unverified crisis contact gives a warning, and an error in a release unless the settings name it."""
    home = build(tmp_path / "home", elm_tree_hub=VERIFIED)
    assert home.status == 0
    assert "warning[contact-not-verified]: nobody has verified `samaritans`" in home.stderr
    assert "Samaritans" in (tmp_path / "home" / "output" / "help" / "index.html").read_text(encoding="utf-8")
    release = build(tmp_path / "release", settings={"RELEASE": True}, elm_tree_hub=VERIFIED)
    assert release.status == 1
    assert "error[contact-not-verified]: nobody has verified `samaritans`" in release.stderr
    named = {"RELEASE": True, "HELP_EXPIRED_ALLOWED": ["samaritans"]}
    assert build(tmp_path / "named", settings=named, elm_tree_hub=VERIFIED).status == 0


@pytest.mark.parametrize("release", [False, True])
def test_without_999(release: bool, tmp_path: Path) -> None:
    """A register without 999 stops every build."""
    done = build(tmp_path, settings={"RELEASE": release}, emergency=None, elm_tree_hub=VERIFIED, samaritans=VERIFIED)
    assert done.status == 1
    assert "error[missing-emergency-contact]" in done.stderr


def test_a_release_without_a_register(tmp_path: Path) -> None:
    """A site with entries and no register can be built but not released."""
    content = write(tmp_path / "content", {"pages/about.md": text(fields(Page, "about"))})
    assert run_here(content, tmp_path / "home").status == 0
    done = run_here(content, tmp_path / "release", RELEASE=True)
    assert done.status == 1
    assert "error[missing-emergency-contact]" in done.stderr


def test_a_raw_number(tmp_path: Path) -> None:
    """A number in a summary stops the build."""
    done = build(tmp_path, page="Ring 0300 123 6600.", elm_tree_hub=VERIFIED, samaritans=VERIFIED)
    assert done.status == 1
    assert "error[raw-phone-number]" in done.stderr


@pytest.mark.parametrize("value", ["yes", 1, None])
def test_the_setting_of_a_release_is_true_or_false(value: object, tmp_path: Path) -> None:
    """``RELEASE`` accepts only True and False."""
    done = build(tmp_path, settings={"RELEASE": value})
    assert done.status == 1
    assert "RELEASE is" in done.stderr


def test_what_is_known_for_long_comes_first(tmp_path: Path) -> None:
    """The line with the number of unverified contacts comes before the errors."""
    done = build(tmp_path, page="Ring 0300 123 6600.")
    told = "warning: 2 help contacts unverified: `inv due`\n"
    assert done.stderr.index(told) < done.stderr.index("raw-phone-number")
    assert "contact-not-verified" not in done.stderr
