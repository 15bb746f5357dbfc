"""Editor schemas: what an editor needs to complete and check front matter and registers as an author types.

JSON schemas, snippets and settings for Visual Studio Code are made from the models, so that they cannot say anything
else. They are part of the repository, in ``.vscode/``; a test holds them equal to the models.

Settings: none. Stages: none. Writes: ``.vscode/``, on the command ``inv schemas``.
"""
