"""Targets: where a release can be published to, behind one interface."""
