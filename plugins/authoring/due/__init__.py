"""List what will lapse (``inv due``): consents, reviews, verifications, days of publication.

No settings of its own; it takes part in no build. Writes only the file of ``--calendar``, outside the content and the
output.
"""
