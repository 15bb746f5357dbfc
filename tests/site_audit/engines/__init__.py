"""Adapt each tool or browser to a function that yields violations and figures."""
