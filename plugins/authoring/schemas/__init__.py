"""JSON schemas, snippets and settings with which Visual Studio Code completes and checks front matter and registers.

They are made from the models (``inv schemas``) and kept in ``.vscode/``. A test compares them with the models.

Settings: none. Stages: none. Writes: ``.vscode/``, on the command ``inv schemas``.
"""
