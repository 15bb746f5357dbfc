"""Preview: builds the site from the command line, and shows it on this machine while it is being written.

Not one of Pelican's plugins: it stands before Pelican, so it exports no ``register`` and listens to no stage.

``server.py`` watches and serves; ``__main__.py`` is the process that builds (``builder.py``) and remembers
(``memory_cache.py``); ``messages.py`` is what the two tell each other. ``site_state.py`` knows what browsers see, ``app.py``
answers them, ``preview.js`` is what ``injection.py`` adds to a page on its way. ``static_server.py`` serves a finished site, for
the tests. ``hint.py`` tells of the preview after a build.

Settings: sets ``DRAFTS``; the tasks ``build`` and ``serve`` of ``tasks.py`` hand over what they were asked.
Writes what Pelican writes; the preview writes nothing, unless a folder is asked for with ``--output``.
"""
