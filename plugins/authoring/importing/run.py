"""Run an import: plan it, convert each text, write it, and report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TextIO

from msgspec import Struct
from msgspec.structs import replace

from plugins.authoring.importing.conversion import convert
from plugins.authoring.importing.destination import SUMMARY_LENGTH, Destination, anchor, new_id
from plugins.authoring.importing.entry_file import DraftEntry, write_entry
from plugins.authoring.importing.html_cleaning import TooDeepError, plain
from plugins.authoring.importing.import_log import ImportLog, sha256
from plugins.authoring.importing.item import Item, Note, Urgency
from plugins.authoring.importing.mapping import NOBODY_NAMED, NameMap, propose, read_mapping
from plugins.authoring.importing.media import Find, MediaImporter
from plugins.authoring.importing.plan import ImportPlan, PlannedEntry, make_plan, slug_for, texts_of
from plugins.authoring.importing.references import References, usable_alt
from plugins.authoring.importing.report import ImportOutcome, Report, outcome_data, outcome_from_data
from plugins.authoring.importing.source import Source
from plugins.authoring.importing.to_dos import ToDo, to_do
from plugins.authoring.importing.writer import ImportedEntry, Writer, digest_of_parts
from plugins.base.atomic_write import replace_bytes
from plugins.base.errors import UserError
from plugins.base.progress import track
from plugins.content_model.permalink import split_query
from plugins.content_model.placeholders import Placeholder

MAPPING, IMPORT_LOG = "import.yaml", "import-log.jsonl"
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")


class ImportOptions(Struct, frozen=True):
    """Options of an import.

    Attributes:
        drafts: True also imports drafts, private and protected texts.
        homes: addresses of the old site that are not in a source.
        finders: functions that find files that are not embedded in a source.
        marks: identifies the finders. A change causes every text to be converted again.
        keep_guids: True keeps the ids that texts had in feeds.
        author: the author of texts whose author the mapping file does not name.
    """

    drafts: bool = False
    homes: tuple[str, ...] = ()
    finders: tuple[Find, ...] = ()
    marks: tuple[str, ...] = ()
    keep_guids: bool = False
    author: str = ""


def run_import(
    sources: Sequence[Source], destination: Destination, folder: Path, options: ImportOptions, stream: TextIO
) -> Report:
    """Import ``sources`` into ``destination`` and return the report, which is written into ``folder``.

    Args:
        sources: the sources.
        destination: the content folder.
        folder: for the mapping, the log and the report.
        options: the options.
        stream: shows progress.

    Raises:
        MappingError: when the mapping cannot be used. Nothing is written then.
    """
    mapping = read_mapping(folder / MAPPING, people=destination.people, topics=destination.topics)
    with ImportLog(folder / IMPORT_LOG) as log:
        # No commit may have the log and the report: they hold words of texts that nobody has agreed to show yet.
        replace_bytes(folder / ".gitignore", b"*\n")
        destination.ids |= {record.id for record in log.records.values()}
        plan = make_plan(
            sources, destination, mapping, log, drafts=options.drafts, homes=options.homes,
            keep_guids=options.keep_guids,
        )  # fmt: skip
        propose(folder / MAPPING, mapping)
        report = Report(sources=[_source_data(source) for source in sources], unmatched=mapping.unmatched())
        run = _Run(destination, mapping, log, plan, options)
        total = sum(source.total for source in sources)
        for outcome in track(run.outcomes(sources), total, "Importing", stream):
            report.outcomes.append(outcome)
    report.write(folder)
    return report


class _Run(Struct, dict=True):
    """One run over all texts."""

    destination: Destination
    mapping: NameMap
    log: ImportLog
    plan: ImportPlan
    options: ImportOptions

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.destination.content, self.log)

    @cached_property
    def common_inputs(self) -> str:
        code = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
        return digest_of_parts(
            code, self.options.marks, self.options.homes, self.mapping, self.destination.contacts,
            self.destination.names, self.plan.site.homes,
            [(key, planned.path) for key, planned in self.plan.texts.items()],
        )  # fmt: skip

    def outcomes(self, sources: Sequence[Source]) -> Iterator[ImportOutcome]:
        for source in sources:
            for item in texts_of(source, self.destination):
                try:
                    yield self._outcome(item, source)
                except (TooDeepError, RecursionError) as error:
                    why = str(error) if isinstance(error, TooDeepError) else "its HTML is nested too deeply"
                    yield ImportOutcome(item.key, item.place, item.title, action="failed", why=why)
                except (UserError, OSError):
                    raise
                except Exception as error:  # noqa: BLE001 - one text must not stop the import of the others
                    name = type(error).__name__
                    why = f"our code cannot bear it ({name}); show it to somebody who looks after the site"
                    yield ImportOutcome(item.key, item.place, item.title, action="failed", why=why)

    def _outcome(self, item: Item, source: Source) -> ImportOutcome:
        planned = self.plan.texts[item.key]
        outcome = ImportOutcome(
            item.key, item.place, item.title, planned.path, kind=planned.decision.kind, guess=planned.decision.why
        )
        if not planned.path:
            return replace(outcome, action="skipped", why=planned.why_not)
        record = self.log.records.get(item.key)
        state = self.writer.state(item.key)
        if state in {"touched", "deleted"} and record is not None:
            return replace(outcome, action=state, path=record.path)
        files = {name: sha256(data) for name, data in item.files.items()}
        made_of = digest_of_parts(self.common_inputs, replace(item, files={}), files, planned)
        is_whole = record is not None and record.done and not record.open and record.made_of == made_of
        if (
            is_whole
            and record is not None
            and all((self.destination.content / record.path).with_name(name).exists() for name in record.files)
        ):
            return replace(outcome_from_data(record.told), action="unchanged")
        made = self._convert(item, planned, source, outcome, made_of, record.id if record is not None else "")
        return replace(outcome, action=self.writer.write(item.key, made))

    def _convert(
        self, item: Item, planned: PlannedEntry, source: Source, outcome: ImportOutcome, made_of: str, identifier: str
    ) -> ImportedEntry:
        kind = planned.decision.kind
        notes = outcome.notes
        notes += item.notes
        media = MediaImporter(
            item.files, (source.find, *self.options.finders), self.destination.documents, plain_names=kind == "story"
        )
        references = References(
            self.plan.site, self.destination.contacts, self.destination.names, media.bring, anchor,
            self.destination.documents, Placeholder.PICTURE, is_story=kind == "story", here=planned.path,
        )  # fmt: skip
        converted = convert(item.html, resolve=references.resolve, render=self.destination.render, title=item.title)
        notes += converted.notes
        if converted.proof.source == 0 and not converted.markdown.strip():
            notes.append(to_do(ToDo.EMPTY))
        image = image_alt = lost_photo = ""
        if item.photo is not None:
            image = media.bring(self.plan.site.whole(item.photo.address)) or media.bring(item.photo.address)
            if not image:
                references.missing.append(item.photo.address)
                notes.append(to_do(ToDo.PICTURE, item.photo.address))
                words = re.sub(r"-{2,}|[<>]", "-", f"A picture was at the top: {item.photo.address}")
                lost_photo = f"{Placeholder.LOST_PICTURE} <!-- {words} -->\n\n"
            else:
                image_alt = usable_alt(item.photo.alt, image, notes)
        identifier = identifier or new_id(self.destination.ids)
        self.destination.ids.add(identifier)
        title = " ".join(plain(item.title).split())
        if not title:
            title = "Without a title"
            notes.append(to_do(ToDo.TITLE))
        named = item.author or NOBODY_NAMED
        author = self.mapping.authors.get(named, "") or self.options.author
        if kind != "page" and not author:
            notes.append(to_do(ToDo.AUTHOR, named))
        topics = tuple(
            dict.fromkeys(key for name in (*item.categories, *item.tags) for key in self.mapping.topics.get(name, ()))
        )
        self._add_notes(planned, item, notes)
        entry = DraftEntry(
            kind, planned.decision.article_kind, identifier, title, planned.path.split("/")[-2],
            _short(item.summary, notes), item.published, item.updated, topics, author, image, image_alt,
            planned.aliases, lost_photo + converted.markdown, planned.feed_id,
        )  # fmt: skip
        outcome.elements = dict(converted.elements)
        proof = converted.proof
        outcome.words = {"source": proof.source, "result": proof.result, "lost": proof.lost, "added": proof.added}
        text = write_entry(entry).encode()
        is_open = bool(references.missing)
        return ImportedEntry(planned.path, identifier, text, media.files, made_of, is_open, outcome_data(outcome))

    @staticmethod
    def _add_notes(planned: PlannedEntry, item: Item, notes: list[Note]) -> None:
        """Add notes on the kind and the old addresses."""
        if planned.decision.kind == "story":
            notes.append(to_do(ToDo.STORY, planned.decision.why))
        if planned.decision.kind == "page" and (item.published or item.categories or item.tags):
            notes.append(Note(Urgency.LEFT_OUT, "a page has no day, no author and no topics"))
        slug, wanted = planned.path.split("/")[-2], slug_for(item)
        if wanted and re.fullmatch(rf"{re.escape(wanted)}-\d+", slug):
            notes.append(
                Note(
                    Urgency.CHANGED, "a text has another address, because another text has its own", f"{wanted}: {slug}"
                )
            )
        for address, why in planned.refused:
            notes.append(Note(Urgency.LOST, "an old address cannot be kept", f"{address}: {why}"))
        if planned.feed_id_lost:
            told = f"{item.feed_id}: {planned.feed_id_lost}"
            notes.append(
                Note(Urgency.LOST, "an id in feeds cannot be kept: readers of feeds see the text as new", told)
            )
        for alias in planned.aliases:
            if split_query(alias)[1]:
                what = "an old address with a question mark: it leads here where the host compares what follows it"
                notes.append(Note(Urgency.CHANGED, what, alias))


def _short(summary: str, notes: list[Note]) -> str:
    """Shorten ``summary`` to whole sentences that fit on a card."""
    words = " ".join(plain(summary).split())
    if len(words) <= SUMMARY_LENGTH:
        return words
    kept = ""
    for sentence in _SENTENCE_END.split(words):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > SUMMARY_LENGTH:
            break
        kept = longer
    notes.append(to_do(ToDo.SUMMARY, words))
    return kept


def _source_data(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "texts": source.total,
        "left_out": dict(source.left_out),
        "mended": dict(source.mended),
        "faults": [list(fault) for fault in source.faults],
    }
