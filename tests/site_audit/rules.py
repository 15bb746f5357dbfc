"""Define the rules of the audit and their limits."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from plugins.link_check.violation import Violation

#: The maximum gzipped size in bytes of a page's HTML and its style sheets.
PAGE_BYTES = 14_000
#: The same for an article of at most ``ARTICLE_WORDS`` words.
ARTICLE_BYTES = 8_192
ARTICLE_WORDS = 900
#: The maximum size of a page's scripts, except on the search page.
SCRIPT_BYTES = 1_024
#: The maximum size of an article with one picture and everything that it loads.
ARTICLE_WEIGHT = 60_000
ARTICLE_REQUESTS = 5
#: The minimum size of a touch target in CSS pixels (WCAG 2.5.5).
TARGET = 44
#: The maximum part of the screen's height that fixed elements may cover.
PINNED = 0.25
#: Lighthouse: largest contentful paint (seconds), total blocking time (milliseconds), cumulative layout shift.
LARGEST_PAINT = 1.2
BLOCKING_TIME = 50
LAYOUT_SHIFT = 0.0


class Rule(Struct, frozen=True):
    """A rule for every page.

    Attributes:
        name: its permanent name, in kebab-case.
        engine: the engine that checks it.
        says: the rule in one sentence without a full stop.
    """

    name: str
    engine: str
    says: str


class Figure(Struct, frozen=True, order=True):
    """A measurement of a page.

    Attributes:
        page: the address of the page.
        name: one of ``FIGURES``.
        value: in bytes, of 100, in milliseconds or without a unit.
    """

    page: str
    name: str
    value: float


Finding = Violation | Figure


class UnknownRuleError(ValueError):
    """There is no rule of that name. The message lists the rules."""


#: The measurements, with their names in a table.
FIGURES = {
    "bytes": "HTML + CSS, bytes",
    "script-bytes": "JS, bytes",
    "weight": "all that loads, bytes",
    "requests": "requests",
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
    "paint": "LCP, ms",
    "blocking": "TBT, ms",
    "shift": "CLS",
}

#: Engines that take seconds for a page, and run on one page of each type.
HEAVY = ("lighthouse", "firefox")

RULES = (
    Rule("page-bytes", "files", f"the HTML and style sheets of a page travel in {PAGE_BYTES:,} bytes at most"),
    Rule("article-bytes", "files", f"those of an article of {ARTICLE_WORDS} words in {ARTICLE_BYTES:,} bytes at most"),
    Rule("script-bytes", "files", f"the scripts of a page travel in {SCRIPT_BYTES:,} bytes at most"),
    Rule("unique-title", "files", "each page has a title that no other has"),
    Rule("broken-link", "files", "each link within the site leads to a file of it"),
    Rule("broken-fragment", "files", "each link to a part of a page leads to an element that is there"),
    Rule("third-party-reference", "files", "nothing that a browser fetches by itself is on another host"),
    Rule("noreferrer", "files", "a link to another site says `noreferrer`"),
    Rule("help-link", "files", "help is one link away"),
    Rule("picture-size", "files", "each picture says its width and height"),
    Rule("feed-broken", "feeds", "each feed can be read, as RSS, Atom, JSON Feed or OPML"),
    Rule("feed-address", "feeds", "each feed gives its own address right"),
    Rule("feed-link", "feeds", "each link of a feed to the site leads to a file of it"),
    Rule("feed-id", "feeds", "each item of a feed has an id that no other item there has"),
    Rule("third-party-request", "loading", "opening a page asks no other host for anything"),
    Rule("request-failed", "loading", "everything that a page asks for is there"),
    Rule("cookie", "loading", "a page sets no cookie"),
    Rule("storage", "loading", "a page stores nothing in the browser"),
    Rule("csp", "loading", "the content security policy of the site blocks nothing"),
    Rule("console-error", "loading", "the browser has nothing to complain of"),
    Rule("article-weight", "loading", f"an article with one picture weighs {ARTICLE_WEIGHT:,} bytes at most"),
    Rule("article-requests", "loading", f"an article with one picture takes {ARTICLE_REQUESTS} requests at most"),
    Rule("picture-width", "loading", "the first picture is loaded as wide as its place needs, and no wider"),
    Rule("no-script", "loading", "text, navigation and help are there without JavaScript"),
    Rule("reflow", "layout", "at 320 px nothing scrolls sideways"),
    Rule("zoom", "layout", "at 400 % zoom nothing scrolls sideways"),
    Rule("text-size", "layout", "at 200 % text size nothing scrolls sideways"),
    Rule("text-spacing", "layout", "with the text spacing of WCAG 1.4.12 nothing scrolls sideways"),
    Rule("cut-text", "layout", "no text is cut, at any of those sizes"),
    Rule("pinned", "layout", f"what does not scroll covers {PINNED:.0%} of the height at most"),
    Rule("target-size", "layout", f"what a finger must hit is {TARGET} px wide and high, links in a sentence apart"),
    Rule("reduced-motion", "layout", "nothing moves for readers who ask for less motion"),
    Rule("keyboard-reach", "keyboard", "Tab reaches every control"),
    Rule("focus-mark", "keyboard", "what has the focus shows it"),
    Rule("focus-mark-forced-colours", "keyboard", "what has the focus shows it in forced colours too"),
    Rule("focus-in-view", "keyboard", "what has the focus is in view, with nothing over it"),
    Rule("print-controls", "print", "no control is printed"),
    Rule("print-links", "print", "the address of a link to another site is printed"),
    Rule("help-sheet", "print", "the help page prints on one sheet"),
    Rule("axe", "axe", "axe-core finds no violation of WCAG 2.2 A, AA, AAA or good practice"),
    Rule("axe-undecided", "axe", "axe-core leaves nothing undecided"),
    Rule("nu", "nu", "the Nu HTML checker has no error and no warning"),
    Rule("html-validate", "html-validate", "html-validate has no error and no warning"),
    Rule("stylelint", "stylelint", "stylelint has no error and no warning"),
    Rule("lighthouse-score", "lighthouse", "Lighthouse gives 100 in each of its four categories"),
    Rule("largest-paint", "lighthouse", f"the largest paint comes within {LARGEST_PAINT} s on a slow phone"),
    Rule("blocking-time", "lighthouse", f"a tap waits {BLOCKING_TIME} ms at most while the page loads"),
    Rule("layout-shift", "lighthouse", "nothing moves while the page loads"),
    Rule("firefox-error", "firefox", "Firefox has nothing to complain of"),
    Rule("firefox-reflow", "firefox", "in Firefox nothing scrolls sideways"),
)


def chosen(names: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules called ``names`` in the order of ``RULES``, or all rules if there are no names.

    Raises:
        UnknownRuleError: if a name is not that of a rule.
    """
    wanted = set(names)
    unknown = wanted - {rule.name for rule in RULES}
    if unknown:
        known = ", ".join(rule.name for rule in RULES)
        raise UnknownRuleError(f"there is no rule called {', '.join(sorted(unknown))}. The rules are: {known}")
    return tuple(rule for rule in RULES if not wanted or rule.name in wanted)
