"""Generate articles of about 900 words, the same for every tool.

The text of an article depends only on the seed and its number, so that each size and each tool has the same article.
Only its links and its date depend on the number of articles.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable

from msgspec import Struct

_SEED = "42"
#: The least number of words of a body.
_WORDS = 900
#: The number of pictures that the peers' articles share.
PICTURES = 40
#: Noon of the day on which the newest article is published.
_LAST = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
_BETWEEN = dt.timedelta(minutes=397)

CATEGORIES = ("Articles", "Recovery Stories", "Commitments", "Family", "Meetings", "Health", "Service", "News")
_CATEGORY_WEIGHTS = (30, 25, 10, 8, 8, 8, 6, 5)
_NOUNS = """
    recovery community honest morning meeting sponsor step hope gratitude change daily service quiet strength
    fellowship journey sober promise commitment healing family friend listen share story courage patience trust
    willing surrender balance craving relapse progress practice support phone call program inventory amends
    meditation prayer humility kindness breath window kitchen coffee chair church basement Tuesday Sunday winter
    summer river road work doctor counselor therapist hospital detox treatment group home sister brother mother
    father child daughter son neighbor
    """.split()  # noqa: SIM905 - a list of words is read as words
_SMALL = """
    the a of and to in for with on at from by about into over after before between through without during
    is was are were has had does can could will would may might must should keeps makes takes gives finds brings
    tells asks shows helps feels seems becomes remains begins stops holds carries learns knows thinks says
    """.split()  # noqa: SIM905
_MANNERS = """
    small long hard good new old first last early late simple clear steady gentle slow strong weak open
    closed full empty bright dark deep honest ordinary difficult possible necessary important different same
    every each one two three many some most few
    """.split()  # noqa: SIM905
_TITLES = (
    "How {a} {b} Changed My {c}",
    "A {a} {b} for Every {c}",
    "Learning {b} One {c} at a Time",
    "What {a} {b} Taught Me About {c}",
    "The {a} {c}: Notes on {b}",
    "{b}, {c} and the {a} Road",
    "Why I Keep a {a} {c}",
    "Letting Go of {b} & Finding {c}",
)
_FIRST_NAMES = """
    Alex Bailey Casey Dana Ellis Frankie Gale Harper Indigo Jamie Kit Lee Morgan Noel Oakley Parker Quinn Riley Sam
    Taylor Uma Val Wren Yael Zion
    """.split()  # noqa: SIM905
AUTHORS = tuple(f"{name} {chr(ord('A') + number * 7 % 26)}." for number, name in enumerate(_FIRST_NAMES))
TAGS = tuple(
    f"{first} {second}"
    for first in ("first", "daily", "family", "group", "quiet", "open")
    for second in (
        "steps", "hope", "service", "stories", "gratitude", "sponsors", "meditation", "amends", "courage", "balance",
    )
)  # fmt: skip


class Article(Struct, frozen=True):
    """The front matter of an article.

    Attributes:
        number: 0 for the oldest.
        title: its title.
        slug: the last part of its address.
        category: one of ``CATEGORIES``.
        tags: three of ``TAGS``.
        author: one of ``AUTHORS``.
        picture: the number of one of the shared pictures.
        date: its day of publication.
        summary: two sentences.
    """

    number: int
    title: str
    slug: str
    category: str
    tags: tuple[str, ...]
    author: str
    picture: int
    date: dt.datetime
    summary: str


class Corpus(Struct, frozen=True):
    """The articles of one size.

    Attributes:
        articles: the articles, oldest first.
        added: another article, newer than the others.
    """

    articles: tuple[Article, ...]
    added: Article

    @property
    def size(self) -> int:
        """The number of articles."""
        return len(self.articles)

    @property
    def old(self) -> Article:
        """An article that is in no feed and no list of recent articles."""
        return self.articles[self.size // 4]

    def body(self, article: Article, link: Callable[[Article], str], *, picture: str = "") -> str:
        """Return the Markdown of ``article``.

        Args:
            article: one of these, or the added one.
            link: returns the address of an article in a tool's content format.
            picture: the address of the article's picture; "" leaves the picture out.
        """
        return _body(article.number, lambda number: link(self.articles[number]), self.size, picture)


def corpus(size: int) -> Corpus:
    """Return the ``size`` articles of a corpus."""
    return Corpus(tuple(_article(number, size) for number in range(size)), _article(size, size))


def slug(text: str) -> str:
    """Return the slug of ``text``."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("&", "")).strip("-")


def _article(number: int, articles: int) -> Article:
    chance = random.Random(f"{_SEED}-m-{number}")  # noqa: S311 - a corpus, not a secret
    form = chance.choice(_TITLES)
    title = form.format(
        a=chance.choice(_MANNERS).title(), b=chance.choice(_NOUNS).title(), c=chance.choice(_NOUNS).title()
    )
    return Article(
        number=number,
        title=title,
        slug=f"{slug(title)}-{number:05d}",
        category=chance.choices(CATEGORIES, _CATEGORY_WEIGHTS)[0],
        tags=tuple(chance.sample(TAGS, 3)),
        author=chance.choice(AUTHORS),
        picture=chance.randrange(PICTURES),
        date=_LAST - dt.timedelta(minutes=13) - _BETWEEN * (articles - 1 - number),
        summary=" ".join(re.sub(r"[*`]", "", _sentence(chance)) for _ in range(2)),
    )


def _body(number: int, link: Callable[[int], str], articles: int, picture: str) -> str:
    chance = random.Random(f"{_SEED}-b-{number}")  # noqa: S311
    parts = [_paragraph(chance, 4)]
    while sum(len(part.split()) for part in parts) < _WORDS:
        is_first = len(parts) == 1
        parts.append(f"## {_heading(chance)}")
        parts.append(_paragraph(chance, chance.randint(3, 6)))
        if is_first:
            parts.append(
                f"![{chance.choice(_MANNERS)} {chance.choice(_NOUNS)} at the {chance.choice(_NOUNS)}]({picture})"
            )
        # randrange uses a varying number of random numbers, so that the size would change the words.
        parts.append(_with_link(chance, link(int(chance.random() * articles)), (2, 4)))
        parts.append(_list_or_quote(chance))
        elsewhere = f"https://example.org/{chance.choice(_NOUNS)}/{chance.randrange(999)}"
        parts.append(_with_link(chance, elsewhere, (1, 4)))
    # Removed last, so that the rest of the article is the same.
    return "\n\n".join(part for part in parts if picture or not part.startswith("![")) + "\n"


def _heading(chance: random.Random) -> str:
    return re.sub(r"[*`]", "", _sentence(chance)[:-1])[:48].rsplit(" ", 1)[0]


def _paragraph(chance: random.Random, sentences: int) -> str:
    return " ".join(_sentence(chance) for _ in range(sentences))


def _with_link(chance: random.Random, address: str, more: tuple[int, int]) -> str:
    """Return a sentence with a link, and a random number of others after it, within the limits ``more``."""
    linked = _sentence(chance, address)
    return f"{linked} {_paragraph(chance, chance.randint(*more))}"


def _list_or_quote(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        return "\n".join(f"- {_sentence(chance)}" for _ in range(chance.randint(3, 6)))
    if kind < 0.6:
        return "\n".join(f"{place}. {_sentence(chance)}" for place in range(1, chance.randint(3, 6) + 1))
    if kind < 0.9:
        return "\n".join(f"> {_sentence(chance)}" for _ in range(chance.randint(2, 3)))
    return f"### {' '.join(chance.sample(_NOUNS, 4)).title()}"


def _sentence(chance: random.Random, address: str = "") -> str:
    """Return a sentence of random words; with ``address``, two of them are a link."""
    count = chance.randint(8, 19)
    words = [chance.choice((_NOUNS, _SMALL, _SMALL, _MANNERS)[chance.randint(0, 3)]) for _ in range(count)]
    mark = chance.random()
    if mark < 0.10:
        _surround(words, chance.randint(1, count - 2), "*")
    elif mark < 0.18:
        _surround(words, chance.randint(1, count - 2), "**")
    elif mark < 0.21:
        _surround(words, chance.randint(1, count - 2), "`")
    elif mark < 0.26:
        words[count // 2] += ","
    if address:
        at = chance.randint(1, count - 3)
        words[at : at + 2] = [f"[{words[at].strip('*`')} {words[at + 1].strip('*`,')}]({address})"]
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}{chance.choice('...?!')}"


def _surround(words: list[str], at: int, mark: str) -> None:
    words[at] = f"{mark}{words[at]}{mark}"
