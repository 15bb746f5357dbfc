"""Test that a person has to verify contacts and that a release requires it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.problem import Problem, Severity
from plugins.engine.settings import SettingsError
from plugins.help_register.settings import HelpSettings
from plugins.help_register.verification import check_verification
from tests.help_register.registers import registers

DAY = dt.date(2026, 11, 23)
VERIFIED = {"verified_on": "2026-11-20"}


def check(
    *, release: bool = False, allowed: tuple[str, ...] = (), as_of: dt.date = DAY, **changes: object
) -> list[Problem]:
    """Return the problems of a register."""
    made = registers(**changes)  # type: ignore[arg-type]
    return list(check_verification(made, as_of, release=release, allowed=allowed))


def names_and_severities(problems: list[Problem]) -> list[tuple[str, Severity]]:
    """Return names and severities of ``problems``."""
    return [(problem.name, problem.severity) for problem in problems]


def test_a_verified_register_has_no_problem() -> None:
    """A register whose contacts were verified in time has no problem, also in a release."""
    for release in (False, True):
        assert check(release=release, elm_tree_hub=VERIFIED, samaritans=VERIFIED) == []


def test_a_build_lists_unverified_contacts() -> None:
    """A local build lists unverified contacts, one line each, and continues."""
    problems = check()
    assert names_and_severities(problems) == [("contact-not-verified", Severity.WARNING)] * 2
    assert [problem.message for problem in problems] == [
        "nobody has verified `elm-tree-hub`",
        "nobody has verified `samaritans`",
    ]
    assert all(problem.brief for problem in problems)


@pytest.mark.parametrize(("crisis", "days"), [(True, 90), (False, 180)])
def test_verification_lasts_90_days_for_a_crisis_and_180_for_others(crisis: bool, days: int) -> None:
    """A verification expires after 90 days for crisis contacts and after 180 for others, and not a day before."""
    contact = {"verified_on": "2026-01-01", "crisis": crisis, "number": "0300 123 6600"}
    day = dt.date(2026, 1, 1) + dt.timedelta(days)
    last = check(as_of=day - dt.timedelta(1), line=contact, elm_tree_hub=None, samaritans=None)
    assert last == []
    (problem,) = check(as_of=day, line=contact, elm_tree_hub=None, samaritans=None)
    assert problem.name == "contact-expired"
    assert str(day) in problem.message


def test_an_earlier_expiry_counts() -> None:
    """A contact may set an earlier day of expiry."""
    samaritans = {"verified_on": "2026-11-01", "expires": "2026-11-23"}
    assert names_and_severities(check(elm_tree_hub=VERIFIED, samaritans=samaritans)) == [
        ("contact-expired", Severity.WARNING)
    ]


def test_a_future_verification_does_not_count() -> None:
    """A verification with a future date does not count."""
    (problem,) = check(elm_tree_hub=VERIFIED, samaritans={"verified_on": "2026-11-24"})
    assert problem.name == "contact-not-verified"


@pytest.mark.parametrize("samaritans", [{}, {"verified_on": "2026-01-01"}, {"verified_on": "2026-12-01"}])
def test_a_release_stops_at_a_crisis_contact(samaritans: dict[str, str]) -> None:
    """A crisis contact that is unverified, expired or verified in the future stops a release."""
    (problem,) = check(release=True, elm_tree_hub=VERIFIED, samaritans=samaritans)
    assert problem.severity is Severity.ERROR
    assert "verified_on: 2026-11-23" in problem.hint
    assert "--allow-expired" in problem.hint


def test_other_contacts_do_not_stop_a_release() -> None:
    """Other contacts are a warning, also in a release."""
    assert names_and_severities(check(release=True, samaritans=VERIFIED)) == [
        ("contact-not-verified", Severity.WARNING)
    ]


def test_a_named_contact_is_released() -> None:
    """An unverified crisis contact that the setting names is released with a warning."""
    (problem,) = check(release=True, allowed=("samaritans",), elm_tree_hub=VERIFIED)
    assert problem.severity is Severity.WARNING
    assert "HELP_EXPIRED_ALLOWED" in problem.message


def test_naming_one_contact_releases_only_that() -> None:
    """Naming one crisis contact does not release another."""
    problems = check(
        release=True, allowed=("samaritans",), line={"number": "0300 123 6600", "crisis": True}, elm_tree_hub=VERIFIED
    )
    assert [problem.severity for problem in problems] == [Severity.WARNING, Severity.ERROR]


@pytest.mark.parametrize("name", ["samaritans", "elm-tree-hub", "emergency"])
def test_an_unneeded_name_is_a_problem(name: str) -> None:
    """A name that is not needed is a problem, because it would hide the next expiry."""
    problems = check(release=True, allowed=(name,), elm_tree_hub=VERIFIED, samaritans=VERIFIED)
    assert names_and_severities(problems) == [("needless-override", Severity.WARNING)]


@given(st.dates(dt.date(2026, 1, 1), dt.date(2100, 1, 1)), st.booleans())
def test_999_needs_no_verification(day: dt.date, release: bool) -> None:
    """999 never expires, because nobody may dial it for a test."""
    assert check(as_of=day, release=release, elm_tree_hub=None, samaritans=None) == []


@given(
    verified=st.one_of(st.none(), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1))),
    as_of=st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)),
    crisis=st.booleans(),
    allowed=st.booleans(),
    release=st.booleans(),
)
def test_a_stale_crisis_contact_stops_a_release(
    verified: dt.date | None, as_of: dt.date, crisis: bool, allowed: bool, release: bool
) -> None:
    """For any days, only an unnamed, stale crisis contact in a release is an error."""
    line = {"number": "0300 123 6600", "crisis": crisis or None}
    if verified is not None:
        line["verified_on"] = verified.isoformat()
    names = ("line",) if allowed else ()
    problems = check(as_of=as_of, release=release, allowed=names, line=line, elm_tree_hub=None, samaritans=None)
    days = 90 if crisis else 180
    fresh = verified is not None and verified <= as_of < verified + dt.timedelta(days)
    stops = any(problem.severity is Severity.ERROR for problem in problems)
    assert stops == (release and crisis and not fresh and not allowed)
    assert fresh or any(problem.name.startswith("contact-") for problem in problems)


@pytest.mark.parametrize("value", ["samaritans", [1], {"samaritans": 1}, 1, None])
def test_the_setting_is_a_list_of_names(value: object) -> None:
    """A setting that is not a list of names is refused with its name."""
    with pytest.raises(SettingsError, match="HELP_EXPIRED_ALLOWED"):
        HelpSettings.from_pelican({"HELP_EXPIRED_ALLOWED": value}, {"samaritans"})


def test_the_setting_names_contacts_of_the_register() -> None:
    """An unknown name is refused, unless the register could not be read."""
    settings = {"HELP_EXPIRED_ALLOWED": ["samaritan"]}
    with pytest.raises(SettingsError, match="`samaritan`, and there is no such contact"):
        HelpSettings.from_pelican(settings, {"samaritans"})
    assert HelpSettings.from_pelican(settings, None).expired_allowed == ("samaritan",)
    assert HelpSettings.from_pelican({}, {"samaritans"}).expired_allowed == ()
