"""Make a release: a folder that any host can serve, with an inventory of its files."""
