"""Editor in the browser for authors: ``inv write``.

It wraps the application of the live preview and serves its pages below ``/write/``. ``guard.py`` decides which requests
it answers, and ``app.py`` routes them. ``sheet.py`` splits a file into front matter and text, ``front_matter.py``
changes single values, and ``form.py`` makes the form of a kind from its model. ``autosave.py`` stores unsaved versions,
``troubles.py`` assigns each problem to a field or a word, and ``versions.py`` calls git. ``bundle/`` holds the sources
of ``static/bundle.js`` (ProseMirror and CodeMirror). The editor works without that script.

Several people may write behind a proxy: ``proxy.py`` reads who asks, ``authors.py`` gives each their own unsaved texts,
``drafts.py`` shows those of all in the preview, and ``presence.py`` knows who has what open.

``tools.py`` lists the functions of other packages that the caller passes in, such as approval and withdrawal.

Settings: ``PATH``, ``CACHE_PATH``, ``WRITE_*`` and those of the whole site. Writes entries and pictures below the
content folder, and unsaved versions and an invitation to ``CACHE_PATH/writing``.
"""
