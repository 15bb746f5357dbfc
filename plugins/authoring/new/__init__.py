"""Create a new entry (``inv new``), so that nobody has to know front matter by heart.

It asks for missing options, chooses the slug and the permanent id, and writes a draft that builds, with a note beside
each field and a template of the text, in a folder of its own. It never overwrites a file.

It is a command and no Pelican plugin, so it exports no ``register``.

Settings: ``PATH`` and those of the whole site. Writes one new file below the content folder.
"""
