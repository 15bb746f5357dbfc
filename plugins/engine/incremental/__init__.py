"""Builds that do again only what changed, and end as a build from nothing would, byte for byte.

The house does not know of it: it is handed a memo (``Site.cache``), a ledger (``Site.ledger``) and the files of the
content (``Site.files``). See ARCHITECTURE.md, "One edit".

Read from the top down: ``change_detection.py`` sees whether anything changed at all, with nothing imported; ``snapshot.py`` looks at
folders; ``state.py`` is what one build leaves for the next; ``up_to_date.py`` knows which files need not be made;
``plugin.py`` runs the build. All that is remembered lies in ``builds/`` below the cache folder and may be deleted.
"""
