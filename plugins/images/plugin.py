"""Register the images plugin with the build."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from plugins.base.files import read_file, to_nfc, unreadable_file
from plugins.base.fingerprint import FILE_HASH_LENGTH
from plugins.base.problem import Position, Problem
from plugins.content_model import permalink
from plugins.content_model.article import Article
from plugins.engine.build import Build, bodies_ready, library_loaded
from plugins.engine.outputs import Claim, Owner, Recipe
from plugins.engine.workspace import project_settings
from plugins.images.cache import PictureCache
from plugins.images.jobs import PictureJob, make_missing
from plugins.images.pictures import (
    DamagedError,
    PictureError,
    PictureFile,
    check_length,
    encode_file,
    find,
    key_of,
    measure,
)
from plugins.images.settings import ImageSettings
from plugins.images.social_card import SIZE, CardRenderer, SocialCard
from plugins.images.unshown_pictures import image_name_problems, picture_rejections
from plugins.views.palette import palette
from plugins.views.view_builder import picture_path
from plugins.views.views import Picture

#: Lists with a card of their own. Stories share that of their list, because a title could identify somebody.
_SECTIONS = ("articles", "stories", "commitments")
_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


def prepare(build: Build) -> None:
    """Measure the pictures of entries, encode those that are not in the cache, and plan the social cards."""
    settings = ImageSettings.from_pelican(build.settings)
    cache = PictureCache(settings.cache, settings.top)
    measured = list(_measure_all(build))
    colours = palette(build.theme_folder, build.cache)
    # The glyphs that it has drawn serve later builds, too.
    renderer = build.cache.get_or_compute("card renderer", tuple(colours.items()), partial(CardRenderer, colours))
    cards = _cards(build, renderer)
    if build.is_check:
        from plugins.images.encoding import is_damaged  # noqa: PLC0415 - only a check decodes pictures here

        unknown = (found for found in measured if cache.lengths(found.key) is None)
        damaged = {found.key for found in unknown if is_damaged(read_file(found.file))}
    else:
        jobs = [PictureJob(found.key, partial(encode_file, found)) for found in measured]
        damaged = set(make_missing(jobs, cache, sys.stderr, (DamagedError,)))
    for found in measured:
        if found.key in damaged:
            message = f"`{found.path}` is damaged: it breaks off or holds what no picture holds"
            build.problems.add(_bad(found.path, message, "copy it again from where it comes from"))
            continue
        lengths = cache.lengths(found.key) or {}
        length = lengths.get(found.files[found.picture.src], 0)
        build.media.pictures[to_nfc(found.path)] = replace(found.picture, length=length)
        for src, name in found.files.items():
            build.media.picture_files[src] = partial(_read_or_make, cache, found.key, name, partial(encode_file, found))
    for page, card in cards.items():
        key = renderer.key(card)
        label = page.strip("/").replace("/", "-") or "site"
        build.media.social[page] = Picture(
            f"/social/{label}-{key[:FILE_HASH_LENGTH]}.png", *SIZE, _alt(card), media_type="image/png"
        )
        # Drawing cannot fail, and takes as long as reading a file of a cache.
        draw = partial(_draw_card, renderer, card)
        build.outputs.add(build.media.social[page].src.lstrip("/"), _OWNER, Recipe(key, draw))
    build.media.rejection = picture_rejections(build.content, build.files.paths, build.media.pictures)
    for entry in build.library.entries:
        build.problems.extend(image_name_problems(entry, build.media.pictures, build.media.rejection))


def _measure_all(build: Build) -> Iterator[PictureFile]:
    for path in find(build.files.paths):
        try:
            check_length(build.content / path, path)
            file = build.files.find(path)
            make = partial(measure, build.content, path, file.read)
            yield build.cache.get_or_compute("measure", (str(build.content), path, file.digest), make)
        except PictureError as error:
            build.problems.add(_bad(path, str(error), error.hint))
        except OSError as error:
            build.problems.add(unreadable_file(path, error.strerror or str(error)))


def _bad(path: str, message: str, hint: str) -> Problem:
    return Problem(path, Position(), "bad-picture", message, hint)


def _cards(build: Build, renderer: CardRenderer) -> dict[str, SocialCard]:
    """Return the cards by permalink of their page; that of all other pages has the key ""."""
    site = build.site.name
    cards = {"": SocialCard(build.site.tagline or site, "", site)}
    cards |= {permalink.index(section): SocialCard(section.capitalize(), "", site) for section in _SECTIONS}
    articles = [entry for entry in build.library.live if isinstance(entry, Article)]
    letters = "".join(sorted({letter for article in articles for letter in article.title}))
    find_missing = partial(renderer.missing_characters, letters)
    missing = build.cache.get_or_compute("missing letters", (renderer.recipe, letters), find_missing)
    for article in articles:
        if missing.isdisjoint(article.title):
            section = permalink.index(article.section).strip("/").capitalize()
            cards[article.permalink] = SocialCard(article.title, section, site)
    return cards


def _alt(card: SocialCard) -> str:
    return f"{card.title} – {card.site}" if card.title != card.site else card.site


def _draw_card(renderer: CardRenderer, card: SocialCard, _key: str) -> bytes:
    return renderer.draw(card)


def _read_or_make(cache: PictureCache, key: str, name: str, make: Callable[[], Mapping[str, bytes]]) -> bytes:
    """Return the part ``name`` of ``key``, and make a missing or damaged file again."""
    data = cache.read(key, name)
    if data is None:
        made = make()
        cache.put(key, made)
        data = made[name]
    return data


def plan(build: Build) -> None:
    """Plan the files of each picture that a live page shows."""
    named = {picture_path(entry, entry.image.file) for entry in build.library.live if entry.image is not None}
    planned: set[str] = set()
    for path, picture in build.media.pictures.items():
        if picture.src in planned or not (path in named or picture.src in build.files_in_texts):
            continue
        planned.add(picture.src)
        for rendition in (rendition for source in picture.sources for rendition in source.renditions):
            build.outputs.add(rendition.src.lstrip("/"), Owner(path), build.media.picture_files[rendition.src])


def forget(files: Iterable[Path]) -> None:
    """Delete the encoded files of ``files`` from the project's cache; files that are no pictures are ignored."""
    keys = [key_of(file.read_bytes()) for file in files]
    own = ImageSettings.from_pelican(project_settings()).cache
    # Other versions of the code have folders of their own.
    for folder in (own.parent, *own.parent.glob("*/")):
        for key in keys:
            PictureCache(folder).drop(key)


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    bodies_ready.connect(plan)
