"""Test the checks of texts."""
