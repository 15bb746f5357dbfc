"""Edits of registers, people, commitments, consents and the handbook."""

from __future__ import annotations

import re
import shutil
from random import Random

from tests.engine.incremental.editing import (
    LAPSE,
    Edit,
    Project,
    field_of,
)


def commitment(project: Project, rng: Random) -> None:
    """Change the title of a commitment."""
    file = project.content / f"commitments/{rng.choice(('we-listen', 'we-tell'))}/index.md"
    project.replace(file, r"^title: .*$", f"title: We still do {project.fresh()}")


def contact(project: Project, rng: Random) -> None:
    """Change a help contact."""
    file = project.content / "register/help.yaml"
    what = rng.choice(("who_for", "hours", "cost"))
    found = rng.choice(re.findall(rf"^  {what}: .*$", file.read_text(encoding="utf-8"), re.MULTILINE))
    project.replace(file, rf"^{re.escape(found)}$", f"  {what}: Anyone {project.fresh()}")


def number(project: Project, rng: Random) -> None:
    """Change a telephone number."""
    file = project.content / "register/help.yaml"
    project.replace(file, r"^  number: 0208 191 919\d$", f"  number: 0208 191 919{rng.randint(0, 9)}")


def topic_name(project: Project, rng: Random) -> None:
    """Change the name or the summary of a topic."""
    what = rng.choice(("name", "summary"))
    project.replace(
        project.content / "register/topics.yaml", rf"^  {what}: .*$", f"  {what}: Another {project.fresh()}"
    )


def topic_added(project: Project, rng: Random) -> None:
    """Add a topic, and use it in one article."""
    key = f"topic-{project.fresh()}"
    project.append(project.content / "register/topics.yaml", f"- key: {key}\n  name: {key}\n  summary: New.\n")
    project.replace(project.free(rng), r"^topics: .*$", f"topics: [{key}]")


def glossary(project: Project, rng: Random) -> None:
    """Add, change or remove the meaning of an abbreviation that texts contain."""
    file = project.content / "register/glossary.yaml"
    text = file.read_text(encoding="utf-8")
    if "WHO" not in text:
        project.append(file, "- term: WHO\n  meaning: World Health Organization\n")
    elif rng.random() < 0.5:
        project.replace(file, r"^- term: WHO\n.*\n", "")
    else:
        project.replace(file, r"^  meaning: .*\n\Z", f"  meaning: Meaning {project.fresh()}\n")


def synonym(project: Project, rng: Random) -> None:
    """Add or change a search synonym."""
    file = project.content / "register/synonyms.yaml"
    word = rng.choice(("alcohol", "families", f"thing-{project.fresh()}"))
    file.write_text(f"- id: thing\n  words: [thing {project.fresh()}]\n  means: [{word}]\n", encoding="utf-8")


def card(project: Project, rng: Random) -> None:
    """Change a crisis card: its text and its phrases."""
    file = project.content / "register/crisis.yaml"
    says, phrase = rng.choice(("now", "today")), f"phrase {project.fresh()}"
    file.write_text(
        f"- id: anyone\n  says: You can talk to someone {says}.\n  contacts: [elm-tree-hub]\n"
        f"  phrases: [{phrase}]\n  general: true\n",
        encoding="utf-8",
    )


def withdrawn(project: Project, rng: Random) -> None:
    """Withdraw an article."""
    file = project.free(rng)
    key, slug, published = (field_of(file, name) for name in ("id", "slug", "published"))
    project.append(
        project.content / "register/withdrawn.yaml",
        f"- id: {key}\n  kind: article\n  address: /articles/{slug}/\n  published: {published}\n"
        f"  withdrawn_on: {max(published, '2026-11-18')}\n  author: {field_of(file, 'author')}\n"
        f"  topics: [families]\n  file: {file.relative_to(project.content).as_posix()}\n",
    )
    shutil.rmtree(file.parent)


def consent(project: Project, rng: Random) -> None:
    """Change the scope of a story's consent."""
    file = project.content / "stories/told/index.md"
    scopes = rng.choice(("web, feed, image, social, search", "web, image", "web, feed, image"))
    project.replace(file, r"^  scope: .*$", f"  scope: [{scopes}]")


def consent_prolonged(project: Project, rng: Random) -> None:
    """Prolong a consent, or set its end back to the earlier day."""
    file = project.content / "stories/told/index.md"
    ends = re.search(r"^  expires: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert ends
    project.replace(file, r"^  expires: .*$", f"  expires: {'2027-03-01' if ends[1] == LAPSE else LAPSE}")


def person(project: Project, rng: Random) -> None:
    """Change the name of an author."""
    project.replace(project.content / "people/editor/index.md", r"^title: .*$", f"title: Editor {project.fresh()}")


def chapter(project: Project, rng: Random) -> None:
    """Change a chapter of the handbook."""
    project.append(project.root / "docs/handbook/01-handbook.md", f"\nMore for authors, {project.fresh()}.\n")


REGISTER_EDITS: tuple[Edit, ...] = (
    card, chapter, commitment, consent, consent_prolonged, contact, glossary, number, person, synonym, topic_added,
    topic_name, withdrawn,
)  # fmt: skip
