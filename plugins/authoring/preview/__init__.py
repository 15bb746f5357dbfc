"""The live preview (``inv serve``): build the site and show it on this machine while authors write.

It is a command and no Pelican plugin, so it exports no ``register`` and listens to no stage.

``server.py`` watches the content and serves the site. ``__main__.py`` is the worker process: it builds with
``builder.py`` and keeps a cache in memory (``engine/cache/memory.py``). The two exchange ``messages.py`` over pipes.
``site_state.py`` holds what browsers see, ``app.py`` answers their requests, and ``injection.py`` adds ``preview.js``
to each page. ``serve_command.py`` prints how to start the preview after a build.

Settings: sets ``DRAFTS``; ``inv serve`` passes its options. Writes nothing without ``--output``.
"""
