"""``inv start-site`` and ``inv update-engine``: print what was done, and what to do next."""

from __future__ import annotations

from pathlib import Path

from plugins.authoring.new_site import start, update
from plugins.base.terminal import display_path, pluralise

_ROOT = Path(__file__).resolve().parents[3]
_INSTALL = ".venv/bin/pip install -c constraints.txt -e ."


def start_site(folder: str, *, name: str, url: str) -> None:
    """Make the site of another organisation in ``folder``, and print the next steps.

    Raises:
        UserError: if an argument cannot be used; nothing was written.
    """
    place = Path(folder).expanduser()
    start.start_site(_ROOT, place, name=name, url=url)
    print(
        f"Started: {display_path(place)}\n"
        "Next, in that folder:\n"
        f"  python3 -m venv .venv && {_INSTALL}\n"
        "  .venv/bin/inv check     what is still to do\n"
        "  .venv/bin/inv serve     the site in your browser; /handbook/make-it-yours/ says how to make it yours"
    )


def update_engine(source: str, *, prefer: str) -> None:
    """Take the engine of ``source`` into this site, and print what it changed.

    Raises:
        UserError: if it cannot be merged; every file is as it was.
    """
    done = update.update_engine(_ROOT, source, prefer=prefer)
    if not done.files:
        print("This site has that engine already.")
        return
    print(f"Updated: {pluralise(len(done.files), 'file')} of the engine. Content and settings are as they were.")
    if done.installs:
        print(f"It may need other packages:  {_INSTALL}")
    print(f"Now look at the site:  inv check  and  inv serve. To take the update back:  git reset --hard {done.before}")
