"""Everything that an import leaves for a person to decide or mend, and how."""

from __future__ import annotations

import enum
from typing import Self

from plugins.authoring.importing.item import Note, Urgency


class ToDo(enum.StrEnum):
    """What a person must decide or mend, the most urgent first.

    Attributes:
        how: what to do, for the report.
    """

    how: str

    def __new__(cls, what: str, how: str) -> Self:
        """Return the member ``what``."""
        made = str.__new__(cls, what)
        made._value_ = what
        made.how = how
        return made

    STORY = (
        "a story: it needs its narrator's consent, a safeguarding review and their approval",
        (
            "Ask the person who tells it before anybody publishes it. Look at its title, its address and its pictures "
            "too: they may say who somebody is. Is it no story? Put the line below “entries” in import.yaml, and run "
            "the command again."
        ),
    )
    WORDS_LOST = (
        "words differ from the source",
        "Compare the draft with the old text, and put in what is missing.",
    )
    CONTACT = (
        "a number or an e-mail address is not in the help register",
        (
            "Add it to content/register/help.yaml, and run the command again: it becomes a link. Or take it out of the "
            "text. The site does not build before that."
        ),
    )
    AUTHOR = (
        "an author is to be chosen in import.yaml",
        (
            "Write a folder of content/people beside each name, below “authors” in import.yaml, and run the command "
            "again. The site does not build before that."
        ),
    )
    PICTURE = (
        "a picture was not found",
        (
            "A line stands where it was. Put the file into the folder of the draft and its name into the text, or "
            "delete the line. If you have the folder of uploads of the old site, run the command again with --uploads."
        ),
    )
    ALT = (
        "a picture has no words for people who do not see it",
        "Say in a sentence what it shows. The sentence to replace stands before the name of the picture.",
    )
    DOCUMENT = (
        "a document was not found",
        "Put the file into the folder of the draft and link to it there, or delete the link.",
    )
    OLD_LINK = (
        "a link still leads to the old site",
        "It ends there when the old site goes. Link to a text of this site, or delete the link.",
    )
    AUTHOR_ADDRESS = (
        "the e-mail address of an author was taken out",
        "Look whether the sentence still reads well.",
    )
    EMPTY = ("a text is empty", "Write it, or delete its folder.")
    TITLE = ("a text has no title", "Write one beside “title:”.")
    TYPE = (
        "a text of another type than post and page",
        "Look whether it belongs here. An event or a product of the old site may not. If not, delete its folder.",
    )
    LANGUAGE = (
        "a text in another language",
        "The name of its file, or its folder, says so. This site has one language: translate it, or delete its folder.",
    )
    SUMMARY = (
        "a summary was too long for a card",
        "It was cut after a whole sentence. Look whether it says enough.",
    )


def to_do(what: ToDo, detail: str = "") -> Note:
    """Return the note that a person must decide or mend ``what``. See ``Note``."""
    return Note(Urgency.DECIDE, what, detail)
