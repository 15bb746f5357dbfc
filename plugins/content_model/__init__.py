"""The domain model: typed entries and registers, their rules, and the library that holds them.

It depends on neither Pelican nor the stages of a build.
"""
