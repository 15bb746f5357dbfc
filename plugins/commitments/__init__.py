"""Check that every change of a commitment is recorded in its public log, and add to the log.

The log has a hash of the wording and the day of the next review as they were published. If the wording changes or the
review moves without a new entry, the build stops. ``inv record`` adds an entry.

Settings: ``PATH``, ``TIMEZONE``, ``AS_OF`` (for the command). Stages: ``library_loaded``, where it checks the logs, and
``bodies_ready``, where it sets the summary of all commitments. The build writes nothing. The command changes one file
of ``content/commitments/``.
"""

from plugins.commitments.plugin import register

__all__ = ["register"]
