"""Tests of plugins/markdown_blocks."""
