"""Test the built site with its real content."""
