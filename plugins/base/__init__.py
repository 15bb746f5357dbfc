"""General utilities, independent of the site: problems, positions, files, processes, progress, the cache interface."""
