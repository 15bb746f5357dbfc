"""Pictures: measured, named by their content, and published only when a published entry shows them.

Stages: ``library_loaded`` (measures), ``bodies_ready`` (plans the files). Writes ``/images/<name>-<hash>.<suffix>``.
"""

from plugins.images.plugin import register

__all__ = ["register"]
