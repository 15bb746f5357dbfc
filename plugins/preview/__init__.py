"""Preview: builds the site from the command line and shows it on this machine, as a web host would.

Not one of Pelican's plugins: it stands before Pelican, so it exports no ``register`` and listens to no stage.

Settings: none of its own; the tasks ``build`` and ``serve`` of ``tasks.py`` hand over what they were asked.
Writes what Pelican writes; the server writes nothing.
"""
