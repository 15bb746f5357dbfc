"""Content folders for tests, and ways to build a site from a folder (``building``) or from fields (``writing``)."""
