"""The model of stories: accounts of recovery that are published only with consent, approval and review."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from plugins.content_model.entry import Entry, RuleViolation, Scope, StrictModel
from plugins.content_model.fields import AsList, FeedId, Flag, HiddenDay, Slug, Text
from plugins.content_model.private_date import PrivateDate

NarratorRole = Literal["person", "family", "friend", "staff"]
Pathway = Literal["day-programme", "residential", "mutual-aid", "community-support", "family-support"]
#: Warnings about wording that an editor may acknowledge.
Acknowledgeable = Literal[
    "name-with-fellowship-in-body",
    "dose-in-body",
    "price-in-body",
    "quantity-in-body",
    "method-in-body",
    "identifying-details-in-body",
]

ROLE_WORDS: dict[NarratorRole, str] = {
    "person": "someone in recovery",
    "family": "a family member",
    "friend": "a friend",
    "staff": "a member of staff",
}
PATHWAY_WORDS: dict[Pathway, str] = {
    "day-programme": "day programme",
    "residential": "residential treatment",
    "mutual-aid": "mutual aid",
    "community-support": "community support",
    "family-support": "family support",
}

#: Duration of a consent without ``expires``, and its maximum, in months.
CONSENT_MONTHS = 24
CONSENT_MONTHS_MAXIMUM = 60


class Narrator(StrictModel):
    """The name of the narrator: a pseudonym, a first name or an initial, but never a full name."""

    display_name: Text
    """The name that readers see. It is never a full name."""
    display: Literal["pseudonym", "first-name", "initial"]
    """What sort of name that is."""


class Consent(StrictModel):
    """The consent of the narrator. The signed form is kept outside the repository. ``ref`` points to it."""

    ref: Text
    """A code that points to the signed form. The form itself is kept elsewhere."""
    given_on: HiddenDay
    """The day the person said yes."""
    form_version: Text
    """Which version of the form they signed."""
    scope: Annotated[tuple[Scope, ...], AsList]
    """Where the story may appear."""
    expires: HiddenDay | None = None
    """The day their yes ends. Without it, consent lasts two years."""

    @property
    def ends(self) -> PrivateDate:
        """The first day on which the consent no longer holds."""
        return self.expires or self.after(CONSENT_MONTHS)

    def after(self, months: int) -> PrivateDate:
        """Return the day ``months`` after the consent was given."""
        return PrivateDate.of(add_months(self.given_on.reveal(), months))


class Safeguarding(StrictModel):
    """The safeguarding review by a trained person."""

    reviewed_on: HiddenDay
    """The day of the review."""
    by_role: Text
    """The role of the person who did it."""


class Story(Entry):
    """A story. ``consent``, ``approved_text``, ``safeguarding`` and ``acknowledged`` are private: no output has them.

    Their dates cannot be converted to text (see ``private_date.py``).
    """

    kind_name: ClassVar[str] = "story"
    section: ClassVar[str] = "stories"
    #: Names of the private fields.
    private: ClassVar[tuple[str, ...]] = ("consent", "approved_text", "safeguarding", "acknowledged")

    author: Slug
    """Who wrote it down: the name of a folder of people."""
    narrator: Narrator
    """How the person who tells the story is named."""
    pathway: Pathway
    """The kind of help that the story is about."""
    narrator_role: NarratorRole
    """Who tells it."""
    illustrative: Flag = False
    """Write true when the story is made up as a sample. The page says so."""
    feed_id: FeedId | None = None
    """Its id in the feeds of an earlier site, for those who follow them. The import writes it, and it never changes."""
    consent: Consent | None = None
    """What the person agreed to. It is private and never shown."""
    approved_text: Text | None = None
    """The fingerprint of the approved text. Only the tool writes it. It is private."""
    safeguarding: Safeguarding | None = None
    """The safeguarding review. It is private and never shown."""
    acknowledged: Annotated[tuple[Acknowledgeable, ...], AsList] = ()
    """Warnings about the wording that an editor has read and lets stand. It is private."""

    def allows(self, scope: Scope) -> bool:
        """Return True if the consent covers ``scope``, or the story is made up and ``scope`` is open to all entries."""
        if self.illustrative:
            return super().allows(scope)
        return self.consent is not None and scope in self.consent.scope

    def is_live(self, as_of: dt.date) -> bool:
        """Return True if the story is live on the day ``as_of`` and consent for the web is in force."""
        if not super().is_live(as_of):
            return False
        return self.illustrative or (
            self.consent is not None and self.allows("web") and self.consent.given_on <= as_of < self.consent.ends
        )

    def has_lapsed(self, as_of: dt.date) -> bool:
        """Return True if the story is published and its consent has ended by the day ``as_of``."""
        return self.status == "published" and self.consent is not None and as_of >= self.consent.ends

    def violations_on(self, as_of: dt.date) -> Iterator[RuleViolation]:
        """Yield the rules that a published story breaks on the day ``as_of``."""
        if self.status != "published" or self.consent is None:
            return
        if self.has_lapsed(as_of):
            yield RuleViolation(
                ("consent", "expires" if self.consent.expires else "given_on"),
                "consent-lapsed",
                f"the narrator's consent ended on {self.consent.ends.reveal()}",
                "ask the narrator again, or write  status: draft",
            )
        if self.consent.given_on > as_of:
            yield RuleViolation(
                ("consent", "given_on"),
                "consent-not-yet-given",
                f"the consent is dated {self.consent.given_on.reveal()}, which has not come yet",
                "correct the day, or write  status: draft  until then",
            )
        if self.safeguarding is not None and self.safeguarding.reviewed_on > as_of:
            yield RuleViolation(
                ("safeguarding", "reviewed_on"),
                "safeguarding-not-yet-done",
                f"the safeguarding review is dated {self.safeguarding.reviewed_on.reveal()}, which has not come yet",
                "correct the day, or write  status: draft  until then",
            )

    def violations(self) -> Iterator[RuleViolation]:
        """Yield the violations common to all entries, and gaps in consent, approval and review of a published story."""
        yield from super().violations()
        if self.consent is not None:
            yield from self._consent_faults(self.consent)
        if self.illustrative:
            if self.consent is not None or self.approved_text is not None:
                what = "consent" if self.consent is not None else "approval"
                yield RuleViolation(
                    ("illustrative",),
                    "illustrative-with-consent",
                    f"the story is marked as made up, yet it records a person's {what}",
                    "delete  illustrative: true  if a person told it, or else  consent:  and  approved_text:",
                )
            return
        if self.status != "published":
            return
        if self.consent is None:
            yield RuleViolation(
                ("status",),
                "story-without-consent",
                "the story is published but no consent is recorded",
                "record the consent, or write  status: draft",
            )
        if self.safeguarding is None:
            yield RuleViolation(
                ("status",),
                "story-without-safeguarding",
                "the story is published but no safeguarding review is recorded",
                "record the review, or write  status: draft",
            )
        if self.approved_text is None:
            yield RuleViolation(
                ("status",),
                "story-without-approval",
                "the story is published but the narrator's approval of its text is not recorded",
                "have the narrator approve the text and record it, or write  status: draft",
            )
        elif self.approved_text != approval_hash(self):
            yield RuleViolation(
                ("approved_text",),
                "text-changed-since-approval",
                "the text is not the one that the narrator approved",
                "take the change back, or have the narrator approve the new text",
            )

    def _consent_faults(self, consent: Consent) -> Iterator[RuleViolation]:
        if consent.ends <= consent.given_on:
            yield RuleViolation(
                ("consent", "expires"),
                "dates-out-of-order",
                "the consent ends before it was given",
                "choose a later day",
            )
        if consent.ends > consent.after(CONSENT_MONTHS_MAXIMUM):
            yield RuleViolation(
                ("consent", "expires"),
                "consent-too-long",
                f"consent may last {CONSENT_MONTHS_MAXIMUM // 12} years at most",
                "choose an earlier day and ask again when it comes",
            )
        if "web" not in consent.scope and self.status == "published":
            yield RuleViolation(
                ("consent", "scope"),
                "consent-out-of-scope",
                "the narrator did not agree to the story on the web",
                "write  status: draft,  or ask the narrator",
            )
        if self.image is not None and "image" not in consent.scope:
            yield RuleViolation(
                ("image",),
                "consent-out-of-scope",
                "the narrator did not agree to a picture with the story",
                "take the picture out, or ask the narrator",
            )


def approval_hash(story: Story) -> str:
    """Return the SHA-256 of the text that a narrator approves: title, summary, display name and body."""
    parts = (story.title, story.summary or "", story.narrator.display_name, story.source.body.strip())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
