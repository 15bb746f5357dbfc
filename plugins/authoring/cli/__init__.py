"""The command line: options, help and error messages of every job in ``tasks.py``.

A word that is no command or option is answered with a sentence and the nearest that there is. Ctrl-C ends with one line
and status 130. A mistake in the code is one paragraph, and a traceback only with ``--debug``.

It extends Invoke and is no Pelican plugin. Settings: none. Writes nothing.
"""
