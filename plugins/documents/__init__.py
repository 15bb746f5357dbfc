"""Publish downloadable files, such as PDFs, that live texts link to, unchanged.

A link contains the type and the size of the document. Stories contain no documents, because the narrator agreed only
to the text. A PDF with an author in its properties causes a warning.

Settings: ``DOCUMENT_TYPES``, ``DOCUMENT_LIMIT``. Stages: ``library_loaded`` (sets ``build.document``, which finds
documents), ``bodies_ready`` (plans the linked documents). Writes ``/documents/<name>-<hash>.<suffix>``.
"""

from plugins.documents.plugin import register

__all__ = ["register"]
