"""Test that a release requires a person to verify the crisis contacts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
import yaml
from bs4 import BeautifulSoup
from lxml import etree

import publishconf
from plugins.content_model.contact_details import contact_details
from tests.authoring.cli.commands import inv_here
from tests.sites.building import AS_OF, CONTENT, Built, Run, run_here

#: Most tests build the pages of a release.
pytestmark = pytest.mark.real

REGISTER = yaml.safe_load((CONTENT / "register" / "help.yaml").read_text(encoding="utf-8"))
CRISIS = [contact["id"] for contact in REGISTER if contact.get("crisis") and contact["id"] != "emergency"]
OTHERS = [contact["id"] for contact in REGISTER if not contact.get("crisis")]


def release(content: Path, output: Path, *options: str) -> Run:
    """Run `inv build --production`."""
    folders = ("--content", str(content), "--output", str(output), "--as-of", AS_OF)
    return inv_here("build", "--production", *folders, *options)


@pytest.fixture(scope="module")
def unverified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages and registers of the site without verifications."""
    content = tmp_path_factory.mktemp("content") / "content"
    # The page for wrong addresses links to articles.
    shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns("articles", "stories", "not-found"))
    file = content / "register" / "help.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(
        "".join(line for line in lines if not line.startswith(("  verified_on:", "  expires:"))), encoding="utf-8"
    )
    return content


def verify(content: Path, names: list[str], folder: Path) -> Path:
    """Return a copy of ``content`` in which the contacts ``names`` are verified."""
    shutil.copytree(content, folder)
    file = folder / "register" / "help.yaml"
    text = file.read_text(encoding="utf-8")
    for name in names:
        text = text.replace(f"- id: {name}\n", f"- id: {name}\n  verified_on: {AS_OF}\n")
    file.write_text(text, encoding="utf-8")
    return folder


def test_unverified_crisis_contacts_stop_the_release(unverified: Path, tmp_path: Path) -> None:
    """Each unverified crisis contact stops the release with its line, and nothing is written."""
    done = release(unverified, tmp_path / "site")
    assert done.status == 1
    assert "Traceback" not in done.stderr
    lines = (unverified / "register" / "help.yaml").read_text(encoding="utf-8").split("\n")
    for name in CRISIS:
        place = f"help.yaml:{lines.index(f'- id: {name}') + 1})"
        (told,) = [line for line in done.stderr.splitlines() if f"`{name}`" in line]
        assert told.startswith("error[contact-not-verified]: nobody has verified")
        assert told.endswith(place)
    assert f"warning: {len(OTHERS)} help contacts unverified: `inv due`\n" in done.stderr
    assert "verified_on: 2026-11-23" in done.stderr
    assert "inv publish --allow-expired ID,ID" in done.stderr
    assert f"{len(CRISIS)} errors" in done.stderr
    assert not (tmp_path / "site").exists()


def test_verified_crisis_contacts_are_released(unverified: Path, tmp_path: Path) -> None:
    """With verified crisis contacts the release is built. Others are reported and do not stop it."""
    done = release(verify(unverified, CRISIS, tmp_path / "content"), tmp_path / "site")
    assert done.status == 0, done.stderr
    assert f"warning: {len(OTHERS)} help contacts unverified: `inv due`\n" in done.stderr
    assert publishconf.SITEURL in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_named_contacts_are_released(unverified: Path, tmp_path: Path) -> None:
    """An option names unverified contacts to release. A contact that is not named still stops the release."""
    done = release(unverified, tmp_path / "site", "--allow-expired", ",".join(CRISIS[1:]))
    assert done.status == 1
    assert done.stderr.count("error[") == 1
    assert f"error[contact-not-verified]: nobody has verified `{CRISIS[0]}`" in done.stderr
    done = release(unverified, tmp_path / "site", "--allow-expired", ", ".join(CRISIS))
    assert done.status == 0, done.stderr
    assert "HELP_EXPIRED_ALLOWED lets it be released" in done.stderr


def test_a_wrong_name_is_refused(unverified: Path, tmp_path: Path) -> None:
    """A name that is not in the register stops the build."""
    done = release(unverified, tmp_path / "site", "--allow-expired", "samaritan")
    assert done.status == 1
    assert "`samaritan`, and there is no such contact" in done.stderr


def test_a_build_shows_unverified_contacts(unverified: Path, tmp_path: Path) -> None:
    """A local build shows unverified contacts without a note to readers."""
    done = run_here(unverified, tmp_path / "site")
    assert done.status == 0
    page = (tmp_path / "site" / "help" / "index.html").read_text(encoding="utf-8")
    shown = BeautifulSoup(page, "html5lib").get_text(" ")
    for contact in REGISTER:
        assert contact["name"] in shown
    assert "verif" not in shown.lower()


#: All that a page or a feed says.
_WORDS = "//text()[not(parent::script or parent::style)]"
#: Files with sizes and hashes, which look like phone numbers.
_LISTS_OF_FILES = {"privacy-receipt.json"}


def test_no_file_holds_a_number_that_is_not_in_the_register(real: Built) -> None:
    """Every phone number and e-mail address in any file of the site is in the help register."""
    known = {_digits(str(c["number"])) for c in REGISTER if c.get("number")}
    known |= {_digits(c["text"]["number"]) for c in REGISTER if c.get("text")}
    looked = 0
    for path in real.files():
        if path in _LISTS_OF_FILES or not path.endswith((".html", ".xml", ".json", ".txt", ".css", ".svg", ".opml")):
            continue
        if path.startswith("handbook/"):
            # No release contains it, and it shows an address that texts must not contain.
            continue
        data = (real.output / path).read_bytes()
        text = data.decode()
        if path.endswith((".html", ".xml")):
            parser = etree.HTMLParser(encoding="utf-8") if path.endswith(".html") else etree.XMLParser()
            page: Any = etree.fromstring(data, parser)
            text = " ".join(page.xpath(_WORDS))
        for detail in contact_details(text):
            assert detail.kind == "phone", f"{path}: {detail}"
            assert _digits(detail.text) in known, f"{path}: {detail}"
            looked += 1
    assert looked > 100


def _digits(number: str) -> str:
    """Return the digits of a number in one form, whatever its grouping."""
    bare = "".join(character for character in number if character.isdigit() or character == "+")
    if len(bare) <= 6:
        return bare
    parsed = phonenumbers.parse(bare, "GB")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
