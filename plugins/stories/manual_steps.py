"""List the steps of a withdrawal that staff must do by hand."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.stories.withdrawal import Withdrawal

NEVER_PUBLIC = "As far as git and this computer can tell, readers never saw it."


def unreachable(withdrawal: Withdrawal, addresses: Sequence[str], folder: str) -> str:
    """Return the manual steps after a withdrawal.

    Args:
        withdrawal: the withdrawal.
        addresses: the URLs at which readers could see the story, or none if it was never public.
        folder: the path of the content folder in git.
    """
    pages = "\n".join(("The addresses were:", *(f"       {address}" for address in addresses)))
    paths = " ".join(f"--path {folder}/{path}" for path in withdrawal.files)
    return f"""\
Done here. What this command cannot reach, and what to do about each:

  1. The site that readers see. Commit the withdrawal (see 7) and publish it now:  inv publish  also deletes the older
     releases on the host that show the story. If you publish in another way, delete older builds there yourself.
     {pages if addresses else NEVER_PUBLIC}
  2. Caches of browsers, and of a network in front of the host (CDN). Browsers ask again when a page is opened; in the
     network's control panel, purge the addresses above and the pictures of the story.
  3. Search engines. Ask for removal of each address; 410 (or 404) is the ground to give.
       Google: https://search.google.com/search-console/remove-outdated-content
       Bing:   https://www.bing.com/webmasters/tools/contentremoval
  4. Web archives. Look each address up at https://web.archive.org and https://archive.ph and write to them
     (info@archive.org for the first), giving the addresses and that the person withdrew consent.
  5. Feed readers. The feeds send the same item again with its title and text taken out, and most readers put that in
     place of what they hold. One that is no longer subscribed, or never asks again, keeps the old text.
  6. Social networks and chats that show a preview. Enter each address in the tools of the networks where it was shared
     (for example https://developers.facebook.com/tools/debug/ and https://www.linkedin.com/post-inspector/).
  7. The history of the repository, which still holds the text. First commit the withdrawal:
       git add -A {folder} && git commit -m "Withdraw a story"
     Then, agreed with everyone who has a copy (each must clone again afterwards), in a fresh clone:
       git filter-repo --invert-paths {paths}
       git push --force --all && git push --force --tags
     Ask the service that hosts the repository to delete its cached views, pull requests and forks of the old commits.
  8. What a service that builds the site keeps (GitHub, GitLab): delete its caches, the artefacts of its jobs, and every
     preview of the site that it made for a branch or a pull request.
  9. Backups, e-mails, drafts in other programs, print. Ask whoever keeps them.
"""
