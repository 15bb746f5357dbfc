"""Test that phone numbers and e-mail addresses in texts are reported at their positions."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from phonenumbers import NumberParseException, is_valid_number, parse

from plugins.base.problem import Position, Severity
from plugins.content_model import contact_details as module
from plugins.content_model.contact_details import check_contact_details, contact_details
from tests.test_patterns import MOST_GROWTH, seconds

#: Parts of contact details, of ignored text, and separators.
_PIECES = (
    *"0123456789", *"0123456789 .,-()+/*_\n@oOlIx", "\n\n", "\u200b", "\xa0", "\u0663", "\u0345", "²", "ſms ", "İ",
    "0800", "1111", "116", "123", " 116 123", "020 8191 9191", "07911", "85258", "+44", "0044 (0)", "£", "%", "#",
    "text ", "Texting ", "SMS", "zero ", "Oh, ", "nought-", "double ", "one ", "two ", "three ", "four ", "five ",
    "six", "a@b.example", "sammy", " [at] ", "(at)", " dot ", "[dot]", "example", ".org", "https://a.example/", "www.",
    "tel:", "[a](", "](", ")", "{filename}", "10.1000/", "ISBN ", "2026-09-14", "14.09.2026", "0.5", "10.30 am", " to ",
    "11.00",
)  # fmt: skip


@pytest.mark.parametrize(
    "number",
    [
        "020 8191 9191",
        "0208 191 9191",
        "02081919191",
        "+44 20 8191 9191",
        "(020) 8191 9191",
        "0300 123 6600",
        "07911 123456",
        "020.8191.9191",
        "020\u20118191\u20119191",
        "+44 (0)20 8191 9191",
        "0044 20 8191 9191",
        "0 2 0 8 1 9 1 9 1 9 1",
        "O2O 8191 9191",
        "O8OO 11 11",
        "0800-1111",
        "0845 46 47",
        "116 123",
        "116123",
        "zero two zero eight one nine one nine one nine one",
        "+1 650 253 0000",
    ],
)
def test_british_numbers_are_found(number: str) -> None:
    """A British number is found in any grouping."""
    (problem,) = check_contact_details(f"One\ntwo\n\nCall {number} now.", "a.md", first_line=10)
    assert (problem.path, problem.name, problem.severity) == ("a.md", "raw-phone-number", Severity.ERROR)
    assert problem.position == Position(13, 6)


@pytest.mark.parametrize(
    "detail",
    [
        "０２０ ８１９１ ９１９１", "0２0 8191 9191", "⓪②⓪ ⑧①⑨① ⑨①⑨①", "⓿❷⓿ ❽❶❾❶ ❾❶❾❶",
        "٠٢٠ ٨١٩١ ٩١٩١", "۰۲۰ ۸۱۹۱ ۹۱۹۱", "०२० ८१९१ ९१९१", "𝟎𝟐𝟎 𝟖𝟏𝟗𝟏 𝟗𝟏𝟗𝟏", "⁰²⁰ ⁸¹⁹¹ ⁹¹⁹¹", "0️⃣2️⃣0️⃣ 8191 9191",
        "0\u20602\u00ad0 81\ufeff91 9191", "0\u03322\u03320 8191 9191", "020 8191\u22129191", "＋44 20 8191 9191",
        "sammy＠example.org", "sammy﹫example．org", "ｓammy@example.org", "sammy@exam\u00adple.org",
    ],
)  # fmt: skip
def test_characters_of_any_form_are_read(detail: str) -> None:
    """Full-width, circled, superscript and other scripts' characters are read as the plain ones that they show."""
    (found,) = contact_details(f"Hello Élan, „{detail}“.")
    assert (found.text, found.start) == (detail, 13)
    (problem,) = check_contact_details(f"Hello ﬁrst.\n\n{detail}\n", "a.md")
    assert problem.position == Position(3, 1)


@pytest.mark.parametrize(
    "text", ["１２：３０ to １３：４５, ２０２６-１１-２２", "½ and ¼ of 120 m², CO₂, 20º, №\u00a012345", "…"]
)
def test_other_text_in_any_form_is_no_contact_detail(text: str) -> None:
    """Folding makes no contact detail of other text."""
    assert contact_details(text) == ()


@pytest.mark.parametrize("address", ["sammy [at] example [dot] org", "sammy(at)example.org"])
def test_obfuscated_addresses_are_found(address: str) -> None:
    """An obfuscated e-mail address is found."""
    (problem,) = check_contact_details(f"Write to {address}.", "a.md")
    assert (problem.name, problem.position) == ("raw-email", Position(1, 10))


def test_text_short_codes_are_found() -> None:
    """The short code of a text service is found beside a word such as "text"."""
    for text in (
        "Text SHOUT to 85258.",
        "You can text 85258 at night.",
        "Text: 85258",
        "text HOME 85258",
        "Our texting number is **85258**.",
    ):
        (problem,) = check_contact_details(text, "a.md")
        assert "`85258`" in problem.message
    assert check_contact_details("In all, 85258 people read the text.", "a.md") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Our text service answered 25000 people last year.",
        "The number of texts rose to 25000 messages.",
        "The book (978-0-14-044913-6) is in the hall.",
        "See the book, isbn 978-0-14-044913-6, or 9780140449136.",
    ],
)
def test_counts_and_isbns_are_no_numbers(text: str) -> None:
    """Counts of people, and ISBNs with or without that word, are not phone numbers."""
    assert check_contact_details(text, "a.md") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ring tel:020 8191 9191 now.",
        "Text us at sms:85258.",
        "Write to mailto:a@b.example.",
        'Ask [them](https://a.example/ "Ring 020 8191 9191").',
        "ISBN 978-0-14-044913-6 020 8191 9191",
        "ISBN 0-19-853453-1 020 8191 9191",
        "Reference number 02081919191.",
        "Reference 0800068 4141.",
        "Reference 012345678 0300 123 6600.",
        "Reference 030012366 00.",
        "Ref. 08001111.",
        "Our reference line: 0123456789.",
        "Company number 08001111.",
    ],
)
def test_context_does_not_hide_a_number(text: str) -> None:
    """A scheme, a title, an ISBN or the word reference beside a phone number does not hide it."""
    assert len(check_contact_details(text, "a.md")) == 1


def _isbn(digits: list[int]) -> str:
    """Return the ISBN-10 that begins with nine digits."""
    check = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=True))
    return "".join(map(str, digits)) + "0123456789X"[-check % 11]


def _is_phone_number(digits: str) -> bool:
    try:
        return is_valid_number(parse(digits, "GB"))
    except NumberParseException:
        return False


def _grouped(text: str, breaks: set[int], gap: str) -> str:
    return "".join(gap + character if at in breaks else character for at, character in enumerate(text))


_DIGIT = st.integers(0, 9)
_YEAR = st.integers(1900, 2099)
_ISBN_10 = st.lists(_DIGIT, min_size=9, max_size=9).map(_isbn)
_GAPS = st.sampled_from(["-", " ", ""])
_NO_PHONES = {
    "years": st.tuples(_YEAR, st.sampled_from(["-", "\N{EN DASH}", " to ", "/", " and "]), _YEAR).map(
        lambda parts: "".join(map(str, parts))
    ),
    "isbn-10": st.builds(_grouped, _ISBN_10, st.sets(st.integers(1, 9), max_size=3), _GAPS).map("ISBN {}".format),
    "isbn-13": st.builds(_grouped, _ISBN_10.map("978".__add__), st.just({3}), _GAPS).map(
        lambda text: re.sub("X$", "0", text)
    ),
    "doi": st.from_regex(r"10\.[0-9]{4,9}/0[0-9]{9,10}", fullmatch=True),
    "issn": st.from_regex(r"[0-9]{4}-[0-9]{3}[0-9X]", fullmatch=True),
    "orcid": st.from_regex(r"0000-000[1-3]-[0-9]{4}-[0-9]{3}[0-9X]", fullmatch=True).map("ORCID {}".format),
    "charity": st.from_regex(r"charity number (?:[1-9][0-9]{5,6}|SC0[0-9]{5})", fullmatch=True),
    "company": st.from_regex(r"company number (?:[0-9]{8}|SC[0-9]{6})", fullmatch=True).filter(
        lambda text: not text[-8:].isdigit() or not _is_phone_number(text[-8:])
    ),
    "nhs": st.from_regex(r"NHS number [4-9][0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{4}", fullmatch=True),
    "sum": st.builds("£{:,}".format, st.integers(0, 10**12)),
    "count": st.builds("{:,}".format, st.integers(0, 10**12)),
    "trial": st.from_regex(r"(?:NCT[0-9]{8}|ISRCTN[0-9]{8})", fullmatch=True),
    "place": st.builds("{:.7f}, {:.7f}".format, st.floats(49, 61), st.floats(-8, 2)),
    "reference": st.from_regex(
        r"(?:reference|order number|ref\.|Case no:) 0[1235789][0-9]{8,9}", fullmatch=True
    ).filter(lambda text: not _is_phone_number(text.split()[-1])),
    "code": st.from_regex(r"[A-Z]{1,3}0[0-9]{9,10}", fullmatch=True),
}


@pytest.mark.parametrize("kind", _NO_PHONES)
@given(st.data())
def test_kinds_of_numbers_that_are_no_phone_numbers(kind: str, data: st.DataObject) -> None:
    """Years, books, papers, charities, sums, places and codes are not phone numbers."""
    assert check_contact_details(f"We read ({data.draw(_NO_PHONES[kind])}) in May.", "a.md") == ()


@given(st.from_regex(r"0[1235789][0-9]{8,9}|0800[0-9]{4}|116 ?[0-9]{3}", fullmatch=True))
def test_the_suggested_spelling_passes(number: str) -> None:
    """The spelling that the message suggests for other numbers passes. A phone number has no such spelling."""
    (told,) = check_contact_details(f"See {number} here.", "a.md")
    way = told.hint.partition("if it is no number to call, ")[2]
    quoted = re.search("`(.*)`", way)
    assert (quoted is None) == (way == "leave it out")
    if quoted:
        assert check_contact_details(f"See {quoted[1]} here.", "a.md") == ()
        digits = re.sub(r"\D", "", number)
        assert len(digits) == 6 or not is_valid_number(parse(digits, "GB"))


def test_adjacent_numbers_are_both_found() -> None:
    """Two adjacent numbers are two problems, and text after a number does not hide it."""
    found = check_contact_details("020-8191-9191/0300 123 6600, or 0800 1111 24 hours a day", "a.md")
    assert [problem.position.column for problem in found] == [1, 15, 33]


@given(st.sampled_from(["020 8191 9191", "0800 1111", "0300 123 6600", "+44 7911 123456"]), st.data())
def test_any_grouping(number: str, data: st.DataObject) -> None:
    """A number is found once, whatever separates its digits."""
    digits = [character for character in number if character != " "]
    # Points separate all digits or none, because a zero, a point and more digits are a fraction.
    gap = st.just(".") if data.draw(st.booleans()) else st.sampled_from(["", " ", "-", "\u2011", "\u00a0", " - "])
    text = "".join(digit + data.draw(gap) for digit in digits[:-1]) + digits[-1]
    found = check_contact_details(f"Call {text}, day or night.", "a.md")
    assert [problem.position for problem in found] == [Position(1, 6)]


@pytest.mark.parametrize("address", ["sammy@example.org", "first.last+news@mail.example.co.uk"])
def test_addresses_are_found(address: str) -> None:
    """An e-mail address is found, also in angle brackets."""
    (problem,) = check_contact_details(f"Write to <{address}>.", "a.md")
    assert (problem.name, problem.position) == ("raw-email", Position(1, 11))
    assert f"`{address}`" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "In 2019, 2020 and 2021 we met on 14.09.2026, 2026-09-14 and 14/09/2026 at 10:30.",
        "Between 1,000,000 and 2 000 000 people, 12.5 % or £1,250,000.",
        "NHS 111, and 999 or 112.",
        "See https://example.org/02081919191?tel=02081919191&mail=a@b.example.",
        "See [a](https://example.org/020%208191%209191) or [b](help:02081919191).",
        "An @mention, a@b and user@localhost.",
        "ISBN 978-0-19-953556-9, DOI 10.1000/182.",
        "ISBN 0-19-853453-1, doi:10.1000/0123456789.",
        "From 09.00 to 20.00, on 01 02 2026 and 01/02/2026, room 0101.",
        "0.5 0.6 0.7 0.8 0.9, 120/80, 24/7, page 12-34, £0123456789.",
        "id 00c0ffee0123456789ab, 7q3m9x2kd4va.",
        "Oh, one or two of them came; zero, one, two, three.",
        "",
    ],
)
def test_other_text_is_no_contact_detail(text: str) -> None:
    """Years, dates, amounts, short numbers and web addresses are not contact details."""
    assert check_contact_details(text, "a.md") == ()


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
@example("ISBN 1zero one two three four five six 00000")
@example("Text https://a.example/ 85258")
@example("0800\n\n1111, or 12345")
def test_the_quick_filter_drops_no_detail(text: str) -> None:
    """The quick filter drops no text in which the full search finds a contact detail."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_is_suspect", _may_hold_a_detail)
        looked_at_closely = contact_details(text)
    assert contact_details(text) == looked_at_closely


def _may_hold_a_detail(text: str) -> bool:
    an_address = re.search(r"@|[\[({]\s?at\s?[\])}]", text)
    return bool(an_address or module._MAYBE_NUMBER.search(text) or module._SPELT.search(text))


def test_parts_of_addresses_take_linear_time() -> None:
    """A row of parts of addresses takes about four times as long at four times the length."""
    short, long = (seconds(contact_details, "a.b-" * times + "@", 3) for times in (3_000, 12_000))
    assert long < MOST_GROWTH * short


def test_a_number_to_text_is_found_whole() -> None:
    """A phone number after the word "text" is not taken for the shorter number of a text service."""
    assert [detail.text for detail in contact_details("Text 07400 123456 now.")] == ["07400 123456"]
