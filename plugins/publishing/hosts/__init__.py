"""Hosts: what a host answers, said once, and told to each kind of host in its own words.

``answers`` says it. ``nginx``, ``caddy``, ``apache``, ``netlify``, ``cloudflare`` and ``objects`` translate. ``files``
gives all files that a release brings for hosts, and ``docs/hosting`` says what people do with them.
"""
