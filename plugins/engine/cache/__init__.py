"""The cache that lasts from build to build: one SQLite file."""
