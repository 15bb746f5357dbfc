"""Proofing: the editor's checks of everything that is written (``inv check``), before anything is built.

It tells every mistake that a build would tell, and besides, as warnings and advice, what no build need stop at: alt
texts and link texts that say nothing, American spelling and typing slips, sentences that are hard to read, words about
people that hurt. ``--fix`` mends what can be mended without judgement.

Not one of Pelican's plugins: it stands before Pelican, so it exports no ``register``. It loads the plugins of the
settings, but for those that judge no text, leads a ``Build`` through their stages, and makes none of its outputs. What
it worked out is remembered below ``CACHE_PATH``, so that a second run looks only at what has changed.

Settings: ``PLUGINS``, ``CACHE_PATH`` and those of the whole site. Writes nothing but that memory; ``--fix`` writes
entries.
"""
