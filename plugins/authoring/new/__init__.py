"""Drafting: begins a new entry (``inv new``), so that nobody has to know front matter by heart.

It asks what it is not told, chooses the slug and the permanent id, and writes a draft that builds, with a note beside
each field and a skeleton of the text, in a folder of its own. It never overwrites anything.

Not one of Pelican's plugins: it stands before Pelican, so it exports no ``register``.

Settings: ``PATH`` and those of the whole site. Writes one new file below the content folder.
"""
