"""Import texts from Word, OpenDocument, Google Docs, WordPress and other generators (``inv import FILE...``).

Each text becomes a draft in its own folder. An import never overwrites a file that somebody has written or changed. It
writes a mapping of authors, topics and kinds (``import.yaml``), a log of the written files, and a report with the
result for each text.

Not one of Pelican's plugins, so it exports no ``register``.

Settings: those of the whole site. Files written: entries and files beside them below the content folder, and the
folder ``import`` beside that.
"""
