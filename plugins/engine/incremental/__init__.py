"""Incremental builds: render only what changed, and end byte for byte as a build from nothing.

``engine/site_builder.py`` does not import this package. It is given a cache (``SiteBuilder.cache``), an index of the
files in the output (``SiteBuilder.output_index``) and the content's files (``SiteBuilder.files``).

``change_detection.py`` finds whether anything changed, with few imports. ``snapshot.py`` scans folders. ``state.py``
stores what one build leaves for the next. ``recorded_output_index.py`` finds the files that need no rendering.
``plugin.py`` runs the build. The state and the cache lie in ``builds/`` below the cache folder, which may be deleted at
any time.
"""
