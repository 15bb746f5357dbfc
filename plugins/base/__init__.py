"""Utilities that know nothing of the site: problems and positions, files, processes, progress, the cache interface."""
