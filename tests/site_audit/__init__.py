"""Audit every page of a built site in browsers and with external checkers: ``inv audit``.

``rules`` lists what must hold; ``engines`` has one module for each tool; ``probes`` are scripts that run in the page;
``runner`` starts the engines that the chosen rules need; ``server`` serves the site over HTTPS with nginx; ``tools``
names the programs. The rules of links and feeds are those of ``plugins/link_check``, which ``inv publish`` applies.

The packages of npm are installed into this folder, see ``tests/provisioning/javascript.py``.
"""
