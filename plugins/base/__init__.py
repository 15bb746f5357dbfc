"""Utilities that know nothing of the site: problems, files, processes, the cache interface."""
