"""Caches: one SQLite file that lasts from build to build, and one in memory for a process that builds often."""
