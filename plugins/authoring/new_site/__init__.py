"""Start the site of another organisation (``inv start-site``), and update the engine of a started site.

A started site is a git repository of its own. Its branch ``engine`` holds the engine alone, one commit for each
version: the files that ``engine_files.txt`` names. The site's own branch adds the content and the settings of
``skeleton/``.
``inv update-engine`` commits a later engine to the branch ``engine`` and merges it (``docs/decisions/0059``).

Settings: none. Writes a new folder, or merges into the project's own.
"""
