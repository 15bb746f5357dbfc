"""Stand-ins for ssh, rsync and sleep that run on this machine, to test the scripts for hosts without a server."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

_SSH = """\
#!/bin/sh
for line; do :; done
exec sh -c "$line"
"""
#: A second passes for the releases in this folder without a wait.
_SLEEP = """\
#!/bin/sh
for record in ./*.sha256; do
  touch -d "@$(($(stat -c %Y "$record") - $1))" "$record"
done
"""
_RSYNC = """\
import filecmp, shutil, sys
from pathlib import Path

source, target = Path(sys.argv[-2]), Path(sys.argv[-1].partition(":")[2])
there = {file.relative_to(target) for file in target.rglob("*") if not file.is_dir()}
here = {file.relative_to(source) for file in source.rglob("*") if not file.is_dir()}
for path in there - here:
    (target / path).unlink()
for path in here:
    old, new = target.parent.parent / "current" / path, target / path
    new.parent.mkdir(parents=True, exist_ok=True)
    if new.is_file() and filecmp.cmp(source / path, new, shallow=False):
        continue
    new.unlink(missing_ok=True)
    if old.is_file() and filecmp.cmp(source / path, old, shallow=False):
        new.hardlink_to(old)
    else:
        shutil.copyfile(source / path, new)
"""


def programs(folder: Path) -> Path:
    """Write the programs to ``folder``, and return it."""
    folder.mkdir()
    script = folder / "rsync.py"
    script.write_text(_RSYNC, encoding="utf-8")
    # A line such as "#!/a folder/python" is cut off at the space.
    rsync = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(script))} "$@"\n'
    for name, text in (("ssh", _SSH), ("rsync", rsync), ("sleep", _SLEEP)):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder
