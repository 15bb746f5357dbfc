"""Check the links, the help link and the feeds of a built site, before a release is sent to its host.

It reads the files of the output folder and needs no other program. A violation stops ``inv publish``. The audit of the
theme (``tests/site_audit``) applies the same rules beside its own.

Settings: none. Stages: none; ``inv publish`` calls ``check.check_links`` between the build and the upload.
Writes nothing.
"""
