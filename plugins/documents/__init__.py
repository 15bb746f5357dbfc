"""Documents: files beside a text that readers may download, published as they are, each where a live text links to it.

A link says the document's type and size in words. No document stands in a story, or is published from a story's
folder: its narrator agreed to words. What a PDF says of its author is warned of.

Settings: ``DOCUMENT_TYPES``, ``DOCUMENT_LIMIT``. Stages: ``library_loaded`` (tells which documents there are),
``bodies_ready`` (plans those that live texts link to). Writes ``/documents/<name>-<hash>.<suffix>``.
"""

from plugins.documents.plugin import register

__all__ = ["register"]
