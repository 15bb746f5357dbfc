"""Hosts: what a host answers, said once, and told to each kind of host in its own words."""
