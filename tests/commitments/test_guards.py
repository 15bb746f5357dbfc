"""Test that the tests of the commitments detect the removal of each guard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import Mutant, survivors

_LEDGER = "tests/commitments/test_history.py"
_PAGES = "tests/commitments/test_pages.py"
_RECORDING = "tests/commitments/test_recording.py"
_GLANCE = "tests/commitments/test_summary.py"
_INVALID = "tests/sites/test_invalid.py -k"
_LATE = f"{_PAGES} -k late"

GUARDS = [
    Mutant("plugins.commitments.history", "if entry.on > latest:", "if False:", _LEDGER),
    Mutant("plugins.commitments.history", "max(as_of, commitment.published or as_of)", "as_of", _LEDGER),
    Mutant("plugins.commitments.history", "entry.wording != wording_hash(commitment)", "False", _LEDGER),
    Mutant(
        "plugins.commitments.history", "    if number is None:\n", "    if number is None:\n        return\n", _LEDGER
    ),
    Mutant("plugins.commitments.history", "commitment.review_due > recorded", "False", _LEDGER),
    Mutant("plugins.commitments.history", "recorded is None or ", "recorded is not None and ", _LEDGER),
    Mutant("plugins.commitments.history", 'commitment.status == "published"', "False", _LEDGER),
    Mutant("plugins.commitments.history", "return max((place", "return min((place", _LEDGER),
    Mutant("plugins.commitments.plugin", "library_loaded.connect(check)", "pass", _LATE),
    Mutant("plugins.commitments.plugin", "bodies_ready.connect(show)", "pass", f"{_PAGES} -k poster"),
    Mutant("plugins.content_model.commitment", "[commitment.statement, ", "[", _LEDGER),
    Mutant("plugins.content_model.commitment", " commitment.you_can_expect,", "", _LEDGER),
    Mutant("plugins.content_model.commitment", " list(commitment.in_practice),", "", _LEDGER),
    Mutant("plugins.content_model.commitment", ", commitment.measure]", "]", _LEDGER),
    Mutant("plugins.content_model.commitment", "if self.expires is not None:", "if False:", _LATE),
    Mutant("plugins.content_model.commitment", "if self.review_due is None:", "if False:", _LATE),
    Mutant("plugins.content_model.commitment", "if not self.in_practice:", "if False:", f"{_INVALID} in-practice"),
    Mutant("plugins.content_model.commitment", 'if self.progress == "kept" and', "if False and", f"{_INVALID} kept"),
    Mutant("plugins.content_model.entry", " and self.review_due < as_of", " and False", _LATE),
    Mutant("plugins.views.view_builder", "entry.wording != recorded", "False", f"{_PAGES} -k wording"),
    Mutant("plugins.content_model.fields", "if not _DIGEST.fullmatch(value):", "if False:", f"{_INVALID} bad-hash"),
    Mutant("plugins.commitments.summary", "commitment.is_overdue(as_of) for", "False for", _GLANCE),
    Mutant("plugins.commitments.recording", "if entry.on > today:", "if False:", _RECORDING),
    Mutant("plugins.commitments.recording", "entry.on < commitment.log[-1].on", "False", _RECORDING),
    Mutant("plugins.commitments.recording", "entry == commitment.log[-1]", "False", _RECORDING),
    Mutant("plugins.commitments.recording", "in contact_details(text):", "in ():", _RECORDING),
    Mutant("plugins.commitments.recording", '"\\r" in line or "\\n" in line', "False", _RECORDING),
    Mutant("plugins.commitments.recording", '    _verify(commitment, entry, "\\n".join(lines))\n', "", _RECORDING),
    Mutant("plugins.commitments.recording", " or _is_comment(", " and _is_comment(", _RECORDING),
    Mutant("plugins.base.atomic_write", "staged.unlink(missing_ok=True)", "pass", _RECORDING),
    Mutant("plugins.base.atomic_write", "shutil.copymode(real, staged)", "pass", _RECORDING),
]


@pytest.mark.deep
def test_every_guard_is_tested(tmp_path: Path) -> None:
    """Each mutant makes a test fail."""
    assert survivors(GUARDS, tmp_path) == []


@pytest.mark.deep
def test_a_change_that_matters_to_nobody_is_told(tmp_path: Path) -> None:
    """A mutant that no test detects is reported, and one whose text is missing is refused."""
    harmless = Mutant("plugins.commitments.history", "has not come yet", "is not here yet", f"{_LEDGER} -k covered")
    assert survivors([harmless], tmp_path) == [harmless.name]
    with pytest.raises(AssertionError, match="could not be tested"):
        survivors([Mutant("plugins.commitments.history", "no such guard", "", _LEDGER)], tmp_path)
