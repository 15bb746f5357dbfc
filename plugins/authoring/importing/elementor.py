"""Convert a page of Elementor to HTML. Elementor stores it as JSON beside an empty body."""

from __future__ import annotations

import json
from html import escape

#: Keys of a widget that hold text, in the order in which Elementor shows them.
_WIDGET_WORDS = (
    "title", "title_text", "heading", "editor", "html", "description_text", "text", "tab_title", "tab_content",
    "testimonial_content", "testimonial_name", "testimonial_job", "alert_title", "alert_description", "caption",
)  # fmt: skip


def elementor_html(data: str) -> str:
    """Return the HTML of a page that Elementor stored as the JSON ``data``."""
    try:
        read = json.loads(data)
    except ValueError:
        return ""
    parts: list[str] = []
    stack = [read]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            settings = value.get("settings")
            if isinstance(settings, dict):
                stack.extend(reversed([item for item in settings.values() if isinstance(item, list)]))
                parts += [
                    _widget(name, settings[name]) for name in _WIDGET_WORDS if isinstance(settings.get(name), str)
                ]
                picture = settings.get("image")
                if isinstance(picture, dict) and picture.get("url"):
                    parts.append(
                        f'<img src="{escape(str(picture["url"]))}" alt="{escape(str(picture.get("alt", "")))}">'
                    )
            else:
                parts += [_widget(name, value[name]) for name in _WIDGET_WORDS if isinstance(value.get(name), str)]
            stack.append(value.get("elements") or [])
    return "\n".join(part for part in parts if part)


def _widget(name: str, words: str) -> str:
    if not words.strip():
        return ""
    if name in {"title", "heading", "title_text", "tab_title"}:
        return f"<h2>{words}</h2>"
    return f"<div>{words}</div>" if "<" in words else f"<p>{words}</p>"
