"""Validate the state of a form, as a page sends it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from plugins.base.positions import Value


class FormState(Struct, frozen=True):
    """The state of a form, as a page sends it.

    Attributes:
        base: digest of the saved version that the author started from.
        version: digest of the version that the form shows.
        values: the fields. Empty if the whole text was sent.
        body: the Markdown.
        source: the whole text, or None if there is a form.
    """

    base: str
    version: str
    values: Mapping[str, Value]
    body: str
    source: str | None = None

    @classmethod
    def of(cls, sent: object) -> FormState:
        """Validate ``sent``, which was parsed from JSON.

        Raises:
            TypeError: if it has another form.
        """
        if not isinstance(sent, dict):
            raise TypeError("a state is an object")
        base, version, body = (_text(sent.get(name, "")) for name in ("base", "version", "body"))
        source = sent.get("source")
        values = sent.get("values", {})
        if not isinstance(values, dict):
            raise TypeError("values are an object")
        fields = {_text(name): _value(value) for name, value in values.items()}
        return cls(base, version, fields, body, None if source is None else _text(source))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    # JSON can contain lone surrogates, which UTF-8 cannot encode.
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _value(value: object) -> Value:
    if isinstance(value, dict):
        return {_text(name): _value(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_value(one) for one in value]
    return None if value is None else _text(value)
