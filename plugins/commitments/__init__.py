"""Commitments: the public ledger of what was promised and what became of it.

The wording of a promise, and the day of its next review, cannot change without an entry in its record: the record keeps
a hash of the wording and the day as they were published, and a build stops when the page says something else.
``inv record`` adds an entry.

Settings: ``PATH``, ``TIMEZONE``, ``AS_OF`` (for the command). Stages: ``library_loaded``, where it checks the records;
``bodies_ready``, where it gives the build all commitments at a glance. The build writes nothing of it; the command
adds to one file of ``content/commitments/``.
"""

from plugins.commitments.plugin import register

__all__ = ["register"]
