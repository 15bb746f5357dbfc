"""Read the words of a page of Elementor, which it keeps as JSON beside an empty body."""

from __future__ import annotations

import json
from html import escape

#: Words of a widget of Elementor, in the order in which it shows them.
_WIDGET_WORDS = (
    "title", "title_text", "heading", "editor", "html", "description_text", "text", "tab_title", "tab_content",
    "testimonial_content", "testimonial_name", "testimonial_job", "alert_title", "alert_description", "caption",
)  # fmt: skip


def elementor_html(data: str) -> str:
    """Return the words of a page of Elementor, which it keeps as JSON."""
    try:
        read = json.loads(data)
    except ValueError:
        return ""
    parts: list[str] = []
    stack = [read]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            settings = one.get("settings")
            if isinstance(settings, dict):
                stack.extend(reversed([value for value in settings.values() if isinstance(value, list)]))
                parts += [
                    _widget(name, settings[name]) for name in _WIDGET_WORDS if isinstance(settings.get(name), str)
                ]
                picture = settings.get("image")
                if isinstance(picture, dict) and picture.get("url"):
                    parts.append(
                        f'<img src="{escape(str(picture["url"]))}" alt="{escape(str(picture.get("alt", "")))}">'
                    )
            else:
                parts += [_widget(name, one[name]) for name in _WIDGET_WORDS if isinstance(one.get(name), str)]
            stack.append(one.get("elements") or [])
    return "\n".join(part for part in parts if part)


def _widget(name: str, words: str) -> str:
    if not words.strip():
        return ""
    if name in {"title", "heading", "title_text", "tab_title"}:
        return f"<h2>{words}</h2>"
    return f"<div>{words}</div>" if "<" in words else f"<p>{words}</p>"
