"""The sites that tests build, and the two ways to make one: of a folder (``building``) or of fields (``writing``)."""
