"""Plan an import: the kind, path and old addresses of each text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.authoring.importing.destination import Destination, slug_of
from plugins.authoring.importing.import_log import ImportLog
from plugins.authoring.importing.item import Item
from plugins.authoring.importing.mapping import NameMap
from plugins.authoring.importing.matching import Decision, decide_kind, propose_for
from plugins.authoring.importing.old_site import OldSite
from plugins.authoring.importing.source import Source
from plugins.authoring.importing.to_dos import ToDo, to_do
from plugins.authoring.new.templates import FOLDERS
from plugins.content_model.permalink import split_query

_UNSEEN = {
    "draft": "it was a draft",
    "private": "it was private",
    "planned": "it was to appear later",
    "password": "it had a password",
}
#: Longest slug that is derived from an old one.
_LONGEST_SLUG = 120


class PlannedEntry(Struct, frozen=True):
    """The plan for one text.

    Attributes:
        decision: its kind.
        path: its entry, relative to the content folder, or "" if it is not imported.
        why_not: why it is not imported, or "".
        aliases: its old addresses.
        refused: old addresses that cannot be kept, each with the reason.
        feed_id: its id in feeds, kept from the old site, or "".
        feed_id_lost: why it cannot keep its old id, or "".
    """

    decision: Decision
    path: str
    why_not: str = ""
    aliases: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    feed_id: str = ""
    feed_id_lost: str = ""


class ImportPlan(Struct):
    """The plan of an import.

    Attributes:
        texts: the plan for each text, by key.
        site: the new target of each old address.
        proposals: names that the mapping lacks.
    """

    texts: dict[str, PlannedEntry]
    site: OldSite
    proposals: NameMap = field(default_factory=NameMap)


def make_plan(  # noqa: PLR0913 - what is imported, where to, and what is wanted
    sources: Iterable[Source], destination: Destination, mapping: NameMap, log: ImportLog, *, drafts: bool,
    homes: Iterable[str] = (), keep_guids: bool = False,
) -> ImportPlan:  # fmt: skip
    """Return the plan for ``sources``, and add a proposal to ``mapping`` for each name that it lacks.

    Args:
        sources: the sources.
        destination: the content folder.
        mapping: the content of the mapping file.
        log: the log of earlier runs, whose entries keep their paths.
        drafts: True also imports drafts, private and protected texts.
        homes: addresses of the old site that are not in a source.
        keep_guids: True keeps the ids that texts had in feeds.
    """
    all_sources = list(sources)
    plan = ImportPlan({}, OldSite([*homes, *(home for source in all_sources for home in source.homes)]))
    for source in all_sources:
        for item in texts_of(source, destination):
            propose_for(item, destination.people, destination.topics, mapping)
            planned = _planned(item, destination, mapping, log, drafts=drafts)
            if keep_guids and planned.path:
                planned = _with_feed_id(planned, item, destination, log)
            plan.texts[item.key] = planned
            if planned.path:
                plan.site.add((*item.addresses, *item.names), planned.path)
    return plan


def texts_of(source: Source, destination: Destination) -> Iterator[Item]:
    """Yield the texts of ``source`` without its secrets. Contacts of the help register are not secret."""
    secrets = [secret for secret in source.secrets if secret.casefold() not in destination.contacts]
    pattern = re.compile("|".join(map(re.escape, sorted(secrets, key=len, reverse=True))), re.IGNORECASE)
    for item in source.items():
        parts = (item.html, item.title, item.summary, item.place)
        if not secrets or not any(map(pattern.search, parts)):
            yield item
            continue
        html, title, summary, place = (pattern.sub("", part) for part in parts)
        note = to_do(ToDo.AUTHOR_ADDRESS)
        yield replace(item, html=html, title=title, summary=summary, place=place, notes=(*item.notes, note))


def _planned(item: Item, destination: Destination, mapping: NameMap, log: ImportLog, *, drafts: bool) -> PlannedEntry:
    decision = decide_kind(item, mapping)
    if decision.kind == "skip":
        return PlannedEntry(decision, "", f"{decision.why} says so")
    if item.status in _UNSEEN and not drafts:
        return PlannedEntry(decision, "", f"{_UNSEEN[item.status]}; --drafts imports it")
    record = log.records.get(item.key)
    same = record.path if record is not None and record.path.startswith(f"{FOLDERS[decision.kind]}/") else ""
    path = same or destination.path_for(decision.kind, slug_for(item))
    aliases: list[str] = []
    refused: list[tuple[str, str]] = []
    for address in item.addresses:
        parts = urlsplit(address)
        alias = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path
        if alias.strip("/") and not destination.is_own(unquote(alias), path):
            why = destination.claim(alias, path, record.path if record is not None else "")
            if not why:
                aliases.append(alias)
            else:
                refused.append((alias, why))
    return PlannedEntry(decision, path, "", tuple(dict.fromkeys(aliases)), tuple(refused))


def _with_feed_id(planned: PlannedEntry, item: Item, destination: Destination, log: ImportLog) -> PlannedEntry:
    """Return ``planned`` with the id that ``item`` had in feeds, where readers of the old site could have seen it."""
    if not item.feed_id or item.status != "public" or planned.decision.kind == "page":
        return planned
    parts = urlsplit(item.feed_id)
    if planned.decision.kind == "story" and not split_query(f"{parts.path}?{parts.query}")[1]:
        return replace(planned, feed_id_lost="the words in it may tell who somebody is")
    record = log.records.get(item.key)
    lost = destination.claim_feed_id(item.feed_id, planned.path, record.path if record is not None else "")
    return replace(planned, feed_id_lost=lost) if lost else replace(planned, feed_id=item.feed_id)


def slug_for(item: Item) -> str:
    """Return the slug for ``item``: from its old slug, else from its title."""
    for words in (item.slug.replace("_", "-"), item.title):
        if slug := slug_of(words)[:_LONGEST_SLUG].strip("-"):
            return slug
    return ""
