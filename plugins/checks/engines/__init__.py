"""Engines: what checks the rules. Each adapts one tool, or a browser, to one call that yields misses."""
