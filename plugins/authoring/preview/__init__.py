"""Preview: builds the site from the command line, and shows it on this machine while it is being written.

Not one of Pelican's plugins: it stands before Pelican, so it exports no ``register`` and listens to no stage.

``server.py`` watches the content and serves the site. ``__main__.py`` is the worker process: it builds with
``builder.py`` and keeps a cache in memory (``memory_cache.py``). The two exchange ``messages.py`` over pipes.
``site_state.py`` holds what browsers see, ``app.py`` answers their requests, and ``injection.py`` adds ``preview.js``
to each page. ``hint.py`` prints how to start the preview after a build.

Settings: sets ``DRAFTS``; the tasks ``build`` and ``serve`` of ``tasks.py`` hand over what they were asked.
Writes what Pelican writes; the preview writes nothing, unless a folder is asked for with ``--output``.
"""
