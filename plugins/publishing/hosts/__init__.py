"""Hosts: what a host answers, said once, and told to each kind of host in its own words.

``answers`` says it. ``nginx``, ``caddy``, ``apache``, ``netlify`` and ``cloudflare`` translate. ``files`` gives all
files that a release brings for hosts, and ``docs/hosting`` says what people do with them. What S3 keeps with each
object follows from the inventory (``targets/s3.py``).
"""
