"""Find phone numbers and e-mail addresses that are written in a text instead of the help register.

A wrong number can cost a life, so each is typed once, in the help register, where it is verified and expires. Numbers
are found with ``phonenumbers`` (Google's libphonenumber), and with patterns for the forms that British authors use: any
grouping, letters for digits, digits in words, short numbers of text services.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from plugins.base.late_pattern import late_pattern
from plugins.base.problem import Position, Problem
from plugins.content_model.folded_text import fold

REGION = "GB"

#: Text with digits that is no phone number: web addresses, link targets, dates, times, book numbers.
_PASSED_OVER = late_pattern(
    r"""(?:[a-zA-Z][a-zA-Z0-9+.-]{0,30}://|www\.|doi:|<(?:mailto|tel|sms|help):)[^\s<>"]+
    | \]\((?:[^)(\n"']|(?<=\S)[("'])*                  # where a link leads, and not its title
    | \{filename\}\S*
    | \b10\.\d{4,9}/\S+
    | \b(?i:ISBN)(?:-1[03])?:?\s(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx]\b
    | \b97[89](?:[ -]?\d){10}\b                       # a book number without its name
    | \b\d{4}-\d{2}-\d{2}\b
    | \b\d{1,2}([./\ -])\d{1,2}\1(?:19|20)\d{2}\b
    | (?<![\w.])0\.\d+(?!\w|\.\w)
    | \b\d{1,2}[.:]\d{2}(?:\s?[ap]m)?\s?(?:-|–|—|to|until|and)\s?\d{1,2}[.:]\d{2}\b
    """,
    re.VERBOSE,
)
#: A number that the words before it name as a reference. It has no gaps, unlike most phone numbers.
_REFERENCE = late_pattern(
    r"""\b(?:ref(?:erence)?|(?:account|application|case|charity|company|grant|invoice|order|serial|study)\s(?:number|no))\b\.?
    (?:\s(?:number|no\.?))?:?\s(\d{8,})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EMAIL = late_pattern(
    r"""(?<![\w.+/-])[\w.+-]+
    (?: @ | \s?[\[({]\s?at\s?[\])}]\s? )                            # name@host, name [at] host
    \w[\w-]*(?:(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)[\w-]+)*
    (?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)[a-zA-Z]{2,}(?![\w@-])
    """,
    re.VERBOSE,
)
_GAP = r"[\s.()/*_·•\u2010-\u2015\u2212-]{0,3}"
#: A run of digits, with o, O, l and I in place of digits. It begins and ends at a word boundary.
_RUN = late_pattern(rf"(?<![\w£$€#])[+(]{{0,2}}[\dO](?:{_GAP}[\doOlI])*(?!\w|[.,]\d|%)")
_DIGITS_OF_LETTERS = str.maketrans("oOlI", "0011")
#: 0 and nine or ten digits, and the two shorter forms 0800 1111 and 0845 46 4x.
_NATIONAL = late_pattern(r"0[1235789]\d{8,9}|0800\d{4}|084546\d{2}")
#: The international prefix, and the 0 that some write after it.
_ABROAD = late_pattern(r"^(?:\+|00)440?")
#: Digits of the longest form: 0044, a superfluous 0, ten more.
_LONGEST = 16
#: Maximum digits of the numbers of text services and of the 116 range.
_SHORT = 6
#: 116 123 and the other freephone numbers of the 116 range.
_HARMONISED = late_pattern(r"(?<![\w£$€#])116[\s.-]?\d{3}(?!\w|[.,]\d|%)")
#: A number to text follows a word or punctuation that announces it. A number that counts people or words is none.
_TEXTING = late_pattern(
    r"""\b(?:text|texts|texting|sms)\b
    (?:[^.!?\n]{0,40}?(?:\b(?:to|on|at|via|using|number|code|is|us)\b|[:(–—-]|\b(?-i:[A-Z]{3,})\b))??
    [\s*_]*(?<![\w£$€#])(\d{5,6})(?!\w|[.,]\d|%)
    (?!\s(?:people|persons|adults|children|students|users|visitors|readers|texts|messages|calls|conversations|times|words
    |characters|households|families|a\s|per\s|in\s(?:19|20)\d\d))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|hundred|thousand)"
#: An e-mail address contains this or ``@``.
_HIDDEN_AT = re.compile(r"at(?:(?<=[\[({]at)|(?<=[\[({]\sat))\s?[\])}]")
_MAYBE_NUMBER = late_pattern(r"116.?\d{3}|\d{5}|[\dO](?:[^\dO\n]{0,3}\s?[\dOolI]){6}")
_SEVEN_DIGITS = late_pattern(r"(?:\d\D{0,3}){7}")
_SPELT = late_pattern(rf"\b(?:zero|oh|nought|double)(?:[\s,-]{{1,2}}{_WORD}){{5,}}\b", re.IGNORECASE)

# The patterns above are slow, and few texts contain a contact detail. These quick patterns match wherever one of those
# does. They do not check the context of a match, because it may be masked.
#: Eight digits of a run, seven for the matcher, or a number of the 116 range.
_CLOSE_DIGITS = re.compile(rf"[\dO](?:(?:{_GAP}[\doOlI]){{7}}|(?:\D{{0,3}}\d){{6}}|(?<=1)16[\s.-]?\d{{3}})")
_FIVE_DIGITS = re.compile(r"\d{5}")
#: One pattern for each word, because a text is searched fast for the letters that a pattern begins with.
_SPELT_BEGINS = tuple(re.compile(rf"{word}[\s,-]") for word in ("zero", "oh", "nought", "double"))
_Kind: TypeAlias = Literal["phone", "email"]


class ContactDetail(Struct, frozen=True):
    """A phone number or an e-mail address in a text.

    Attributes:
        kind: ``phone`` or ``email``.
        start: index of its first character in the text.
        text: as written.
    """

    kind: _Kind
    start: int
    text: str


def contact_details(text: str) -> tuple[ContactDetail, ...]:
    """Return the phone numbers and e-mail addresses in ``text``, in the order of the text.

    They are found in whatever characters they are written.

    999, 111 and 112 are allowed anywhere, because they never change. Link targets are skipped: the rules for links
    check them.
    """
    plain, origins = fold(text)
    return tuple(
        ContactDetail(kind, origins[start], text[origins[start] : origins[end - 1] + 1])
        for kind, start, end in sorted(_details(plain), key=lambda found: found[1])
    )


def _details(text: str) -> Iterator[tuple[_Kind, int, int]]:
    """Yield kind, start and end of each contact detail in the folded ``text``."""
    if not _is_suspect(text):
        return
    masked = _PASSED_OVER.sub(_blank, text)
    masked = _REFERENCE.sub(lambda match: match[0] if _can_be_called(match) else _blank(match), masked)
    for match in _EMAIL.finditer(masked):
        yield "email", *match.span()
    last = -1
    # The longest of those that begin together, which may be a number to text.
    for start, end in sorted(_numbers(masked), key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield "phone", start + masked.startswith("[", start), end
        last = max(last, end)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\0", match[0])


def _can_be_called(reference: re.Match[str]) -> bool:
    """Return True if a reference number is a valid phone number, alone or with the digits after it."""
    run = _RUN.match(reference.string, reference.start(1))
    digits = ""
    for group in re.findall(r"\w+", run[0]) if run else [reference[1]]:
        digits += group.translate(_DIGITS_OF_LETTERS)
        if len(digits) <= _LONGEST and _is_valid(digits):
            return True
    return False


def _is_valid(digits: str) -> bool:
    # Imported where it is needed, because few texts have so many digits and the import is slow.
    from phonenumbers import NumberParseException, is_valid_number, parse  # noqa: PLC0415

    try:
        return is_valid_number(parse(digits, REGION))
    except NumberParseException:
        return False


def _is_suspect(text: str) -> bool:
    """Return False if ``text`` certainly contains no contact detail."""
    if "@" in text or _HIDDEN_AT.search(text):
        return True
    folded = text.casefold()
    spelt = any(word.search(folded) for word in _SPELT_BEGINS)
    if spelt and _SPELT.search(text):
        return True
    texting = ("text" in folded or "sms" in folded) and _FIVE_DIGITS.search(text)
    return bool((spelt or texting or _CLOSE_DIGITS.search(text)) and _MAYBE_NUMBER.search(text))


def check_contact_details(
    text: str, path: str, first_line: int = 1, register_links: Callable[[], Mapping[str, str]] = dict
) -> tuple[Problem, ...]:
    """Return a problem for each phone number and each e-mail address in ``text``.

    Args:
        text: Markdown, or a plain sentence.
        path: the file, relative to the content folder.
        first_line: the number, in the file, of the first line of ``text``.
        register_links: returns the Markdown link of each contact of the register by ``normalise_contact_detail``.
            Called only if the text contains a contact detail.
    """
    first = Position(first_line)
    details = contact_details(text)
    links = register_links() if details else {}
    return tuple(
        contact_detail_problem(
            detail, path, first.within(text, detail.start), link=links.get(normalise_contact_detail(detail.text), "")
        )
        for detail in details
    )


def normalise_contact_detail(text: str) -> str:
    """Return the digits of a phone number, or an e-mail address in lower case, for comparison."""
    plain, _ = fold(text)
    return plain.casefold() if "@" in plain else re.sub(r"\D", "", plain)


def contact_detail_problem(
    detail: ContactDetail, path: str, position: Position, *, in_a_field: bool = False, link: str = ""
) -> Problem:
    """Return the problem that ``detail`` is written in a text.

    Args:
        detail: the contact detail.
        path: the file.
        position: its position in the file.
        in_a_field: True for a field of front matter, which cannot contain a link.
        link: Markdown link of the contact of the register that has it, or "".
    """
    where = "stands in the text, and belongs in the help register only"
    hint = "add it to content/register/help.yaml, and show it with  /// help | id"
    if link:
        hint = f"the register has it: write the name with a link, `{link}`"
    if in_a_field:
        hint = f"take it out here, {hint}  in the text of an entry"
    if detail.kind == "email":
        return Problem(path, position, "raw-email", f"the e-mail address `{detail.text}` {where}", hint)
    if not link:
        hint += f"; if it is no number to call, {_otherwise(normalise_contact_detail(detail.text))}"
    return Problem(path, position, "raw-phone-number", f"the phone number `{detail.text}` {where}", hint)


def _otherwise(digits: str) -> str:
    """Return the advice for ``digits`` that are no phone number. It never makes a valid phone number pass."""
    if digits and len(digits) <= _SHORT:
        return f"write it with a comma: `{int(digits):,}`"
    named = f"reference {digits}"
    return f"say so before it: `{named}`" if digits and not contact_details(named) else "leave it out"


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each number. A number that several patterns match is repeated."""
    for run in _RUN.finditer(text):
        yield from _in_run(run)
    for match in _HARMONISED.finditer(text):
        yield match.span()
    for match in _TEXTING.finditer(text):
        yield match.span(1)
    for match in _SPELT.finditer(text):
        yield match.span()
    if _SEVEN_DIGITS.search(text):  # PhoneNumberMatcher is slow
        from phonenumbers import PhoneNumberMatcher  # noqa: PLC0415 - as above

        for number in PhoneNumberMatcher(text, REGION):
            yield number.start, number.end


def _in_run(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of the British numbers in a run of digits. Each consists of whole groups of the run."""
    groups = [(match.start(), match.end()) for match in re.finditer(r"\w+", run[0])]
    first = 0
    while first < len(groups):
        last = _last_group(run[0], groups[first : first + _LONGEST])
        if last is None:
            first += 1
            continue
        yield run.start() + _with_plus(run[0], groups[first][0]), run.start() + groups[first + last][1]
        first += last + 1


def _last_group(run: str, groups: Sequence[tuple[int, int]]) -> int | None:
    """Return the index of the last group of the longest number that begins with the first of ``groups``, or None."""
    longest: int | None = None
    begin = groups[0][0]
    digits = "+" if "+" in run[_with_plus(run, begin) : begin] else ""
    for place, (start, end) in enumerate(groups):
        digits += run[start:end].translate(_DIGITS_OF_LETTERS)
        if _NATIONAL.fullmatch(_ABROAD.sub("0", digits)) and any(map(str.isdigit, run[begin:end])):
            longest = place
        if len(digits) > _LONGEST:
            break
    return longest


def _with_plus(run: str, start: int) -> int:
    """Return the start of the number whose first digit is at ``start``, with the brackets and plus before it."""
    while start and run[start - 1] in "+(":
        start -= 1
    return start
