"""The plugins of a community site, one package per capability."""
