"""Tests of ``inv start-site`` and ``inv update-engine``."""
