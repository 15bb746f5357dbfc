"""Validate YAML values with models, and turn errors of pydantic into problems for authors."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plugins.base.positions import FieldPath, Positions, Value
from plugins.base.problem import Problem
from plugins.content_model.entry import Entry, RuleViolation
from plugins.content_model.invisible_characters import is_invisible, misleading_character
from plugins.content_model.other_generators import hint_for, own_field_name

_Model = TypeVar("_Model", bound=BaseModel)

#: Errors of values in ASCII, for which a misleading character is the likely cause.
_SPELT = frozenset(
    {"ambiguous-date", "bad-email", "bad-hash", "bad-id", "bad-slug", "extra_forbidden", "literal_error"}
)
#: Errors of names and values that may have a plain space, at their end or before a time.
_SPACED = frozenset({"ambiguous-date", "extra_forbidden"})
#: Errors of values that may contain any letter, but no invisible character.
_ADDRESSES = frozenset({"bad-address", "bad-alias", "bad-feed-id"})
#: Fields that the loader sets. Authors may not write them.
_RESERVED = frozenset({"source"})


def validate(
    model: type[_Model],
    value: Any,  # noqa: ANN401 - what YAML gave
    *,
    positions: Positions,
    path: str,
    at: FieldPath = (),
    **given: object,
) -> tuple[_Model | None, list[Problem]]:
    """Validate ``value`` as a ``model``.

    Args:
        model: the model class.
        value: the parsed YAML.
        positions: positions of its parts.
        path: the file, for problems.
        at: path from the root of the file to ``value``.
        given: fields that do not come from the file.

    Returns:
        The model (None if the value is invalid) and the problems.
    """
    if not isinstance(value, dict):
        return None, [
            Problem(
                path,
                positions.of(at),
                "wrong-type",
                "a group of `name: value` lines is expected here",
                "write one field a line:  name: value",
            ),
        ]
    reserved = _RESERVED & value.keys() if issubclass(model, Entry) else frozenset()
    problems = [
        Problem(path, positions.of_key((*at, key)), "unknown-field", *_unknown_field(key, model, value))
        for key in reserved
    ]
    fields = {key: part for key, part in value.items() if key not in reserved}
    try:
        made = model.model_validate({**fields, **given})
    except ValidationError as error:
        details = error.errors(include_url=False)
        meant = {(*detail["loc"][:-1], _meant_field(detail, model)) for detail in details}
        # A field under another name is reported as unknown, not as missing too.
        details = [detail for detail in details if not (detail["type"] == "missing" and detail["loc"] in meant)]
        problems += [_problem(detail, model, positions, path, at) for detail in details]
        reported = {_location(detail["loc"], positions, at) for detail in details}
        return None, [*problems, *_empty(value, positions, path, at, reported)]
    problems += _empty(fields, positions, path, at, set())
    problems += as_problems(_faults(made), positions=positions, path=path, at=at)
    return made, problems


def _empty(
    value: Value, positions: Positions, path: str, at: FieldPath, reported: AbstractSet[FieldPath]
) -> Iterator[Problem]:
    """Yield a problem for each field without a value, but for ``reported`` ones.

    Pydantic accepts None for an optional field, but the author may have forgotten the value.
    """
    if value is None and at not in reported:
        yield Problem(
            path,
            positions.of(at),
            "empty-value",
            f"`{_field_name(at)}`: the field has no value",
            "write a value after the colon, or delete the line",
        )
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _empty(part, positions, path, (*at, key), reported)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _empty(part, positions, path, (*at, number), reported)


def as_problems(
    faults: Iterable[RuleViolation], *, positions: Positions, path: str, at: FieldPath = ()
) -> list[Problem]:
    """Return a problem for each violation, at the position of its field in the file ``path``."""
    return [
        Problem(path, _place_of_fault(positions, (*at, *fault.field)), fault.name, fault.message, fault.hint)
        for fault in faults
    ]


def unknown_key_hint(key: str, known: Iterable[str], noun: str, place: str) -> str:
    """Return the hint for a ``key`` that is not in ``known``: the closest of them, or where a ``noun`` is added."""
    close = closest_match(key, known)
    return f"did you mean `{close}`?" if close else f"choose a {noun} of {place}, or add one there"


def closest_match(word: str, known: Iterable[str]) -> str | None:
    """Return the word of ``known`` that is most similar to ``word``, or None if none is similar."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def _faults(made: BaseModel) -> Iterator[RuleViolation]:
    faults = getattr(made, "violations", None)
    if faults is not None:
        yield from faults()


def _place_of_fault(positions: Positions, path: FieldPath) -> Any:  # noqa: ANN401
    """Return the position of a field's key, or of a list item's value."""
    return positions.of(path) if path and isinstance(path[-1], int) else positions.of_key(path)


def _problem(detail: ErrorDetails, model: type[BaseModel], positions: Positions, path: str, at: FieldPath) -> Problem:
    location = _location(detail["loc"], positions, at)
    context = detail.get("ctx", {})
    field = str(location[-1]) if location else ""
    kind = detail["type"]
    odd = positions.odd.get(location)
    if odd is not None and _is_for(odd[0], kind, detail["input"]):
        where = f"`{_field_name(location)}`"
        return misleading_character(path, odd[1], odd[0], where, spaces=kind in _SPACED)
    if "hint" in context:
        message = str(context["message"])
        return Problem(
            path, positions.of(location), kind, f"`{_field_name(location)}`: {message}", str(context["hint"])
        )
    if kind == "extra_forbidden":
        holder = _model_at(model, location[len(at) : -1])
        beside = [way[-1] for way in positions.keys if way[:-1] == location[:-1]]
        message_and_hint = _unknown_field(field, holder, beside, detail["input"])
        return Problem(path, positions.of_key(location), "unknown-field", *message_and_hint)
    if kind == "missing":
        return Problem(
            path,
            positions.of(location[:-1]),
            "missing-field",
            f"the field `{field}` is missing",
            f"add a line  {field}: ...",
        )
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "`")
        given = detail["input"]
        close = (
            closest_match(given, allowed.replace("`", "").replace(" or ", ", ").split(", "))
            if isinstance(given, str)
            else None
        )
        hint = f"did you mean `{close}`?" if close else f"write one of: {allowed}"
        shown = f"`{given}`" if isinstance(given, str) else "this"
        return Problem(
            path,
            positions.of(location),
            "unknown-choice",
            f"`{_field_name(location)}` may not be {shown}; it is one of {allowed}",
            hint,
        )
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return Problem(
            path,
            positions.of(location),
            "wrong-type",
            f"`{_field_name(location)}` needs fields of its own",
            "write them below it, one a line, indented by two spaces",
        )
    return Problem(
        path,
        positions.of(location),
        "wrong-type",
        f"`{_field_name(location)}`: {detail['msg']}",
        "write a value of the kind that the field asks for",
    )


def _is_for(odd: str, kind: str, given: object) -> bool:
    """Return True if the misleading character ``odd`` is the likely cause of an error of type ``kind``."""
    if kind in _ADDRESSES:
        return is_invisible(odd)
    return kind in _SPELT or (kind == "wrong-type" and isinstance(given, str))


def _location(loc: tuple[int | str, ...], positions: Positions, at: FieldPath) -> FieldPath:
    """Return the location ``loc`` of pydantic as a path in the file, without its steps that name a type."""
    path: list[int | str] = list(at)
    last = len(loc) - 1
    for number, step in enumerate(loc):
        candidate = (*path, step)
        if number == last or candidate in positions.values or candidate in positions.keys:
            path.append(step)
    return tuple(path)


def _field_name(location: FieldPath) -> str:
    """Return a path as shown in messages, for example ``updated[2].on``. Items count from 1."""
    name = ""
    for step in location:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def _model_at(model: type[BaseModel], steps: FieldPath) -> type[BaseModel]:
    """Return the model class at a path below ``model``, from its annotations."""
    for step in steps:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        inner = _group_in(field.annotation) if field is not None else None
        if inner is None:
            break
        model = inner
    return model


def _group_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _group_in(part)
        if found is not None:
            return found
    return None


def _meant_field(detail: ErrorDetails, model: type[BaseModel]) -> str | None:
    """Return the field that an unknown one is probably meant for, or None."""
    if detail["type"] != "extra_forbidden":
        return None
    *way, field = detail["loc"]
    known = _model_at(model, tuple(way)).model_fields.keys() - _RESERVED
    return own_field_name(str(field), known) or _closest_field(str(field), known)


def _closest_field(field: str, known: Iterable[str]) -> str | None:
    return closest_match(field.strip().lower().replace(" ", "_"), known)


def _unknown_field(
    field: str, model: type[BaseModel], beside: Collection[object], value: object = None
) -> tuple[str, str]:
    """Return message and hint for the unknown ``field``. ``beside`` are the fields of the same group."""
    known = model.model_fields.keys() - _RESERVED
    here = own_field_name(field, known)
    if here is not None:
        return f"there is no field `{field}` in {_article(model)}", hint_for(field, here, value, beside)
    close = _closest_field(field, known)
    what = f"there is no field `{field}` in {_article(model)}"
    if close in beside:
        return what, f"take the line out: `{close}` is there already"
    return what, f"did you mean `{close}`?" if close else f"delete it; the fields are: {', '.join(sorted(known))}"


def _article(model: type[BaseModel]) -> str:
    name = getattr(model, "kind_name", None) or _words(model.__name__)
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _words(camel: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in camel).strip()
