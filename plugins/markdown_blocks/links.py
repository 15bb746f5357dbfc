"""Resolve the address of a link in a body.

Kinds of addresses: ``help:id`` (the help register), ``{filename}path#anchor`` (another entry, relative to the file or,
with a leading slash, to the content folder), ``leaflet.pdf`` (a file beside the text), ``#anchor`` (this page),
``/permalink/`` (a page of this site) and ``https://…``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.invisible_characters import is_invisible, misleading_character, normalise_name, strip_spaces
from plugins.content_model.link_targets import RemovedTarget
from plugins.content_model.local_hosts import is_private_host
from plugins.markdown_blocks.context import Context, LinkTarget, LinkUse
from plugins.markdown_blocks.file_links import content_path, find_file
from plugins.views.views import ContactView

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_FILE = re.compile(r"\{(\w+)\}")


class ResolvedLink(Struct, frozen=True):
    """A resolved link.

    Attributes:
        href: address in the page, or "" if it cannot be followed.
        external: whether it leaves the site.
        use: set for a link to an entry, including this one.
        problem: why it cannot be followed, or None.
        gone: the withdrawn target; the link is removed, and its words are kept unless they name the target.
        note: information for readers, or "".
    """

    href: str
    external: bool = False
    use: LinkUse | None = None
    problem: Problem | None = None
    gone: RemovedTarget | None = None
    note: str = ""


def resolve(address: str, position: Position, context: Context) -> ResolvedLink:
    """Return the resolved link of ``address``.

    Args:
        address: as written between the brackets of a link.
        position: of the address.
        context: what the body may refer to.
    """
    # Pasted addresses may be surrounded by invisible characters.
    address, before = strip_spaces(address)
    resolver = _Resolver(address, position, context)
    if not resolver.address:
        return resolver.wrong("empty-address", "a link has no address", "write the address between the round brackets")
    unseen = None
    if not address.isascii():
        unseen = next((number for number, one in enumerate(address) if is_invisible(one)), None)
    if unseen is not None:
        place = Position(position.line, position.column + before + unseen)
        return ResolvedLink(
            "", problem=misleading_character(context.path, place, address[unseen], "the address of the link")
        )
    if resolver.address.startswith("#"):
        use = LinkUse(context.path, context.path, unquote(resolver.address[1:]), position)
        return ResolvedLink(resolver.address, use=use)
    if resolver.address.startswith("{"):
        return resolver.file()
    scheme = _SCHEME.match(resolver.address)
    if scheme:
        return resolver.schemed(scheme[0].lower())
    return resolver.internal()


def contact_href(contact: ContactView) -> str:
    """Return the address of ``contact``: phone, else text messages, else website, else ""."""
    return contact.tel_href or contact.sms_href or contact.url


class _Resolver(Struct, frozen=True):
    """Resolves one address."""

    address: str
    position: Position
    context: Context

    def wrong(self, name: str, message: str, hint: str) -> ResolvedLink:
        return ResolvedLink("", problem=self.context.problem(self.position, name, message, hint))

    def schemed(self, scheme: str) -> ResolvedLink:
        """Resolve an address that begins with a scheme such as ``https:``."""
        if scheme == "help:":
            return self._contact(self.address[len(scheme) :])
        if scheme in ("http:", "https:"):
            return self._external()
        if scheme in ("mailto:", "tel:", "sms:"):
            return self.wrong(
                "raw-contact",
                f"the link `{self.address}` holds a contact detail, which belongs in the help register only",
                "add the contact to content/register/help.yaml and link to it as `help:id`",
            )
        if scheme == "file:":
            return self._private()
        return self.wrong(
            "unknown-scheme",
            f"a link cannot begin with `{scheme}`",
            "use an address that begins with `https://`, `{filename}`, `help:` or `#`",
        )

    def _external(self) -> ResolvedLink:
        try:
            host = urlsplit(self.address).hostname
        except ValueError:
            host = None
        if not host:
            return self.wrong(
                "broken-address", f"`{self.address}` is not an address of the web", "copy the address from the browser"
            )
        if is_private_host(host):
            return self._private()
        return ResolvedLink(self.address, external=True)

    def _private(self) -> ResolvedLink:
        """Report the address of a preview or of a private host."""
        path = urlsplit(self.address).path
        return self.wrong(
            "private-address",
            f"`{self.address}` is an address of the computer that it was copied on, and leads nobody else there",
            f"write `{path}`" if path in self.context.permalinks else "write the address at which everybody finds it",
        )

    def _contact(self, contact_id: str) -> ResolvedLink:
        contact = self.context.contacts.get(contact_id)
        if contact is None:
            return self.wrong(
                "unknown-contact",
                f"the help register has no contact `{contact_id}`",
                nearest(contact_id, self.context.contacts, "write `help:{}`")
                or "add the contact to content/register/help.yaml",
            )
        href = contact_href(contact)
        if not href:
            return self.wrong(
                "unreachable-contact",
                f"the contact `{contact_id}` has no telephone number, text number or site to link to",
                "add one to content/register/help.yaml",
            )
        # Not all screen readers read a title, and touch screens do not show it.
        is_billed = contact.shows_on_bill == "yes" and href != contact.url
        return ResolvedLink(href, external=href == contact.url, note="shows on a phone bill" if is_billed else "")

    def file(self) -> ResolvedLink:
        """Resolve an address that begins with ``{filename}``."""
        keyword = _FILE.match(self.address)
        if keyword is None or keyword[1] != "filename":
            return self.wrong(
                "unknown-address",
                f"`{self.address}` begins with a word in braces that is not known here",
                "write `{filename}` and the path of an entry's file",
            )
        rest, _, anchor = self.address[keyword.end() :].partition("#")
        path = content_path(unquote(rest), self.context.path) if rest.strip() else self.context.path
        target: LinkTarget | None = self.context.entries.get(path)
        if path in self.context.gone and path != self.context.path:
            return self._gone(path)
        if path == self.context.path:
            use = LinkUse(self.context.path, path, unquote(anchor), self.position)
            return ResolvedLink(
                f"#{anchor}" if anchor else f"{self.context.root}{target.permalink}" if target else "#", use=use
            )
        if target is None:
            others = [known for known in self.context.entries if known != self.context.path]
            meant = [known for known in others if normalise_name(known) == normalise_name(path)]
            if len(meant) == 1:
                return _Resolver(f"{{filename}}/{meant[0]}{'#' if anchor else ''}{anchor}", *self._where).file()
            file_link = self._file_link(path)
            if file_link is not None:
                return file_link
            return self.wrong(
                "missing-entry",
                f"there is no entry `{path}`",
                nearest(path, others, "write `{{filename}}/{}`, or take the link out")
                or "take the link out, or check the path, counted from the content folder",
            )
        problem = None if target.live else self._draft(path, target)
        if not (target.live or target.previewed):
            return ResolvedLink("", problem=problem)
        use = LinkUse(self.context.path, path, unquote(anchor), self.position)
        return ResolvedLink(
            f"{self.context.root}{target.permalink}{'#' if anchor else ''}{anchor}", use=use, problem=problem
        )

    def _gone(self, path: str) -> ResolvedLink:
        problem = self.context.problem(
            self.position,
            "link-to-withdrawn",
            "what this link led to is no longer on the site, so the link is left out",
            "write the sentence without it, and without the name of what is gone",
            Severity.WARNING,
        )
        return ResolvedLink("", problem=problem, gone=self.context.gone[path])

    @property
    def _here(self) -> str:
        """The permalink of the page that contains the link."""
        entry = self.context.entries.get(self.context.path)
        return entry.permalink if entry else ""

    @property
    def _where(self) -> tuple[Position, Context]:
        return self.position, self.context

    def _draft(self, path: str, target: LinkTarget) -> Problem:
        """Report a link to an entry that is not public.

        Links between drafts, links in a preview, and links to an expired entry are warnings.
        """
        if target.ended is not None:
            return self.context.problem(
                self.position,
                "link-to-expired",
                f"“{target.title}” ({path}) went on {target.ended}, the day of its `expires`, so the link is left out",
                "take the link out, or give that entry a later day if it is to stay",
                Severity.WARNING,
            )
        waits = Severity.WARNING if self.context.is_draft or target.previewed else Severity.ERROR
        if target.opens is not None:
            return self.context.problem(
                self.position,
                "link-to-scheduled",
                f"“{target.title}” ({path}) appears on {target.opens}, so nobody could follow this link before",
                f"take the link out until {target.opens}, or give this entry that day as its own  published:",
                waits,
            )
        return self.context.problem(
            self.position,
            "link-to-draft",
            f"“{target.title}” ({path}) is not published, so nobody could follow this link",
            "publish that entry first, or take the link out",
            waits,
        )

    def internal(self) -> ResolvedLink:
        """Resolve an address without a scheme."""
        if not self.address.startswith("/") or self.address.startswith("//"):
            return self._relative()
        path = unquote(re.split(r"[?#]", self.address, maxsplit=1)[0])
        if path in self.context.gone or f"{path}/" in self.context.gone:
            return self._gone(path if path in self.context.gone else f"{path}/")
        entry = self.context.paths.get(path)
        if entry is not None:
            anchor = self.address.partition("#")[2]
            return _Resolver(f"{{filename}}/{entry}{'#' if anchor else ''}{anchor}", self.position, self.context).file()
        if path in self.context.permalinks:
            return ResolvedLink(f"{self.context.root}{self.address}")
        file_link = self._file_link(content_path(unquote(path), self.context.path))
        if file_link is not None:
            return file_link
        return self.wrong(
            "unknown-address",
            f"this site has no page `{path}`",
            nearest(path, [known for known in self.context.permalinks if known != self._here], "write `{}`")
            or "link to the entry's file instead: `{filename}/articles/name/index.md`",
        )

    def _file_link(self, path: str) -> ResolvedLink | None:
        """Return the link to a file that is no entry, or None if the site does not publish ``path``."""
        found = find_file(self.address.removeprefix("{filename}"), path, self.position, self.context)
        if found is None:
            return None
        href = f"{self.context.root}{found.href}" if found.href else ""
        return ResolvedLink(href, problem=found.problem, note=found.note)

    def _relative(self) -> ResolvedLink:
        path = content_path(unquote(self.address.partition("#")[0]), self.context.path)
        # A file name may hold these signs itself.
        links = [self._file_link(name) for name in (path, content_path(self.address, self.context.path))]
        if found := [link for link in links if link is not None]:
            return next((link for link in found if link.problem is None), found[0])
        if path in self.context.entries:
            hint = f"write `{{filename}}/{path}`"
        elif re.match(r"(?:/*)[\w-]+(?:\.[\w-]+)+(?:/|$)", self.address):
            hint = f"if it is a page of the web, write `https://{self.address.lstrip('/')}`"
        else:
            hint = "write `{filename}/articles/name/index.md` for an entry, or `https://…` for a page of the web"
        return self.wrong("unknown-address", f"`{self.address}` does not say where it leads", hint)


def nearest(wanted: str, known: Iterable[str], hint: str) -> str:
    """Return ``hint`` with the name in ``known`` most similar to ``wanted``, or ""."""
    near = difflib.get_close_matches(wanted, list(known), n=1)
    return hint.format(near[0]) if near else ""
