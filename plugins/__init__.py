"""The plugins of the Help Me Stop community site, one package per capability."""
