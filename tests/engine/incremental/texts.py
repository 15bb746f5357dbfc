"""Texts: what authors do to entries, pictures and registers."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from random import Random

from PIL import Image

from tests.engine.incremental.editing import (
    FREE,
    LAPSE,
    TEXTS,
    Edit,
    Scribe,
    add,
    back,
    day,
    field_of,
    lapse,
    release,
    touch,
)
from tests.sites.building import AS_OF

_PICTURE = r"\n!\[[^\]]*\]\(([^)]*)\)\n"


def body(scribe: Scribe, chance: Random) -> None:
    """Add to a text."""
    file = chance.choice(scribe.files(*TEXTS))
    scribe.append(file, f"\nMore words, {scribe.fresh()}, and [help](help:emergency).\n")


def headings(scribe: Scribe, chance: Random) -> None:
    """Add parts to an article, so that it gets a table of contents."""
    scribe.append(scribe.free(chance), "".join(f"\n## Part {scribe.fresh()}\n\nText.\n" for _ in range(4)))


def unnoticed(scribe: Scribe, chance: Random) -> None:
    """Change a text and nothing that the file system tells of it: neither its length nor its time."""
    file = scribe.free(chance)
    before = file.stat()
    scribe.replace(file, r"counts \d{4}", f"counts {2000 + scribe.fresh()}")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def same_bytes(scribe: Scribe, chance: Random) -> None:
    """Write a file anew with what it held."""
    file = chance.choice(scribe.files(*TEXTS))
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data)


def title(scribe: Scribe, chance: Random) -> None:
    """Change a title."""
    file = chance.choice(scribe.files("articles/*/index.md", "stories/sample/index.md", "pages/*/index.md"))
    scribe.replace(file, r"^title: .*$", f"title: Another title {scribe.fresh()}")


def newest_title(scribe: Scribe, chance: Random) -> None:
    """Change the title of the newest article, which stands on most pages."""
    shown = [file for file in scribe.files("articles/*/index.md") if _is_shown(file, scribe.wish.day)]
    newest = max(shown, key=lambda file: field_of(file, "published"))
    scribe.replace(newest, r"^title: .*$", f"title: The newest {scribe.fresh()}")


def date(scribe: Scribe, chance: Random) -> None:
    """Change the day of publication; it may lie ahead."""
    file = scribe.free(chance)
    scribe.isolate(file)
    published = chance.choice(("2025-03-01", "2026-10-01", "2026-11-22", AS_OF, "2026-12-01"))
    scribe.replace(file, r"^published: .*$", f"published: {published}")


def expiry(scribe: Scribe, chance: Random) -> None:
    """Let an article expire, some day or today."""
    file = scribe.free(chance)
    scribe.isolate(file)
    scribe.replace(file, r"^(expires: .*\n)?kind: ", f"expires: {chance.choice(('2026-11-23', '2026-12-02'))}\nkind: ")


def topics(scribe: Scribe, chance: Random) -> None:
    """Change the topics of an article."""
    new = chance.choice(("[families]", "[sleep]", "[alcohol]", "[sleep, families]", "[]"))
    scribe.replace(scribe.free(chance), r"^topics: .*$", f"topics: {new}")


def author(scribe: Scribe, chance: Random) -> None:
    """Change the author of an article."""
    file = chance.choice(scribe.files(FREE, "articles/plain/index.md"))
    scribe.replace(file, r"^author: .*$", f"author: {'guest' if field_of(file, 'author') == 'editor' else 'editor'}")


def summary(scribe: Scribe, chance: Random) -> None:
    """Change a summary."""
    file = chance.choice(scribe.files(FREE, "stories/sample/index.md", "pages/about/index.md"))
    scribe.replace(file, r"^summary: .*$", f"summary: Another summary {scribe.fresh()}.")


def remove(scribe: Scribe, chance: Random) -> None:
    """Remove an article, and the links that lead to it."""
    file = scribe.free(chance)
    scribe.isolate(file)
    shutil.rmtree(file.parent)


def move(scribe: Scribe, chance: Random) -> None:
    """Give the folder of an article another name; its address stays."""
    file = scribe.free(chance)
    file.parent.rename(file.parent.parent / f"free-moved-{scribe.fresh()}")


def address(scribe: Scribe, chance: Random) -> None:
    """Give an article another address; the old one may lead to it from then on."""
    file = scribe.free(chance)
    scribe.isolate(file)
    old = field_of(file, "slug")
    scribe.replace(file, r"^slug: .*$", f"slug: free-again-{scribe.fresh()}")
    if chance.random() < 0.5 and not field_of(file, "aliases"):
        scribe.add_line(file, f"aliases: [/articles/{old}/]")


def status(scribe: Scribe, chance: Random) -> None:
    """Make a draft of an article, or publish it."""
    file = scribe.free(chance)
    scribe.isolate(file)
    is_draft = field_of(file, "status") == "draft"
    scribe.replace(file, r"^status: .*$", f"status: {'published' if is_draft else 'draft'}")


def alias(scribe: Scribe, chance: Random) -> None:
    """Add or remove an old address."""
    file = scribe.free(chance)
    if field_of(file, "aliases"):
        scribe.replace(file, r"^aliases: .*\n", "")
    else:
        scribe.add_line(file, f"aliases: [/blog/free-{scribe.fresh()}]")


def link(scribe: Scribe, chance: Random) -> None:
    """Let a text lead to an article that stays where it is."""
    target = chance.choice(("plain", "everything"))
    file = chance.choice(scribe.files(FREE, "articles/plain/index.md", "pages/about/index.md"))
    scribe.append(file, f"\nSee [this]({chance.choice((f'/articles/{target}/', f'/articles/{target}/#a-part'))}).\n"
                  if target == "plain" else "\nSee [all](/articles/everything/).\n")  # fmt: skip


def link_to_free(scribe: Scribe, chance: Random) -> None:
    """Let a text lead to an article that may go again."""
    ready = [file for file in scribe.files(FREE) if _is_always_shown(file)]
    for file in ready and [chance.choice(ready)]:
        other = chance.choice(scribe.files(FREE, "articles/everything/index.md", "pages/about/index.md"))
        scribe.append(other, f"\nSee [another](/articles/{field_of(file, 'slug')}/).\n")


def unlink(scribe: Scribe, chance: Random) -> None:
    """Take the links to an article away."""
    scribe.isolate(scribe.free(chance))


def _is_shown(file: Path, day: str) -> bool:
    is_current = field_of(file, "published") <= day < (field_of(file, "expires") or "9999")
    return field_of(file, "status") == "published" and is_current


def _is_always_shown(file: Path) -> bool:
    is_early = field_of(file, "published") < "2026-11-01"
    return field_of(file, "status") == "published" and is_early and not field_of(file, "expires")


def picture(scribe: Scribe, chance: Random) -> None:
    """Add a picture to an article; its card shows it, its text may, too."""
    file = scribe.free(chance)
    name = f"picture-{scribe.fresh()}.png"
    _draw(file.parent / name, chance)
    if not field_of(file, "image"):
        scribe.add_line(file, f"image: {{file: {name}, alt: A picture.}}")
    else:
        scribe.append(file, f"\n![Another picture]({name})\n")


def picture_replaced(scribe: Scribe, chance: Random) -> None:
    """Put another picture of the same size in place of one."""
    drawn = scribe.files("articles/free-*/*.png", "people/*/*.png", "articles/everything/gate.png")
    _draw(chance.choice(drawn), chance)


def picture_removed(scribe: Scribe, chance: Random) -> None:
    """Take a picture away, and what shows it."""
    shown = [file for file in scribe.files(FREE) if field_of(file, "image")]
    for file in shown and [chance.choice(shown)]:
        scribe.replace(file, r"^image: .*\n", "")
        file.write_text(re.sub(_PICTURE, "", file.read_text(encoding="utf-8")), encoding="utf-8")
        for drawn in file.parent.glob("*.png"):
            drawn.unlink()


def _draw(file: Path, chance: Random) -> None:
    size = (chance.randint(40, 80), 40)
    if file.is_file():
        with Image.open(file) as before:
            size = before.size
    Image.new("RGB", size, (chance.randint(0, 255), chance.randint(0, 255), 160)).save(file)


def person(scribe: Scribe, chance: Random) -> None:
    """Change the name of somebody who writes."""
    scribe.replace(scribe.content / "people/editor/index.md", r"^title: .*$", f"title: Editor {scribe.fresh()}")


def portrait(scribe: Scribe, chance: Random) -> None:
    """Take somebody's portrait away, or give it back."""
    file = scribe.content / "people/guest/index.md"
    if field_of(file, "image"):
        scribe.replace(file, r"^image: .*\n", "")
        (file.parent / "guest.png").unlink()
    else:
        _draw(file.parent / "guest.png", chance)
        scribe.add_line(file, "image: {file: guest.png, alt: A guest.}")


def commitment(scribe: Scribe, chance: Random) -> None:
    """Change what is said about a commitment."""
    file = scribe.content / f"commitments/{chance.choice(('we-listen', 'we-tell'))}/index.md"
    scribe.replace(file, r"^title: .*$", f"title: We still do {scribe.fresh()}")


def contact(scribe: Scribe, chance: Random) -> None:
    """Change a help contact."""
    file = scribe.content / "register/help.yaml"
    what = chance.choice(("who_for", "hours", "cost"))
    found = chance.choice(re.findall(rf"^  {what}: .*$", file.read_text(encoding="utf-8"), re.MULTILINE))
    scribe.replace(file, rf"^{re.escape(found)}$", f"  {what}: Anyone {scribe.fresh()}")


def number(scribe: Scribe, chance: Random) -> None:
    """Change a number to call."""
    file = scribe.content / "register/help.yaml"
    scribe.replace(file, r"^  number: 0208 191 919\d$", f"  number: 0208 191 919{chance.randint(0, 9)}")


def topic_name(scribe: Scribe, chance: Random) -> None:
    """Change the name of a topic, or what is said of it."""
    what = chance.choice(("name", "summary"))
    scribe.replace(scribe.content / "register/topics.yaml", rf"^  {what}: .*$", f"  {what}: Another {scribe.fresh()}")


def topic_added(scribe: Scribe, chance: Random) -> None:
    """Add a topic, for an article of its own."""
    key = f"topic-{scribe.fresh()}"
    scribe.append(scribe.content / "register/topics.yaml", f"- key: {key}\n  name: {key}\n  summary: New.\n")
    scribe.replace(scribe.free(chance), r"^topics: .*$", f"topics: [{key}]")


def glossary(scribe: Scribe, chance: Random) -> None:
    """Explain an abbreviation that texts have, explain it otherwise, or no longer."""
    file = scribe.content / "register/glossary.yaml"
    text = file.read_text(encoding="utf-8")
    if "WHO" not in text:
        scribe.append(file, "- term: WHO\n  meaning: World Health Organization\n")
    elif chance.random() < 0.5:
        scribe.replace(file, r"^- term: WHO\n.*\n", "")
    else:
        scribe.replace(file, r"^  meaning: .*\n\Z", f"  meaning: Meaning {scribe.fresh()}\n")


def synonym(scribe: Scribe, chance: Random) -> None:
    """Say what readers type for a thing, or say it otherwise."""
    file = scribe.content / "register/synonyms.yaml"
    word = chance.choice(("alcohol", "families", f"thing-{scribe.fresh()}"))
    file.write_text(f"- id: thing\n  words: [thing {scribe.fresh()}]\n  means: [{word}]\n", encoding="utf-8")


def card(scribe: Scribe, chance: Random) -> None:
    """Change a card of help: what it says, whom it offers, or what people type."""
    file = scribe.content / "register/crisis.yaml"
    says, phrase = chance.choice(("now", "today")), f"phrase {scribe.fresh()}"
    file.write_text(
        f"- id: anyone\n  says: You can talk to someone {says}.\n  contacts: [help-me-stop]\n"
        f"  phrases: [{phrase}]\n  general: true\n",
        encoding="utf-8",
    )


def withdrawn(scribe: Scribe, chance: Random) -> None:
    """Withdraw an article."""
    file = scribe.free(chance)
    key, slug, published = (field_of(file, name) for name in ("id", "slug", "published"))
    scribe.append(
        scribe.content / "register/withdrawn.yaml",
        f"- id: {key}\n  kind: article\n  address: /articles/{slug}/\n  published: {published}\n"
        f"  withdrawn_on: {max(published, '2026-11-18')}\n  author: {field_of(file, 'author')}\n"
        f"  topics: [families]\n  file: {file.relative_to(scribe.content).as_posix()}\n",
    )
    shutil.rmtree(file.parent)


def consent(scribe: Scribe, chance: Random) -> None:
    """Change where a story may appear."""
    file = scribe.content / "stories/told/index.md"
    scopes = chance.choice(("web, feed, image, social, search", "web, image", "web, feed, image"))
    scribe.replace(file, r"^  scope: .*$", f"  scope: [{scopes}]")


def consent_prolonged(scribe: Scribe, chance: Random) -> None:
    """Prolong a consent, or shorten it to the day on which it ended before."""
    file = scribe.content / "stories/told/index.md"
    ends = re.search(r"^  expires: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert ends
    scribe.replace(file, r"^  expires: .*$", f"  expires: {'2027-03-01' if ends[1] == LAPSE else LAPSE}")


def chapter(scribe: Scribe, chance: Random) -> None:
    """Change a chapter of the handbook."""
    scribe.append(scribe.root / "docs/handbook/01-handbook.md", f"\nMore for authors, {scribe.fresh()}.\n")


TEXT_EDITS: tuple[Edit, ...] = (
    add, address, alias, author, back, body, card, chapter, commitment, consent, consent_prolonged, contact, date,
    day, expiry, glossary, headings, lapse, link, link_to_free, move, newest_title, number, person, picture,
    picture_removed, picture_replaced, portrait, release, remove, same_bytes, status, summary, synonym, title,
    topic_added, topic_name, topics, touch, unlink, unnoticed, withdrawn,
)  # fmt: skip
