"""Editor in the browser for authors: ``inv write``.

It wraps the application of the live preview and serves its pages below ``/write/``. The editor works without scripts of
others, which ``bundle/`` builds into ``static/bundle.js`` (ProseMirror and CodeMirror).

- ``web/`` answers requests. ``access_control.py`` decides which ones, and ``app.py`` routes them to ``pages.py`` (GET)
  and ``actions.py`` (POST). Behind a proxy, ``proxy.py`` reads the author of a request, and ``presence.py`` tracks who
  has what open.
- ``entries/`` opens and saves entries (``entry_editor.py``). ``autosave.py`` stores the unsaved versions of each
  author, and ``drafts.py`` shows those of all in the preview.
- ``form/`` converts between a file and its form: ``source_text.py`` splits a file into front matter and text,
  ``front_matter_edit.py`` changes single values, ``form.py`` makes the form of a kind from its model, and
  ``form_problems.py`` assigns each problem to a field or a word.
- ``publication/`` calls git (``git_versions.py``), describes changes, and runs ``inv publish``.

``services.py`` lists the functions of other packages that the caller passes in, such as approval and withdrawal.

Settings: ``PATH``, ``CACHE_PATH``, ``WRITE_*`` and those of the whole site. Writes entries and pictures below the
content folder, and unsaved versions and an invitation to ``CACHE_PATH/writing``.
"""
