"""Incremental builds end with the output of a full build, whatever is edited, killed or damaged."""
