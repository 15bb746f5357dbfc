"""Edits of the theme, the settings, the code and the environment."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

from msgspec.structs import replace

from tests.engine.incremental.editing import Edit, Project

_TEMPLATES = ("article", "entry", "base", "document", "home", "listing", "recent", "topic", "redirect", "gone")
_COMPONENTS = ("article-card", "picture", "site-footer", "help-contact", "commitment-card", "byline")
_STYLES = ("components/article-card/article-card.css", "components/quote/quote.css", "styles/base/tokens.css")
#: Settings, with values that change pages, feeds or files.
_SETTINGS: dict[str, tuple[object, ...]] = {
    "SITENAME": ("Another name", "A & B", "Elm Tree Hub"),
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
    "SITE_CONTACT": ("", "elm-tree-hub"),
    "ICON_LABEL": ("Another label", "Yet another label"),
    "HANDBOOK_PATH": ("", "docs/handbook"),
}
#: Source texts that appear in the output, each with a replacement.
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
    ("plugins/search/tokenizer.py", "if chr(code).isalnum() else", "if chr(code).isalnum() and code != ord('e') else"),
    ("plugins/images/renditions.py", '"quality": 76', '"quality": 50'),
)
_ENVIRONMENTS = (
    {"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}, {"TZ": "Pacific/Kiritimati"},
    {"TZ": "America/Los_Angeles"}, {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "POSIX"},
)  # fmt: skip


def template(project: Project, rng: Random) -> None:
    """Change a template."""
    _mark(project.theme / f"templates/{rng.choice(_TEMPLATES)}.html", project)


def component(project: Project, rng: Random) -> None:
    """Change a component."""
    _mark(project.theme / f"components/{rng.choice(_COMPONENTS)}/macro.html", project)


def _mark(file: Path, project: Project) -> None:
    text = file.read_text(encoding="utf-8")
    changed = text.replace("class=", f'data-edit="{project.fresh()}" class=', 1)
    file.write_text(changed if changed != text else f"{text}<!-- {project.fresh()} -->\n", encoding="utf-8")


def template_unnoticed(project: Project, rng: Random) -> None:
    """Change a template without changing its length or modification time."""
    file = project.theme / "components/article-card/macro.html"
    before, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("A story<", "A STORY<") if "A story<" in text else text.replace("A STORY<", "A story<")
    )
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def style(project: Project, rng: Random) -> None:
    """Change a style sheet."""
    selector = rng.choice((".article-card", "main", "blockquote"))
    project.append(project.theme / rng.choice(_STYLES), f"\n{selector} {{\n  opacity: .{project.fresh()};\n}}\n")


def script(project: Project, rng: Random) -> None:
    """Change a script."""
    file = rng.choice(sorted(project.theme.glob("components/*/*.js")))
    project.append(file, f"void {project.fresh()};\n")


def static(project: Project, rng: Random) -> None:
    """Add, change or remove a static file of the theme."""
    folder = project.theme / "static"
    added = sorted(folder.glob("added/*.txt"))
    what = rng.randrange(3)
    if what == 0 or not added:
        (folder / "added").mkdir(exist_ok=True)
        (folder / f"added/{project.fresh()}.txt").write_text("Added.\n", encoding="utf-8")
    elif what == 1:
        project.append(added[0], "More.\n")
    else:
        added[0].unlink()


def theme_moved(project: Project, rng: Random) -> None:
    """Move the theme to another folder."""
    new = f"theme-{project.fresh()}"
    project.theme.rename(project.root / new)
    project.setup = replace(project.setup, theme=new)


def content_moved(project: Project, rng: Random) -> None:
    """Move the content to another folder, or back."""
    new = "content" if project.setup.content != "content" else f"texts-{project.fresh()}"
    project.content.rename(project.root / new)
    project.setup = replace(project.setup, content=new)


def setting(project: Project, rng: Random) -> None:
    """Change a setting for this and later builds."""
    name = rng.choice(sorted(_SETTINGS))
    values = [value for value in _SETTINGS[name] if value != project.setup.settings.get(name)]
    project.setup = replace(project.setup, settings={**project.setup.settings, name: rng.choice(values)})


def settings_gone(project: Project, rng: Random) -> None:
    """Remove all overrides of settings."""
    project.setup = replace(project.setup, settings={})


def settings_file(project: Project, rng: Random) -> None:
    """Change a setting in ``pelicanconf.py``."""
    project.replace(project.root / "pelicanconf.py", r"^SITESUBTITLE = .*$", f'SITESUBTITLE = "Line {project.fresh()}"')


def code(project: Project, rng: Random) -> None:
    """Change a text or a rule in the code, or change it back."""
    name, old, new = rng.choice(_CODE)
    file = project.root / name
    text = file.read_text(encoding="utf-8")
    if old not in text:
        old, new = new, old
    assert text.count(old) == 1, f"{old} is not in {name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def environment(project: Project, rng: Random) -> None:
    """Build once with another locale, time zone or hash seed."""
    project.setup = replace(project.setup, environment=rng.choice(_ENVIRONMENTS))


#: Edits that need a new process.
FRESH: tuple[Edit, ...] = (code, environment, settings_file)
SITE_EDITS: tuple[Edit, ...] = (
    component, content_moved, script, setting, settings_gone, static, style, template, template_unnoticed, theme_moved,
    *FRESH,
)  # fmt: skip
