"""Tests of the whole site: the real content, built and looked at."""
