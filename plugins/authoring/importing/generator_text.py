"""Replace shortcodes, template tags and special links in the Markdown of other generators."""

from __future__ import annotations

import re
from html import escape

from plugins.authoring.importing.item import CONTENTS_LEFT_OUT, KEPT_ITS_WORDS, Note, Urgency, shortened

_HUGO = re.compile(r"\{\{([<%])\s*+(?P<end>/?)\s*+(?P<name>[\w/.-]++)(?P<rest>[^{}]*+)(?<=[>%])\}\}")
_LIQUID = re.compile(r"\{%-?\s*+(?P<name>\w++)(?P<rest>[^%{]*+(?:(?:%(?!\})|\{(?!%))[^%{]*+)*)%\}")
_OUTPUT = re.compile(r"\{\{(?P<inner>[^{}]*+)\}\}")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(\w*)[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL)
_PELICAN = re.compile(r"(?<=[(\"'])[{|](?:filename|static|attach|author|category|tag|index)[}|]/?")
#: The mark in whose place kramdown writes a table of contents.
_CONTENTS = re.compile(r"^(?:[*+-]|\d+\.)[ \t].*\n\{:[ \t]*toc\b[^}\n]*\}[ \t]*$", re.MULTILINE)
_PARAMETER = re.compile(r"""(?:(\w+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`]+))""")
#: Address templates of videos, by shortcode.
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
_SITE = re.compile(r"site\.(?:baseurl|url|base_url)|\.Site\.BaseURL", re.IGNORECASE)
_PATH = re.compile(r"""["']([^"']+)["']\s*\|\s*(?:relative_url|absolute_url|url|relURL|absURL|prepend.*)""")


def plain_markdown(text: str) -> tuple[str, list[Note]]:
    """Return ``text`` as plain Markdown, and notes on removed parts."""
    notes: list[Note] = []
    text = _HIGHLIGHT.sub(lambda match: f"\n```{match[1]}\n{match[2].rstrip()}\n```\n", text)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[1])
        return f"\ue050{len(kept) - 1}\ue051"

    text = re.sub(r"(^```.*?^```[ \t]*$)", keep, _RAW.sub(keep, text), flags=re.DOTALL | re.MULTILINE)
    text, contents = _CONTENTS.subn("", text)
    notes += [Note(Urgency.LEFT_OUT, CONTENTS_LEFT_OUT)] * contents
    text = _HUGO.sub(lambda match: _hugo(match, notes), text)
    text = _LIQUID.sub(lambda match: _liquid(match, notes), text)
    text = _OUTPUT.sub(lambda match: _output(match, notes), text)
    text = _PELICAN.sub("/", text)
    return re.sub("\ue050(\\d+)\ue051", lambda match: kept[int(match[1])], text), notes


def _parameters(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, match in enumerate(_PARAMETER.finditer(rest)):
        name, *values = match.groups()
        found[name or str(number)] = next((value for value in values if value is not None), "")
    return found


def _hugo(match: re.Match[str], notes: list[Note]) -> str:
    name, given = match["name"], _parameters(match["rest"].rstrip("/>% \n"))
    if match["end"]:
        return ""
    if name in {"ref", "relref"}:
        return given.get("0", given.get("path", ""))
    if name == "figure" or "src" in given:
        caption = given.get("caption", "") or given.get("title", "")
        figcaption = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        source, alt = escape(given.get("src", given.get("0", ""))), escape(given.get("alt", ""))
        return f'\n\n<figure><img src="{source}" alt="{alt}">{figcaption}</figure>\n\n'
    if name in _VIDEOS and (found := given.get("id") or given.get("0")):
        address = found if found.startswith("http") else _VIDEOS[name].format(found)
        notes.append(Note(Urgency.CHANGED, "a video, a map or another embed became a link", address))
        return f"<{address}>"
    if re.search(rf"\{{\{{[<%]\s*/\s*{re.escape(name)}\b", match.string[match.end() :]):
        words = [value for key, value in given.items() if key in {"title", "text", "label", "caption", "summary"}]
        notes.append(Note(Urgency.CHANGED, KEPT_ITS_WORDS, shortened(match[0])))
        return "".join(f"\n\n**{word}**\n\n" for word in words)
    notes.append(
        Note(Urgency.LOST, "a shortcode stood for something that only the old site could make", shortened(match[0]))
    )
    return ""


def _liquid(match: re.Match[str], notes: list[Note]) -> str:
    name, rest = match["name"], match["rest"].strip("- \n")
    if name in {"link", "post_url"}:
        path = rest.strip("\"' ")
        return f"/{path}" if name == "link" else f"/_posts/{path}.md"
    if name in {"image", "img", "figure"}:
        given = _parameters(rest.replace(",", " "))
        source = given.get("src", given.get("0", ""))
        return f'<img src="{escape(source)}" alt="{escape(given.get("alt", given.get("1", "")))}">'
    if name == "youtube" and rest:
        address = rest.strip("\"' ")
        address = address if address.startswith("http") else _VIDEOS["youtube"].format(address)
        notes.append(Note(Urgency.CHANGED, "a video, a map or another embed became a link", address))
        return f"<{address}>"
    if name in {"comment", "endcomment"} or name.startswith("end"):
        return ""
    notes.append(
        Note(Urgency.LOST, "a template tag stood for something that only the old site could make", shortened(match[0]))
    )
    return ""


def _output(match: re.Match[str], notes: list[Note]) -> str:
    inner = match["inner"].strip("- \n")
    if found := _PATH.search(inner):
        return found[1]
    if not _SITE.fullmatch(inner.strip()):
        notes.append(
            Note(
                Urgency.LOST,
                "a template tag stood for something that only the old site could make",
                shortened(match[0]),
            )
        )
    return ""
