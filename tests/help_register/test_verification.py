"""Contacts are verified by a person, and a release waits for that."""

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
    """The problems of a register."""
    made = registers(**changes)  # type: ignore[arg-type]
    return list(check_verification(made, as_of, release=release, allowed=allowed))


def told(problems: list[Problem]) -> list[tuple[str, Severity]]:
    """Names and severities of ``problems``."""
    return [(problem.name, problem.severity) for problem in problems]


def test_a_verified_register_has_no_problem() -> None:
    """When every contact was verified in time nothing is said, in a release neither."""
    for release in (False, True):
        assert check(release=release, help_me_stop=VERIFIED, samaritans=VERIFIED) == []


def test_at_home_each_contact_without_verification_is_a_line() -> None:
    """A build at home lists the contacts that nobody has verified, one line each, and goes on."""
    problems = check()
    assert told(problems) == [("contact-not-verified", Severity.WARNING)] * 2
    assert [problem.message for problem in problems] == [
        "nobody has verified `help-me-stop`",
        "nobody has verified `samaritans`",
    ]
    assert all(problem.brief for problem in problems)


@pytest.mark.parametrize(("crisis", "days"), [(True, 90), (False, 180)])
def test_verification_lasts_90_days_for_a_crisis_and_180_for_others(crisis: bool, days: int) -> None:
    """A contact expires on the day that many days after it was verified, and not the day before."""
    contact = {"verified_on": "2026-01-01", "crisis": crisis, "number": "0300 123 6600"}
    day = dt.date(2026, 1, 1) + dt.timedelta(days)
    last = check(as_of=day - dt.timedelta(1), line=contact, help_me_stop=None, samaritans=None)
    assert last == []
    (problem,) = check(as_of=day, line=contact, help_me_stop=None, samaritans=None)
    assert problem.name == "contact-expired"
    assert str(day) in problem.message


def test_an_earlier_expiry_counts() -> None:
    """A contact may say that it needs verifying again sooner."""
    samaritans = {"verified_on": "2026-11-01", "expires": "2026-11-23"}
    assert told(check(help_me_stop=VERIFIED, samaritans=samaritans)) == [("contact-expired", Severity.WARNING)]


def test_a_day_to_come_verifies_nothing() -> None:
    """A verification dated in the future counts as none."""
    (problem,) = check(help_me_stop=VERIFIED, samaritans={"verified_on": "2026-11-24"})
    assert problem.name == "contact-not-verified"


@pytest.mark.parametrize("samaritans", [{}, {"verified_on": "2026-01-01"}, {"verified_on": "2026-12-01"}])
def test_a_release_stops_at_a_crisis_contact(samaritans: dict[str, str]) -> None:
    """Never verified, expired or verified in the future: a crisis contact stops a release."""
    (problem,) = check(release=True, help_me_stop=VERIFIED, samaritans=samaritans)
    assert problem.severity is Severity.ERROR
    assert "verified_on: 2026-11-23" in problem.hint
    assert "--allow-expired" in problem.hint


def test_a_release_goes_on_with_other_contacts() -> None:
    """A contact that is not for a crisis is a warning in a release too."""
    assert told(check(release=True, samaritans=VERIFIED)) == [("contact-not-verified", Severity.WARNING)]


def test_a_contact_is_let_through_by_name() -> None:
    """Named by somebody who answers for it, an unverified crisis contact is released, and staff are still told."""
    (problem,) = check(release=True, allowed=("samaritans",), help_me_stop=VERIFIED)
    assert problem.severity is Severity.WARNING
    assert "HELP_EXPIRED_ALLOWED" in problem.message


def test_a_name_lets_only_itself_through() -> None:
    """Naming one crisis contact does not free another."""
    problems = check(
        release=True, allowed=("samaritans",), line={"number": "0300 123 6600", "crisis": True}, help_me_stop=VERIFIED
    )
    assert [problem.severity for problem in problems] == [Severity.WARNING, Severity.ERROR]


@pytest.mark.parametrize("name", ["samaritans", "help-me-stop", "emergency"])
def test_a_needless_name_is_told(name: str) -> None:
    """A name that lets nothing through would hide the next expiry."""
    problems = check(release=True, allowed=(name,), help_me_stop=VERIFIED, samaritans=VERIFIED)
    assert told(problems) == [("needless-override", Severity.WARNING)]


@given(st.dates(dt.date(2026, 1, 1), dt.date(2100, 1, 1)), st.booleans())
def test_999_needs_no_verification(day: dt.date, release: bool) -> None:
    """Nobody dials 999 to try it: it is never expired, on no day."""
    assert check(as_of=day, release=release, help_me_stop=None, samaritans=None) == []


@given(
    verified=st.one_of(st.none(), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1))),
    as_of=st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)),
    crisis=st.booleans(),
    allowed=st.booleans(),
    release=st.booleans(),
)
def test_a_release_never_shows_a_stale_crisis_contact_unasked(
    verified: dt.date | None, as_of: dt.date, crisis: bool, allowed: bool, release: bool
) -> None:
    """Whatever the days: an error if and only if it is a release, for a crisis, not fresh and not named."""
    line = {"number": "0300 123 6600", "crisis": crisis or None}
    if verified is not None:
        line["verified_on"] = verified.isoformat()
    names = ("line",) if allowed else ()
    problems = check(as_of=as_of, release=release, allowed=names, line=line, help_me_stop=None, samaritans=None)
    days = 90 if crisis else 180
    fresh = verified is not None and verified <= as_of < verified + dt.timedelta(days)
    stops = any(problem.severity is Severity.ERROR for problem in problems)
    assert stops == (release and crisis and not fresh and not allowed)
    assert fresh or any(problem.name.startswith("contact-") for problem in problems)


@pytest.mark.parametrize("value", ["samaritans", [1], {"samaritans": 1}, 1, None])
def test_the_setting_is_a_list_of_names(value: object) -> None:
    """A setting of another form is refused with its name."""
    with pytest.raises(SettingsError, match="HELP_EXPIRED_ALLOWED"):
        HelpSettings.from_pelican({"HELP_EXPIRED_ALLOWED": value}, {"samaritans"})


def test_the_setting_names_contacts_of_the_register() -> None:
    """A name that is not in the register is refused; while the register cannot be read nothing is said of it."""
    settings = {"HELP_EXPIRED_ALLOWED": ["samaritan"]}
    with pytest.raises(SettingsError, match="`samaritan`, and there is no such contact"):
        HelpSettings.from_pelican(settings, {"samaritans"})
    assert HelpSettings.from_pelican(settings, None).expired_allowed == ("samaritan",)
    assert HelpSettings.from_pelican({}, {"samaritans"}).expired_allowed == ()
