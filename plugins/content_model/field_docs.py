"""Read the documentation of the fields of a model from the docstrings below them.

The handbook and the JSON schemas for editors are generated from it.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import itertools
import textwrap
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from pydantic.fields import FieldInfo

from plugins.content_model.alias import Alias, FormerAddress
from plugins.content_model.entry import StrictModel
from plugins.content_model.fields import (
    Day,
    Digest,
    Email,
    FeedId,
    File,
    Flag,
    Identifier,
    Reason,
    Slug,
    Summary,
    Text,
    WebAddress,
)

#: For each form of a value: its type, its name for authors, and an example.
TYPES: dict[str, tuple[Any, str, str]] = {
    "day": (Day, "a day", "2026-11-22"),
    "flag": (Flag, "true or false", "true"),
    "identifier": (Identifier, "a permanent code", "w4k8t2m6zq3v"),
    "alias": (Alias, "an old address", "/blog/sober-summers"),
    "address": (WebAddress, "a web address", "https://www.nhs.uk/"),
    "email": (Email, "an e-mail address", "name@example.org"),
    "former-address": (FormerAddress, "an old address", "/blog/sober-summers"),
    "file": (File, "the name of a file", "cover.jpg"),
    "feed-id": (FeedId, "an id in feeds", "https://old.example.org/?p=12"),
    "digest": (Digest, "a fingerprint", ""),
    "summary": (Summary, "one or two sentences", "What the page is about."),
    "reason": (Reason, "a sentence", "The page is about work, and names no drink."),
    "slug": (Slug, "a short name", "sober-summers"),
    "text": (Text, "a text", "A few words"),
}


class FieldNote(Struct, frozen=True):
    """Documentation of one field of a model.

    Attributes:
        name: key in the front matter.
        meaning: one or two sentences for authors.
        needed: True if the field is required.
        many: True if its value is a list.
        form: a key of ``TYPES``, "choice" or "group".
        choices: allowed values of a choice.
        fields: fields of a group.
    """

    name: str
    meaning: str
    needed: bool
    many: bool
    form: str
    choices: tuple[str, ...] = ()
    fields: tuple[FieldNote, ...] = ()

    @property
    def words(self) -> str:
        """Description of its value for authors."""
        if self.form == "group":
            return "a list of groups" if self.many else "a group of fields"
        one = f"one of: {', '.join(self.choices)}" if self.form == "choice" else TYPES[self.form][1]
        return f"a list; each is {one}" if self.many else one

    @property
    def example(self) -> str:
        """An example of its value on one line, or "" for a group."""
        if self.form == "group":
            return ""
        one = self.choices[0] if self.form == "choice" else TYPES[self.form][2]
        return f"[{one}]" if self.many and one else one


def notes(model: type[StrictModel]) -> tuple[FieldNote, ...]:
    """Return the documentation of the fields of ``model`` that authors write, in the order of the model.

    Raises:
        ValueError: when a field has no docstring.
    """
    meanings = _meanings(model)
    found = []
    for name, info in model.model_fields.items():
        if info.exclude:
            continue
        if name not in meanings:
            raise ValueError(f"{model.__name__}.{name} has no docstring below it that says what it is")
        found.append(_note(name, meanings[name], info))
    return tuple(found)


def _meanings(model: type[StrictModel]) -> dict[str, str]:
    """Return the docstrings below the fields of ``model`` and of its base classes, by field."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if not issubclass(cls, StrictModel):
            continue
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
        body = tree.body if isinstance(tree, ast.ClassDef) else []
        for field, words in itertools.pairwise(body):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(words, ast.Expr)
                and isinstance(words.value, ast.Constant)
            ):
                found[field.target.id] = inspect.cleandoc(str(words.value.value))
    return found


def _note(name: str, meaning: str, info: FieldInfo) -> FieldNote:
    # Pydantic splits Annotated. It is put together again to compare it with the types in `fields.py`.
    kind = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    kind = _without_none(kind)
    many = get_origin(_bare(kind)) is tuple
    if many:
        kind = get_args(_bare(kind))[0]
    if get_origin(kind) is Literal:
        return FieldNote(name, meaning, info.is_required(), many, "choice", tuple(map(str, get_args(kind))))
    if inspect.isclass(kind) and issubclass(kind, StrictModel):
        return FieldNote(name, meaning, info.is_required(), many, "group", fields=notes(kind))
    return FieldNote(name, meaning, info.is_required(), many, _form(kind))


def _bare(kind: Any) -> Any:  # noqa: ANN401 - types of any kind are looked at
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _without_none(kind: Any) -> Any:  # noqa: ANN401
    """Return ``T`` of ``T | None``, and any other type as it is."""
    if get_origin(kind) in {Union, UnionType}:
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _form(kind: Any) -> str:  # noqa: ANN401
    for form, (known, _, _) in TYPES.items():
        if kind == known:
            return form
    bare = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, dt.date):
        return "day"
    raise TypeError(f"{kind} is no type of a field that authors write")
