"""The domain: typed entries and registers, their rules, and the library of what readers may see.

It knows nothing of Pelican, of pages or of a build.
"""
