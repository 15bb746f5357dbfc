"""Import texts from Word, OpenDocument, Google Docs, WordPress and other generators (``inv import FILE...``).

Each text becomes a draft in a folder of its own. Nothing that somebody has written or changed is ever replaced. A run
writes a mapping of authors, topics and kinds (``import.yaml``), a log of what it wrote, and a report of what became
of each text.

Not one of Pelican's plugins, so it exports no ``register``.

Settings: those of the whole site. Files written: entries and files beside them below the content folder, and the
folder ``import`` beside that.
"""
