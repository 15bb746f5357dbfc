"""Engines: each adapts one tool, or a browser, to one call that yields violations and figures."""
