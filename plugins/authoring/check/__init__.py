"""Checks of the content for authors (``inv check``).

Reports every problem that a build reports and, as warnings and advice, problems that stop no build: alt texts and link
texts without meaning, American spelling and typing slips, sentences that are hard to read, words about people that
hurt. ``--fix`` corrects what needs no judgement.

It is a command and no Pelican plugin, so it exports no ``register``. It loads the plugins of the settings, sends the
stages of a ``Build`` and writes none of its outputs. A cache below ``CACHE_PATH`` keeps the results, so a second run
checks only what has changed.

Settings: ``PLUGINS``, ``CACHE_PATH`` and those of the whole site. Writes that cache; ``--fix`` writes entries.
"""
