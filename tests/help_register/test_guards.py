"""Test that the tests of the help register detect the removal of each guard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import Mutant, survivors

_HELP = "plugins.help_register"
_VERIFICATION = "tests/help_register/test_verification.py"
_EMERGENCY = "tests/help_register/test_emergency.py"
_WORDING = "tests/help_register/test_contacts_outside_register.py"
_BUILD = "tests/help_register/test_build.py"
_DETAILS = "tests/content_model/test_contact_details.py"
_CRISIS = "tests/pages/test_crisis_line.py"
_INVALID = "tests/sites/test_invalid.py -k"

GUARDS = [
    Mutant(f"{_HELP}.verification", "release and contact.crisis and contact.id not in allowed", "False", _VERIFICATION),
    Mutant(f"{_HELP}.verification", " and contact.id not in allowed", "", _VERIFICATION),
    Mutant(f"{_HELP}.verification", "stops = release and", "stops =", _VERIFICATION),
    Mutant(f"{_HELP}.verification", "if contact.id == EMERGENCY:", "if False:", _VERIFICATION),
    Mutant(f"{_HELP}.verification", "contact.expires_on <= as_of", "contact.expires_on < as_of", _VERIFICATION),
    Mutant(f"{_HELP}.verification", "contact.verified_on > as_of", "False", _VERIFICATION),
    Mutant(f"{_HELP}.verification", "if contact.id in allowed and", "if False and", _VERIFICATION),
    Mutant(f"{_HELP}.settings", "item not in contacts", "False", _VERIFICATION),
    Mutant(f"{_HELP}.emergency", "if has_content and (", "if False and (", _EMERGENCY),
    Mutant(f"{_HELP}.emergency", "(registers.contacts or release)", "registers.contacts", _EMERGENCY),
    Mutant(f"{_HELP}.emergency", "!= NUMBER", "!= contact.number", _EMERGENCY),
    Mutant(f"{_HELP}.emergency", "if contact.expires is not None:", "if False:", _EMERGENCY),
    Mutant(f"{_HELP}.emergency", "not in html:", "is None:", _EMERGENCY),
    Mutant(f"{_HELP}.contacts_outside_register", "for entry in library.entries\n", "for entry in ()\n", _WORDING),
    Mutant(f"{_HELP}.contacts_outside_register", "in _of_registers(library.registers):", "in ():", _WORDING),
    Mutant(f"{_HELP}.contacts_outside_register", "in registers.glossary.items():", "in ():", _WORDING),
    Mutant(f"{_HELP}.contacts_outside_register", "in registers.contacts.items():", "in ():", _WORDING),
    Mutant("plugins.content_model.text_fields", "elif isinstance(value, tuple):", "elif False:", _WORDING),
    Mutant(f"{_HELP}.plugin", "bodies_ready.connect(check_page)", "pass", f"{_INVALID} help-page"),
    Mutant(f"{_HELP}.plugin", "check_verification(registers, ", "check_verification(type(registers)(), ", _BUILD),
    Mutant(f"{_HELP}.plugin", "release=site.release, allowed", "release=False, allowed", _BUILD),
    Mutant(f"{_HELP}.plugin", "check_emergency(registers,", "() and check_emergency(registers,", _BUILD),
    Mutant(f"{_HELP}.plugin", "check_wording(library,", "() and check_wording(library,", _BUILD),
    Mutant("plugins.engine.settings", "if not isinstance(value, bool):", "if False:", _BUILD),
    Mutant(
        "plugins.content_model.registers",
        "self.expires > self._longest(self.verified_on)",
        "False",
        f"{_INVALID} too-late",
    ),
    Mutant("plugins.content_model.registers", "days=90 if self.crisis else 180", "days=180", _VERIFICATION),
    Mutant("plugins.content_model.contact_details", "for run in _RUN.finditer(text):", "for run in ():", _DETAILS),
    Mutant("plugins.content_model.contact_details", "in _HARMONISED.finditer(text):", "in ():", _DETAILS),
    Mutant("plugins.content_model.contact_details", "in _TEXTING.finditer(text):", "in ():", _DETAILS),
    Mutant("plugins.content_model.contact_details", "in _SPELT.finditer(text):", "in ():", _DETAILS),
    Mutant("plugins.content_model.contact_details", "in PhoneNumberMatcher(text, REGION):", "in ():", _DETAILS),
    Mutant("plugins.content_model.contact_details", "in _EMAIL.finditer(masked):", "in ():", _DETAILS),
    Mutant(
        "plugins.content_model.contact_details", "masked = _PASSED_OVER.sub(", "masked = (lambda _, t: t)(", _DETAILS
    ),
    Mutant("plugins.content_model.entry", "if declined.topic not in self.topics:", "if False:", f"{_INVALID} declined"),
    Mutant("plugins.content_model.references", "not topic.safety:", "False:", f"{_INVALID} declined"),
    Mutant("plugins.content_model.fields", "if len(value) < REASON_LENGTH:", "if False:", f"{_INVALID} short-reason"),
    Mutant("plugins.views.view_builder", " if topic.key not in declined]", "]", _CRISIS),
    Mutant("plugins.content_model.crisis_line", "isinstance(subject, Story) or any(", "any(", _CRISIS),
    Mutant("plugins.content_model.crisis_line", "return subject.safety is not None", "return False", _CRISIS),
]


@pytest.mark.deep
def test_every_guard_is_tested(tmp_path: Path) -> None:
    """Each mutant makes a test fail."""
    assert survivors(GUARDS, tmp_path) == []
