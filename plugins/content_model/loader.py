"""Load a content folder into a ``Library``, and collect the problems of all files.

The folders ``articles``, ``stories``, ``commitments``, ``pages`` and ``people`` contain one Markdown file per entry at
any depth, usually ``articles/<slug>/index.md`` with its pictures beside it. ``register`` contains one YAML file per
register. All of them are optional.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct, field

from plugins.base.cache import Cache, Computation, NoCache
from plugins.base.files import File, Files, digest_of, read_file, unreadable_file
from plugins.base.fingerprint import DIGEST_SIZE, Lazy
from plugins.base.line_ends import unix_line_ends
from plugins.base.positions import Positions
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.damaged_text import misread_letters, unfinished_merge
from plugins.content_model.duplicate_files import remove_copies
from plugins.content_model.entry import Entry, StrictModel
from plugins.content_model.entry_files import entry_files
from plugins.content_model.entry_source import EntrySource, EntryText
from plugins.content_model.front_matter import split
from plugins.content_model.invisible_characters import odd_characters
from plugins.content_model.library import Library
from plugins.content_model.markup_in_fields import check_fields
from plugins.content_model.page import Page, Person
from plugins.content_model.placeholders import remaining_placeholders
from plugins.content_model.references import check_references
from plugins.content_model.registers import Abbreviation, HelpContact, Registers, Spelling, Term, Topic
from plugins.content_model.search_registers import CrisisCard, Synonym
from plugins.content_model.story import Story
from plugins.content_model.to_dos import to_dos, to_dos_in
from plugins.content_model.tombstone import Tombstone
from plugins.content_model.validation import validate
from plugins.content_model.yaml_reader import YamlError, read_yaml

KINDS: dict[str, type[Entry]] = {
    "articles": Article,
    "stories": Story,
    "commitments": Commitment,
    "pages": Page,
    "people": Person,
}
REGISTER = "register"
_REGISTERS = (
    "topics.yaml",
    "help.yaml",
    "glossary.yaml",
    "withdrawn.yaml",
    "language.yaml",
    "spelling.yaml",
    "synonyms.yaml",
    "crisis.yaml",
)
#: Registers whose texts are published.
_SHOWN = frozenset({"topics.yaml", "help.yaml", "glossary.yaml", "crisis.yaml"})
#: Registers that a reader in danger relies on. A release stops at what is still to do in them.
_RELIED_ON = frozenset({"help.yaml", "crisis.yaml"})

_G = TypeVar("_G", bound=StrictModel)
#: An entry (None if it could not be read) and the problems of its file.
_Read: TypeAlias = tuple[Entry | None, list[Problem]]


def load(
    root: Path | Files, *, as_of: dt.date, release: bool = False, drafts: bool = False, documents: Collection[str] = (),
    cache: Cache | None = None,
) -> tuple[Library, list[Problem]]:  # fmt: skip
    """Read the content folder ``root``.

    Args:
        root: the content folder, or its files.
        as_of: the day of the build.
        release: True leaves out stories whose consent has ended. Other builds report them as errors.
        drafts: as in ``Library``.
        documents: extensions of the documents that readers may download.
        cache: caches the entries and registers of unchanged files.

    Returns:
        The library and all problems. It must not be published if there are errors among them.
    """
    files = root if isinstance(root, Files) else Files(root)
    registers, problems = _load_registers(files.root, cache or NoCache())
    entries: list[Entry] = []
    unread = {problem.path for problem in problems if problem.severity is Severity.ERROR}
    for name in _REGISTERS:
        problems += to_dos_in(files.root, f"{REGISTER}/{name}", stops=release and name in _RELIED_ON)
    known, unread_files = entry_files(files, KINDS, documents)
    problems += unread_files
    for (path, _), (entry, found) in zip(known, _read_entries(files, known, cache or NoCache()), strict=True):
        problems += found
        if entry is None:
            unread.add(path)
        else:
            entries.append(entry)
    originals, copied = remove_copies(entries)
    problems += copied
    library = Library(originals, registers, as_of, frozenset(unread), drafts)
    problems += check_references(library, release=release)
    return library, problems


def _read_entries(files: Files, known: Sequence[tuple[str, type[Entry]]], cache: Cache) -> Iterator[_Read]:
    """Yield the entry and the problems of each file, in order."""
    failed: dict[str, _Read] = {}
    jobs: list[Computation[_Read]] = []
    for path, kind in known:
        try:
            file = files.find(path)
        except OSError as error:
            failed[path] = (None, [unreadable_file(path, error.strerror or str(error))])
        else:
            jobs.append(Computation((kind.kind_name, path, file.digest), partial(_read_entry, file, path, kind)))
    made = iter(cache.get_or_compute_many("entry", {}, jobs))
    for path, _ in known:
        yield failed[path] if path in failed else next(made)


def _read_entry(file: File, path: str, kind: type[Entry], _: object) -> _Read:
    return _entry_of(file.read(), path, kind)


def read_entry(file: Path, path: str, kind: type[Entry]) -> _Read:
    """Read one entry from ``file``. ``path`` is its name in problems. No entry means at least one problem."""
    try:
        data = read_file(file)
    except OSError as error:
        return None, [unreadable_file(path, error.strerror or str(error))]
    return _entry_of(data, path, kind)


def _entry_of(data: bytes, path: str, kind: type[Entry]) -> _Read:
    text, problem = _decoded(data, path)
    return parse_entry(text, path, kind) if text is not None else (None, [problem] if problem else [])


def parse_entry(text: str, path: str, kind: type[Entry]) -> tuple[Entry | None, list[Problem]]:
    """Parse an entry from ``text``, the whole text of the file ``path``."""
    if unfinished := unfinished_merge(text, path):
        return None, [unfinished]
    parts = split(text, path)
    if isinstance(parts, Problem):
        return None, [parts]
    problems = [*odd_characters(parts.body, path, parts.body_line), *misread_letters(text, path)]
    try:
        document = read_yaml(parts.yaml, path, first_line=2)
    except YamlError as fault:
        return None, [*fault.problems, *problems]
    digest = digest_of(text.encode("utf-8", "surrogatepass"))
    written = Lazy.of(EntryText(parts.body, document.positions, parts.yaml), digest[:DIGEST_SIZE])
    source = EntrySource(path, parts.body_line, digest, written)
    document.positions.values[()] = Position(1, 1)
    value = document.value if document.value is not None else {}
    entry, faults = validate(kind, value, positions=document.positions, path=path, source=source)
    if entry is not None:
        problems += to_dos(parts.yaml, path, first_line=2) if entry.status == "published" else ()
        problems += remaining_placeholders(entry)
        problems += check_fields(entry, path, document.positions, f"---\n{parts.yaml}")
    return entry, [*faults, *problems]


def _read_text(file: Path, path: str) -> tuple[str | None, Problem | None]:
    try:
        return _decoded(read_file(file), path)
    except OSError as error:
        return None, unreadable_file(path, error.strerror or str(error))


def _decoded(data: bytes, path: str) -> tuple[str | None, Problem | None]:
    try:
        return unix_line_ends(data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return None, Problem(
            path,
            Position(before.count(b"\n") + 1, column),
            "not-utf-8",
            "the file is not saved as UTF-8",
            "save it again with the encoding UTF-8",
        )


def _load_registers(root: Path, cache: Cache) -> tuple[Registers, list[Problem]]:
    problems: list[Problem] = []
    positions: dict[str, dict[str, Positions]] = {}
    problems += [
        Problem(
            f"{REGISTER}/{file.name}",
            Position(),
            "unknown-register",
            f"there is no register `{file.stem}`",
            f"the registers are: {', '.join(_REGISTERS)}",
        )
        for file in sorted((root / REGISTER).glob("*"))
        if file.suffix in {".yaml", ".yml"} and file.name not in _REGISTERS
    ]
    topics = _find_register(root, "topics.yaml", Topic, "key", positions, problems, cache)
    contacts = _find_register(root, "help.yaml", HelpContact, "id", positions, problems, cache)
    glossary = _find_register(root, "glossary.yaml", Abbreviation, "term", positions, problems, cache)
    withdrawn = _find_register(root, "withdrawn.yaml", Tombstone, "id", positions, problems, cache)
    language = _find_register(root, "language.yaml", Term, "id", positions, problems, cache)
    spelling = _find_register(root, "spelling.yaml", Spelling, "word", positions, problems, cache)
    synonyms = _find_register(root, "synonyms.yaml", Synonym, "id", positions, problems, cache)
    crisis = _find_register(root, "crisis.yaml", CrisisCard, "id", positions, problems, cache)
    meanings = {term: abbreviation.meaning for term, abbreviation in glossary.items()}
    found = (topics, contacts, meanings, withdrawn, language, spelling, synonyms, crisis)
    return Registers(*found, positions), problems


class _Register(Struct, Generic[_G], frozen=True):
    """What a register holds.

    Attributes:
        items: by their keys.
        places: the positions of the values of each item, by its key.
        problems: of its file.
    """

    items: Mapping[str, _G] = field(default_factory=dict)
    places: Mapping[str, Positions] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def _find_register(  # noqa: PLR0913, PLR0917 - what is read, and where its findings go
    root: Path,
    name: str,
    model: type[_G],
    key_field: str,
    positions: dict[str, dict[str, Positions]],
    problems: list[Problem],
    cache: Cache,
) -> dict[str, _G]:
    file, path = root / REGISTER / name, f"{REGISTER}/{name}"
    if not file.exists():
        return {}
    text, problem = _read_text(file, path)
    problem = problem or unfinished_merge(text or "", path)
    if problem is not None:
        problems.append(problem)
        text = ""
    written = text or ""
    read = partial(_read_register, written, name, model, key_field)
    found = cache.get_or_compute("register", (name, digest_of(written.encode("utf-8", "surrogatepass"))), read)
    problems += found.problems
    if found.places:
        positions[name] = dict(found.places)
    return dict(found.items)


def _read_register(text: str, name: str, model: type[_G], key_field: str) -> _Register[_G]:
    path = f"{REGISTER}/{name}"
    problems = list(misread_letters(text, path))
    try:
        document = read_yaml(text, path)
    except YamlError as fault:
        return _Register(problems=(*problems, *fault.problems))
    items = document.value if document.value is not None else []
    if not isinstance(items, list):
        wrong = Problem(
            path,
            document.positions.of(()),
            "wrong-type",
            "a register is a list",
            f"begin each item with  - {key_field}: ...",
        )
        return _Register(problems=(*problems, wrong))
    found: dict[str, _G] = {}
    positions: dict[str, Positions] = {}
    for number, (item, places) in enumerate(zip(items, document.positions.of_items(len(items)), strict=True)):
        made, faults = validate(model, item, positions=document.positions, path=path, at=(number,))
        problems += faults
        if made is None:
            continue
        if name in _SHOWN:
            problems += check_fields(made, path, places, text)
        key = str(getattr(made, key_field))
        if key in found:
            problems.append(
                Problem(
                    path,
                    document.positions.of((number, key_field)),
                    "duplicate-id",
                    f"`{key}` stands twice in the register",
                    "give each its own",
                ),
            )
        found.setdefault(key, made)
        positions.setdefault(key, places)
    return _Register(found, positions, tuple(problems))
