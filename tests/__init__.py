"""Tests: a folder for each plugin and the theme, ``site`` for whole sites, and ``sites`` for their content."""
