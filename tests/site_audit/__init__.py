"""Audit every page of a built site in browsers and with external checkers for ``inv audit``.

``rules`` lists the rules. ``engines`` has one module for each tool. ``probes`` are scripts that run in the page.
``runner`` starts the engines that the selected rules need. ``server`` serves the site over HTTPS with nginx. ``tools``
has the paths of the programs. The rules of links and feeds are those of ``plugins/link_check``.

The npm packages are installed into this folder by ``tests/provisioning/javascript.py``.
"""
