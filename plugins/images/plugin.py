"""The door of the pictures to the build."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console

from plugins.base.files import read_file, to_nfc, unreadable_file
from plugins.base.problem import Position, Problem
from plugins.content_model import permalink
from plugins.content_model.article import Article
from plugins.engine.build import Build, bodies_ready, library_loaded
from plugins.engine.outputs import Claim, Owner, Recipe
from plugins.engine.plugin import project_settings
from plugins.images.cache import PictureCache
from plugins.images.encoding import DamagedError, is_damaged
from plugins.images.jobs import PictureJob, make_missing
from plugins.images.naming import misnamed, reasons
from plugins.images.pictures import PictureError, PictureFile, encoded, find, key_of, measure
from plugins.images.settings import ImageSettings
from plugins.images.social_card import SIZE, CardPress, SocialCard
from plugins.views.body import Body
from plugins.views.palette import palette
from plugins.views.view_builder import picture_path
from plugins.views.views import Picture

#: Lists with a card of their own. Stories get that of their list: a title or a picture could give somebody away.
_SECTIONS = ("articles", "stories", "commitments")
_CARD = "card"
_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)
#: An address of ours in a body; what else it finds is no address of a picture and does no harm.
_ADDRESS = re.compile(r"/images/[^\s\"?#]+")


def prepare(build: Build) -> None:
    """Measure the pictures that stand beside entries, make what the cache lacks, and draw the social cards."""
    settings = ImageSettings.from_pelican(build.settings)
    cache = PictureCache(settings.cache, settings.top)
    measured = list(_measured(build))
    press = CardPress(palette(build.theme_folder))
    cards = _cards(build, press)
    if build.is_check:
        unknown = (found for found in measured if cache.lengths(found.key) is None)
        damaged = {found.key for found in unknown if is_damaged(read_file(found.file))}
    else:
        jobs = [PictureJob(found.key, partial(encoded, found)) for found in measured]
        damaged = set(make_missing(jobs, cache, Console(stderr=True), (DamagedError,)))
    # Drawing finds nothing wrong: it can wait until the files are wanted.
    drawings = {page: PictureJob(press.key(card), partial(_drawn, press, card)) for page, card in cards.items()}

    def draw(paths: Collection[str]) -> None:
        _draw([drawings[page] for page, card in build.media.social.items() if card.src.lstrip("/") in paths], cache)

    build.plan.prefetch.append(draw)
    for found in measured:
        if found.key in damaged:
            message = f"`{found.path}` is damaged: it breaks off or holds what no picture holds"
            build.problems.add(_bad(found.path, message, "copy it again from where it comes from"))
            continue
        lengths = cache.lengths(found.key) or {}
        length = lengths.get(found.files[found.picture.src], 0)
        build.media.pictures[to_nfc(found.path)] = replace(found.picture, length=length)
        for src, name in found.files.items():
            build.media.picture_files[src] = partial(_part, cache, found.key, name, partial(encoded, found))
    for page, card in cards.items():
        key = drawings[page].key
        label = page.strip("/").replace("/", "-") or "site"
        build.media.social[page] = Picture(f"/social/{label}-{key[:10]}.png", *SIZE, _alt(card), media_type="image/png")
        make = partial(_card_file, cache, drawings[page].make)
        build.outputs.add(build.media.social[page].src.lstrip("/"), _OWNER, Recipe(partial(str, key), make))
    build.media.unshown = reasons(build.content, build.files.paths, build.media.pictures)
    for entry in build.library.entries:
        build.problems.extend(misnamed(entry, build.media.pictures, build.media.unshown))


def _measured(build: Build) -> Iterator[PictureFile]:
    for path in find(build.files.paths):
        try:
            yield measure(build.content, path)
        except PictureError as error:
            build.problems.add(_bad(path, str(error), error.hint))
        except OSError as error:
            build.problems.add(unreadable_file(path, error.strerror or str(error)))


def _bad(path: str, message: str, hint: str) -> Problem:
    return Problem(path, Position(), "bad-picture", message, hint)


def _cards(build: Build, press: CardPress) -> dict[str, SocialCard]:
    """The card of each page that has one of its own, by permalink; under "" that of all other pages."""
    site = build.site.name
    cards = {"": SocialCard(build.site.tagline or site, "", site)}
    cards |= {permalink.index(section): SocialCard(section.capitalize(), "", site) for section in _SECTIONS}
    articles = [entry for entry in build.library.live if isinstance(entry, Article)]
    lacking = press.lacks("".join(article.title for article in articles))
    for article in articles:
        if lacking.isdisjoint(article.title):
            section = permalink.index(article.section).strip("/").capitalize()
            cards[article.permalink] = SocialCard(article.title, section, site)
    return cards


def _draw(drawings: Iterable[PictureJob], cache: PictureCache) -> None:
    """Draw what the cache has no file of; a damaged file is noticed when it is read."""
    kept = cache.keys()
    make_missing([drawing for drawing in drawings if drawing.key not in kept], cache, Console(stderr=True), ())


def _alt(card: SocialCard) -> str:
    return f"{card.title} – {card.site}" if card.title != card.site else card.site


def _drawn(press: CardPress, card: SocialCard) -> dict[str, bytes]:
    return {_CARD: press.draw(card)}


def _part(cache: PictureCache, key: str, name: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
    """The part ``name`` of what the cache holds under ``key``; a file damaged since it was written is made anew."""
    data = cache.read(key, name)
    if data is None:
        made = make()
        cache.put(key, made)
        data = made[name]
    return data


def _inside(body: Body) -> tuple[str, ...]:
    """The addresses of the pictures in a body."""
    return tuple(_ADDRESS.findall(body.html))


def _card_file(cache: PictureCache, make: Callable[[], Mapping[str, bytes]], key: str) -> bytes:
    return _part(cache, key, _CARD, make)


def plan(build: Build) -> None:
    """Plan the files of each picture that a live page shows: those of drafts stay at home."""
    live = build.library.live
    named = {picture_path(entry, entry.image.file) for entry in live if entry.image is not None}
    bodies = (build.texts.bodies[entry.source.path] for entry in live if entry.source.path in build.texts.bodies)
    inside = {
        address
        for body in bodies
        for address in build.cache.get_or_compute("pictures", body.lazy_html, partial(_inside, body))
    }
    planned: set[str] = set()
    for path, picture in build.media.pictures.items():
        if picture.src in planned or not (path in named or picture.src in inside):
            continue
        planned.add(picture.src)
        for rendition in (rendition for source in picture.sources for rendition in source.renditions):
            build.outputs.add(rendition.src.lstrip("/"), Owner(path), build.media.picture_files[rendition.src])


def forget(files: Iterable[Path]) -> None:
    """Take what was made from ``files`` out of the project's cache; those that are no pictures do no harm."""
    keys = [key_of(file.read_bytes()) for file in files]
    own = ImageSettings.from_pelican(project_settings()).cache
    # What other code of ours made of them is there, too.
    for folder in (own.parent, *own.parent.glob("*/")):
        for key in keys:
            PictureCache(folder).drop(key)


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    bodies_ready.connect(plan)
