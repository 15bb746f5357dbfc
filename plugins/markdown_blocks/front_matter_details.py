"""Front-matter details: contact details in the fields of an entry or a register, where no link can replace them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel

from plugins.content_model.positions import FieldPath, Positions
from plugins.content_model.problem import Problem
from plugins.markdown_blocks.contact_details import check_contact_details


def check_fields(model: BaseModel, positions: Positions, path: str) -> Iterator[Problem]:
    """Yield a problem for each telephone number and each e-mail address in the public texts of ``model``.

    Args:
        model: an entry, or an item of a register.
        positions: where its fields stand.
        path: the file, relative to the content folder.
    """
    private = set(getattr(type(model), "private", ()))
    for field, text in _texts(model.model_dump(exclude=private), ()):
        for problem in check_contact_details(text, path):
            yield replace(
                problem,
                position=positions.of(field),
                mend="take it out, and link to the contact in the text: `[name](help:id)`",
            )


def _texts(value: object, field: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*field, str(key)))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _texts(part, (*field, number))
