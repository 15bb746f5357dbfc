"""Edits of the theme, the settings, the code and the environment."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.engine.incremental.editing import Edit, Scribe

_TEMPLATES = ("article", "entry", "base", "document", "home", "listing", "recent", "topic", "redirect", "gone")
_COMPONENTS = ("article-card", "picture", "site-footer", "help-contact", "commitment-card", "byline")
_STYLES = ("components/article-card/article-card.css", "components/quote/quote.css", "styles/base/tokens.css")
#: Settings with values that pages, feeds or files show.
_SETTINGS: dict[str, tuple[object, ...]] = {
    "SITENAME": ("Another name", "A & B", "Help Me Stop"),
    "SITESUBTITLE": ("Another line.", "Yet another line."),
    "SITEURL": ("https://example.org", "https://example.org/a/community", "http://localhost:8000"),
    "PAGE_SIZE": (1, 3, 12),
    "HOME_DOORS": ([["For me", "Mine", "/help/", "for-me"]], [["Read", "Anything", "/articles/", "work"]]),
    "HOME_STORIES": (1, 3),
    "HOME_COMMITMENTS": (1, 4),
    "RECENT_ARTICLES_COUNT": (1, 5),
    "RELATED_ARTICLES_COUNT": (1, 2),
    "FEED_ITEMS": (2, 3, 20),
    "FEED_TTL": (60, 720),
    "FEED_ALIASES": ([], ["/feed/", "/rss.xml"]),
    "FEED_RIGHTS": ("© Somebody", "© Nobody"),
    "FEED_HELP_CONTACTS": (["emergency"], ["emergency", "samaritans"]),
    "FEED_WITHDRAWN_DAYS": (1, 365),
    "FEED_SIZE_LIMIT": (12_000, 256_000),
    "SEARCH_LIMIT": (500, 60_000),
    "SEARCH_LIST_LIMIT": (2, 5, 120),
    "EXIT_URL": ("https://www.example.org/weather", "https://www.example.com/"),
    "NAVIGATION": ([["All", "/articles/"]], [["Stories", "/stories/"], ["About", "/about/"]]),
    "FOOTER": ([["Who", "/people/"]], [["Charter", "/charter/"], ["Receipt", "/privacy-receipt/"]]),
    "SITE_LANGUAGE": ("en", "en-GB"),
    "SITE_CONTACT": ("", "help-me-stop"),
    "ICON_LABEL": ("Another label", "Yet another label"),
    "HANDBOOK_PATH": ("", "docs/handbook"),
}
#: Texts in our code that outputs show, and others for them.
_CODE = (
    ("plugins/feeds/metadata.py", 'GENERATOR = "Pelican"', 'GENERATOR = "Pelicans"'),
    ("plugins/feeds/items.py", '"No longer available"', '"Not available any longer"'),
    ("plugins/pages/lists.py", '"Choose what you would like to read about."', '"Choose what to read about."'),
    ("plugins/pages/template_context.py", 'Link("Home", permalink.HOME)', 'Link("The start", permalink.HOME)'),
    ("plugins/feeds/opml.py", 'SUBJECT = "A list of every feed"', 'SUBJECT = "Every feed"'),
    ("plugins/markdown_blocks/tree_processors.py", '"aria-label": "Table"', '"aria-label": "A table"'),
    ("plugins/commitments/summary.py", '"is kept"', '"is quite kept"'),
    ("plugins/content_model/commitment.py", '"Some progress"', '"Some more progress"'),
    ("plugins/recent_articles/related.py", "reversed(with_topics[1:])", "with_topics[1:]"),
    ("plugins/search/tokenizer.py", r'"[^\W_]+"', r'"[^\W_]{4,}"'),
    ("plugins/images/encoding.py", '"quality": 76', '"quality": 50'),
)
_ENVIRONMENTS = (
    {"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}, {"TZ": "Pacific/Kiritimati"},
    {"TZ": "America/Los_Angeles"}, {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "POSIX"},
)  # fmt: skip


def template(scribe: Scribe, chance: Random) -> None:
    """Change a template by a byte or more."""
    _mark(scribe.theme / f"templates/{chance.choice(_TEMPLATES)}.html", scribe)


def component(scribe: Scribe, chance: Random) -> None:
    """Change a component."""
    _mark(scribe.theme / f"components/{chance.choice(_COMPONENTS)}/macro.html", scribe)


def _mark(file: Path, scribe: Scribe) -> None:
    text = file.read_text(encoding="utf-8")
    changed = text.replace("class=", f'data-edit="{scribe.fresh()}" class=', 1)
    file.write_text(changed if changed != text else f"{text}<!-- {scribe.fresh()} -->\n", encoding="utf-8")


def template_unnoticed(scribe: Scribe, chance: Random) -> None:
    """Change a template and nothing that the file system tells of it."""
    file = scribe.theme / "components/article-card/macro.html"
    before, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("A story<", "A STORY<") if "A story<" in text else text.replace("A STORY<", "A story<")
    )
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def style(scribe: Scribe, chance: Random) -> None:
    """Change a style."""
    selector = chance.choice((".article-card", "main", "blockquote"))
    scribe.append(scribe.theme / chance.choice(_STYLES), f"\n{selector} {{\n  opacity: .{scribe.fresh()};\n}}\n")


def script(scribe: Scribe, chance: Random) -> None:
    """Change a script."""
    file = chance.choice(sorted(scribe.theme.glob("components/*/*.js")))
    scribe.append(file, f"void {scribe.fresh()};\n")


def static(scribe: Scribe, chance: Random) -> None:
    """Add, change or remove a file of the theme that is copied."""
    folder = scribe.theme / "static"
    added = sorted(folder.glob("added/*.txt"))
    what = chance.randrange(3)
    if what == 0 or not added:
        (folder / "added").mkdir(exist_ok=True)
        (folder / f"added/{scribe.fresh()}.txt").write_text("Added.\n", encoding="utf-8")
    elif what == 1:
        scribe.append(added[0], "More.\n")
    else:
        added[0].unlink()


def theme_moved(scribe: Scribe, chance: Random) -> None:
    """Take the theme from another folder."""
    new = f"theme-{scribe.fresh()}"
    scribe.theme.rename(scribe.root / new)
    scribe.wish = replace(scribe.wish, theme=new)


def content_moved(scribe: Scribe, chance: Random) -> None:
    """Take the content from another folder: one whose name the handbook does not know, or that it knows."""
    new = "content" if scribe.wish.content != "content" else f"texts-{scribe.fresh()}"
    scribe.content.rename(scribe.root / new)
    scribe.wish = replace(scribe.wish, content=new)


def setting(scribe: Scribe, chance: Random) -> None:
    """Change a setting for this build and those after it."""
    name = chance.choice(sorted(_SETTINGS))
    values = [value for value in _SETTINGS[name] if value != scribe.wish.settings.get(name)]
    scribe.wish = replace(scribe.wish, settings={**scribe.wish.settings, name: chance.choice(values)})


def settings_gone(scribe: Scribe, chance: Random) -> None:
    """Build with the project's own settings again."""
    scribe.wish = replace(scribe.wish, settings={})


def settings_file(scribe: Scribe, chance: Random) -> None:
    """Change a setting in the file of settings."""
    scribe.replace(scribe.root / "pelicanconf.py", r"^SITESUBTITLE = .*$", f'SITESUBTITLE = "Line {scribe.fresh()}"')


def code(scribe: Scribe, chance: Random) -> None:
    """Change a text or a rule in our code, or change it back."""
    name, old, new = chance.choice(_CODE)
    file = scribe.root / name
    text = file.read_text(encoding="utf-8")
    if old not in text:
        old, new = new, old
    assert text.count(old) == 1, f"{old} is not in {name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def environment(scribe: Scribe, chance: Random) -> None:
    """Build once in another language, another place of the world, or with other hashes."""
    scribe.wish = replace(scribe.wish, environment=chance.choice(_ENVIRONMENTS))


#: What a process that has read the code would not see.
FRESH: tuple[Edit, ...] = (code, environment, settings_file)
SITE_EDITS: tuple[Edit, ...] = (
    component, content_moved, script, setting, settings_gone, static, style, template, template_unnoticed, theme_moved,
    *FRESH,
)  # fmt: skip
