"""Write the configuration of each kind of host from one set of response rules.

``response_rules`` holds the rules. ``nginx``, ``caddy``, ``apache``, ``netlify`` and ``cloudflare`` write them in the
syntax of each host. ``files`` collects the files for a release. ``docs/hosting`` explains how to use them. S3 stores
metadata with each object instead (``targets/s3.py``).
"""
