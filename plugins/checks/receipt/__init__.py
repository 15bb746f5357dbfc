"""The privacy receipt: what a build proves of its own output.

``places.py`` tells whether an address is ours; ``markup.py``, ``styles.py``, ``scripts.py`` and ``data.py`` read one
kind of file each; ``known.py`` remembers what pieces that stand in many files told; ``reading.py`` knows which file is
of which kind; ``private_values.py`` looks for what must never be published; ``proof.py`` makes the receipt.
"""
