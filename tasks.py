"""The jobs of this project, for Invoke. `inv` names them; `inv NAME --help` explains one."""

# Long because every job is here, with its options in words. A job imports what it needs in its body, so that no job
# waits for the imports of another.

import shlex
import sys
from pathlib import Path

from invoke.context import Context

from plugins.authoring.cli.job import job
from plugins.authoring.cli.program import adopt

adopt()

#: The finished site, from whichever folder of the project a job is run.
_OUTPUT = str(Path(__file__).parent / "output")
_OF_A_BUILD = {
    "content": "the content folder; the one in pelicanconf.py when not given",
    "output": "the folder for the finished site; the one in pelicanconf.py when not given",
    "as-of": "the day of the build, such as 2026-11-22; today when not given",
    "production": "use the settings of publishconf.py: the public address, and the rules of a release",
    "allow-expired": "ids of crisis contacts, such as samaritans,shout, that a release may show unverified",
}


@job(
    "publish",
    help={
        **_OF_A_BUILD,
        "from-scratch": "use nothing that an earlier build left; slow, and the same in the end",
        "explain": "a page, such as /articles/a-first-step/, to tell of, why it was made anew, or why it was not",
    },
)
def build(
    _: Context, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = "",
    from_scratch: bool = False, explain: str = "",
) -> None:  # fmt: skip
    """Build the whole site; what did not change since the last build is not made anew.

    When anything is wrong, says what, where and how to mend it, and leaves the last good site as it was.

    Example: inv build --as-of 2026-12-24 --output christmas
    """
    from plugins.authoring.preview.serve_command import print_serve_command
    from plugins.engine.incremental import command as incremental

    incremental.build(
        content=content, output=output, as_of=as_of, production=production, allow_expired=allow_expired,
        from_scratch=from_scratch, explain=explain,
    )  # fmt: skip
    print_serve_command(content=content, output=output, as_of=as_of, production=production, allow_expired=allow_expired)


@job("write", help={**_OF_A_BUILD, "port": "0 for any that is free"})
def serve(
    _: Context, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = "",
    port: int = 8000,
) -> None:  # fmt: skip
    """Show the site while you write: each save shows in the browser at once, and mistakes with their mends.

    Only this computer can see it. Drafts and planned posts are shown, marked; not with --production, nor with
    --output, which writes the files to that folder, too. Takes another port when the one asked for is taken.
    Ctrl-C ends.

    Example: inv serve --port 8080
    """
    from plugins.authoring.preview import command as preview

    preview.serve(
        port=port,
        options=preview.serve_options(
            content=content, output=output, as_of=as_of, production=production, allow_expired=allow_expired
        ),
    )


@job(
    "write",
    help={
        "port": "0 for any that is free",
        "listen": "for several people, behind a proxy that knows them: its way here, such as 127.0.0.1:8100",
        "content": _OF_A_BUILD["content"],
        "as-of": _OF_A_BUILD["as-of"],
    },
)
def write(_: Context, port: int = 8000, listen: str = "", content: str = "", as_of: str = "") -> None:
    """Write in your browser: forms, a text editor, and the page beside them as it will be.

    Opens the browser. Only this computer can see it, and only by the address that is shown. With --listen, several
    people may write, as docs/hosting/README.md says. Ctrl-C ends.

    Example: inv write
    """
    from functools import partial

    from plugins.authoring.check.plain_language import reading_ease
    from plugins.authoring.editor import command as editor
    from plugins.authoring.editor.services import EditorServices
    from plugins.authoring.importing import upload
    from plugins.authoring.new import command as new_entry
    from plugins.authoring.preview import command as preview
    from plugins.commitments import command as commitments
    from plugins.markdown_blocks.block_scanner import outline
    from plugins.stories import api as stories

    services = EditorServices(
        create_entry=new_entry.create_in,
        add_log_entry=commitments.record_in,
        approval_text=partial(stories.approval_of, outline=outline),
        record_approval=stories.record_approval,
        plan_withdrawal=stories.plan_of,
        withdraw=stories.withdraw_from,
        import_document=upload.import_upload,
        reading_ease=lambda text: reading_ease(outline(text)),
        publish_command=(sys.executable, "-m", "invoke", "publish", "--content"),
    )
    options = preview.serve_options(
        content=content, as_of=as_of, draft_checker="plugins.authoring.check.draft_check:checking_drafts"
    )
    editor.write(
        services, partial(preview.serve, port=port, options=options), content=content, as_of=as_of, listen=listen
    )


@job("write")
def starter(_: Context) -> None:
    """Make a file that opens the editor at a double click, for Windows, macOS or Linux.

    For whoever sets the site up on the computer of somebody who writes.

    Example: inv starter
    """
    from plugins.authoring.editor import command as editor

    editor.make_starter()


@job(
    "write",
    words="kind",
    help={
        "kind": "article, story, commitment, page or person",
        "title": "as readers see it",
        "slug": "the last part of its address; made from the title when not given",
        "summary": "one or two sentences, 160 characters at most",
        "author": "a folder of content/people/",
        "topics": "keys of content/register/topics.yaml, with commas between them",
        "redress": "of a commitment: the help contact for those whom we let down",
        "open": "show the new draft in your browser",
        "content": _OF_A_BUILD["content"],
        "as-of": _OF_A_BUILD["as-of"],
    },
)
def new(
    _: Context, kind: str = "", title: str = "", slug: str = "", summary: str = "", author: str = "",
    topics: str = "", redress: str = "", open: bool = False,  # noqa: A002 - the option's name
    content: str = "", as_of: str = "",
) -> None:  # fmt: skip
    """Begin an entry: a draft with its id, its front matter and a skeleton of its text, in a folder of its own.

    Asks what it is not told; where nobody can be asked, says which options it lacks. Never overwrites anything.

    Example: inv new article --title "A walk before work" --author editorial-team
    """
    from plugins.authoring.new import command as new_entry
    from plugins.authoring.new.create import NewEntryOptions
    from plugins.authoring.preview import command as preview

    def show(address: str) -> None:
        preview.serve(port=8000, options=preview.serve_options(content=content, as_of=as_of), open_page=address)

    new_entry.create_entry(
        NewEntryOptions(kind, title, slug, summary, author, topics, redress),
        content=content, as_of=as_of, opened=open, show=show,
    )  # fmt: skip


@job(
    "write",
    name="import",
    words="file",
    positional=[],
    iterable=["file"],
    help={
        "file": "a .docx, .odt, .html or .md file, a WordPress export (.xml, all its parts), or a folder of Markdown",
        "uploads": "the folder wp-content/uploads of the old site, for its pictures and documents",
        "fetch": "fetch pictures and documents that are missing from the old site, and from nowhere else",
        "drafts": "import what readers of the old site could not see, too: drafts, private and planned posts",
        "keep-guids": "keep the ids that posts of WordPress had in feeds, so that those who follow them see none anew",
        "old-site": "the address of the old site, where no file tells it, such as https://old.example.org",
        "content": _OF_A_BUILD["content"],
        "as-of": _OF_A_BUILD["as-of"],
    },
)
def import_(
    _: Context, file: list[str], uploads: str = "", fetch: bool = False, drafts: bool = False, keep_guids: bool = False,
    old_site: str = "", content: str = "", as_of: str = "",
) -> None:  # fmt: skip
    """Import texts from Word, Google Docs, WordPress or another generator: each becomes a draft, and none is replaced.

    Writes a report beside the content, import/report.html, and import/import.yaml, in which you say who wrote what and
    what it is about. Run it again after you have changed that: it updates what nobody has touched since.

    Example: inv import export.xml --uploads wp-content/uploads
    """
    from plugins.authoring.importing import command as importing

    importing.import_files(
        file, uploads=uploads, fetch=fetch, drafts=drafts, keep_guids=keep_guids, old_site=old_site, content=content,
        as_of=as_of,
    )  # fmt: skip


@job(
    "write",
    words="commitment",
    help={
        "commitment": "its slug, such as we-listen-first",
        "said": "what was said, or how the wording or the day of the review changed",
        "did": "what was done, or why it changed",
        "evidence": "what shows it; leave it out when nothing does",
        "role": "who says so: a role, never a name",
        "on": "the day, such as 2026-11-22; today when not given",
        "content": "the content folder; the one in pelicanconf.py when not given",
    },
)
def record(
    _: Context, commitment: str = "", said: str = "", did: str = "", role: str = "", evidence: str = "", on: str = "",
    content: str = "",
) -> None:  # fmt: skip
    """Add an entry to the public record of a commitment, with the wording that it has now.

    A promise that is published cannot be reworded, nor its review put off, without one. Asks what it is not told.

    Example: inv record we-listen-first --said "..." --did "..." --role "Community lead"
    """
    from plugins.commitments import command as commitments
    from plugins.commitments.recording import LogEntryInput

    commitments.record(commitment, LogEntryInput(said, did, role, evidence), on=on, content=content)


@job(
    "write",
    help={
        "story": "its folder, slug, address or id",
        "yes": "do not ask: the narrator has approved exactly this text; their consent and the review must be recorded",
        "content": _OF_A_BUILD["content"],
        "as-of": "the day, such as 2026-11-22; today when not given",
    },
)
def approve(_: Context, story: str, yes: bool = False, content: str = "", as_of: str = "") -> None:
    """Record that a narrator has approved the text of their story.

    Shows the exact text, and what in it could tell who somebody is, and asks. Any change of it afterwards stops the
    build until it is approved again.

    Example: inv approve a-quiet-kitchen
    """
    from plugins.markdown_blocks.block_scanner import outline
    from plugins.stories import command as stories

    stories.approve_story(story, outline=outline, yes=yes, content=content, as_of=as_of)


@job(
    "write",
    help={
        **_OF_A_BUILD,
        "story": "its folder, slug, address or id",
        "yes": "do not ask: this story is meant",
        "reason": "shown once, and kept nowhere",
        "accept-found": "somebody has looked at each place where its words were found, and they are not the story's",
    },
)
def withdraw(
    _: Context, story: str, yes: bool = False, reason: str = "", content: str = "", output: str = "",
    as_of: str = "", production: bool = False, allow_expired: str = "", accept_found: bool = False,
) -> None:  # fmt: skip
    """Take a story back for good: out of the content, the pages, the feeds and the lists.

    Shows where readers could see it, and asks for its slug. Builds the site without it, searches every file for its
    words, and tells what must be done by hand. What git has no copy of is kept for a day, for its owner alone. It can
    be interrupted and run again. Nothing of the story can be published by accident afterwards.

    Example: inv withdraw a-quiet-kitchen --production
    """
    from plugins.authoring.check import command as checking
    from plugins.authoring.editor import command as editor
    from plugins.engine.incremental import command as incremental
    from plugins.images import plugin as images
    from plugins.publishing import command as publishing
    from plugins.stories import command as stories

    taken = stories.begin_withdrawal(
        story, yes=yes, reason=reason, content=content, as_of=as_of, production=production,
        is_released=publishing.is_released,
    )  # fmt: skip
    images.forget(taken)
    incremental.forget()
    checking.forget()
    editor.forget(content=content)
    publishing.forget(content=content)
    folder = incremental.build(
        content=content, output=output, as_of=as_of, production=production, allow_expired=allow_expired
    )
    stories.end_withdrawal(
        story, Path(folder), accept_found=accept_found, content=content, as_of=as_of, production=production
    )


_TO = "where, such as ssh://deploy@example.org/srv/community; PUBLISH_TARGET of the settings when not given"
_CHECK = "the address to look at it from outside, or none; PUBLISH_CHECK of the settings when not given, else SITEURL"


@job(
    "publish",
    help={
        "to": _TO,
        "dry-run": "only tell what would change",
        "check": _CHECK,
        "unclean": "publish although something is not committed",
        "content": _OF_A_BUILD["content"],
        "as-of": _OF_A_BUILD["as-of"],
        "allow-expired": _OF_A_BUILD["allow-expired"],
    },
)
def publish(
    _: Context, to: str = "", dry_run: bool = False, check: str = "", unclean: bool = False, content: str = "",
    as_of: str = "", allow_expired: str = "",
) -> None:  # fmt: skip
    """Build the site for readers, check it, and bring it to its host: all at once or not at all.

    Looks at it from outside as readers do, and takes it back when it does not fare well. Interrupted anywhere, readers
    see the old site or the new one; run it again.

    Example: inv publish --dry-run
    """
    from plugins.engine.incremental import command as incremental
    from plugins.link_check import check as link_check
    from plugins.publishing import command as publishing

    release_build = publishing.prepare(content=content, to=to, check=check, unclean=unclean)
    site = incremental.build(
        content=content, output=release_build.folder, as_of=as_of, production=True, allow_expired=allow_expired,
        gone_since=release_build.gone_since,
    )  # fmt: skip
    link_check.check_links(site)
    publishing.send(content=content, to=to, check=check, dry_run=dry_run)


@job("publish", words="release", help={"release": "its id, as `inv releases` shows it", "to": _TO, "check": _CHECK})
def rollback(_: Context, release: str = "", to: str = "", check: str = "") -> None:
    """Let readers see a release that they saw before; the one before the live one when none is named.

    Refuses one that shows a story, or anything withdrawn, that is no longer on the site.

    Example: inv rollback
    """
    from plugins.publishing import command as publishing

    publishing.rollback(release, to=to, check=check)


@job("publish", help={"to": _TO})
def releases(_: Context, to: str = "") -> None:
    """List the releases that the host keeps, the newest first, and the one that readers see.

    Example: inv releases
    """
    from plugins.publishing import command as publishing

    publishing.releases(to=to)


@job(
    "publish",
    name="start-site",
    help={
        "folder": "the folder of the new site, which is empty or not there yet",
        "name": "the name of the organisation",
        "url": "the public address of its site",
    },
)
def start_site(_: Context, folder: str, name: str, url: str) -> None:
    """Make a site for another organisation: this engine, with content, settings and a history of its own.

    The content has registers to fill in and one post. Nothing of this site's content or settings is in it.

    Example: inv start-site ../river-lane --name "River Lane" --url https://community.example.org
    """
    from plugins.authoring.new_site import command as new_site

    new_site.start_site(folder, name=name, url=url)


@job(
    "publish",
    name="update-engine",
    help={
        "source": "the folder, or the git address, of a project with the later engine",
        "prefer": "site or engine: whose lines to keep where both changed them; the update stops there when not given",
    },
)
def update_engine(_: Context, source: str, prefer: str = "") -> None:
    """Take a later engine into a site that `inv start-site` made. Content and settings stay as they are.

    Refuses while something is not committed. Where this site and the engine changed the same lines, says so and leaves
    every file as it was.

    Example: inv update-engine ../community-site
    """
    from plugins.authoring.new_site import command as new_site

    new_site.update_engine(source, prefer=prefer)


@job(
    "check",
    help={
        "days": "how many days to look ahead",
        "calendar": "write a private calendar file for staff, such as ../due.ics, too",
        "content": _OF_A_BUILD["content"],
        "as-of": "the day to look from, such as 2026-11-22; today when not given",
    },
)
def due(_: Context, days: int = 60, content: str = "", as_of: str = "", calendar: str = "") -> None:
    """List what will lapse: consents, reviews, help contacts to verify, entries that appear or expire.

    What nobody ever did comes first, then what is overdue.

    Example: inv due --days 30
    """
    from plugins.authoring.due import command as due_list

    due_list.print_due(days=days, content=content, as_of=as_of, calendar=calendar)


@job(
    "check",
    words="path",
    positional=[],
    iterable=["path"],
    help={
        "path": "a file or folder to look at alone; can be given more than once, and without its option",
        "fix": "mend what needs no judgement: shows the changes, asks, and writes them",
        "yes": "with --fix: write them without asking",
        "format": "text, json, sarif or github",
        "content": _OF_A_BUILD["content"],
        "as-of": _OF_A_BUILD["as-of"],
    },
)
def check(
    _: Context, path: list[str], fix: bool = False, yes: bool = False,
    format: str = "text", content: str = "", as_of: str = "",  # noqa: A002 - the option's name
) -> None:  # fmt: skip
    """Check everything that is written, as an editor reads it: mistakes, spelling, links, pictures, plain language.

    Errors would stop a build; warnings and advice stop nothing. Ends with status 1 when there is an error. Files and
    folders that are named are looked at alone.

    Example: inv check content/articles/sober-summers --fix
    """
    from plugins.authoring.check import command as checking

    checking.check(path, fix=fix, yes=yes, form=format, content=content, as_of=as_of)


@job("develop")
def schemas(_: Context) -> None:
    """Write what VS Code needs to complete and check front matter, from the models, into .vscode/.

    For people who change the models; a test says when it is needed.

    Example: inv schemas
    """
    from plugins.authoring.schemas import command as editor_schemas

    editor_schemas.write()


@job("develop", needs="test")
def bundle(_: Context) -> None:
    """Make the script of the editor in the browser from its packages; needs Node.js.

    For people who change it; a test says when it is needed.

    Example: inv bundle
    """
    from plugins.authoring.editor import bundling
    from tests.provisioning import javascript

    javascript.install_packages(bundling.FOLDER)
    bundling.make(javascript.node())


@job(
    "develop",
    needs="test",
    name="test",
    help={
        "real": "the tests that drive browsers, servers, feed readers and Node.js; installs those where it may",
        "deep": "the tests that take minutes: mutants, kills, long rows of edits, all examples, every page",
    },
)
def run_tests(context: Context, real: bool = False, deep: bool = False) -> None:
    """Run lint, types and the tests that need only what pip installs: about five minutes.

    Ends by naming the tiers that were not run. What stands after two dashes is handed to pytest.

    Example: inv test -- -k excerpt
    """
    from tests.provisioning import tiers

    tiers.run_tiers(shlex.split(context.remainder), real=real, deep=deep)


@job("develop", needs="test")
def lint(_: Context) -> None:
    """Check style, formatting and types only; takes seconds.

    Example: inv lint
    """
    from tests.provisioning import tiers

    tiers.check_code()


@job(
    "develop",
    needs="audit",
    name="screenshots",
    help={"output": "the folder of the finished site", "to": "the folder for the pictures"},
)
def take_screenshots(_: Context, output: str = _OUTPUT, to: str = "screenshots") -> None:
    """Take a picture of every page of the finished site: on a phone, a tablet and a desk, light and dark.

    For people to look at: open the index.html that it writes beside them.

    Example: inv screenshots --to /tmp/pictures
    """
    from tests.provisioning import screenshots

    screenshots.take(output, to)


@job(
    "develop",
    needs="test",
    positional=["what"],
    help={
        "what": "build, check, feeds, import, preview, search or write",
        "sizes": "how many articles, with commas between the numbers",
        "peers": "for build: what else is measured, with commas between the names",
        "runs": "for build: how often each figure is taken; the median counts",
        "chart": "for build: a file to draw a chart to, as SVG",
        "json": "for build: a file to write the figures to, as data",
    },
)
def bench(
    context: Context, what: str, sizes: str = "100,1000", peers: str = "hugo,eleventy,pelican", runs: int = 5,
    chart: str = "", json: str = "",
) -> None:  # fmt: skip
    """Measure speed and size, and print the figures.

    Example: inv bench feeds --sizes 1000,10000
    """
    options = [f"--peers={peers}", f"--runs={runs}", f"--chart={chart}", f"--json={json}"]
    context.run(shlex.join([sys.executable, "-m", "tests.benchmarks", what, sizes, *options]))


@job(
    "develop",
    needs="audit",
    help={
        "output": "the folder of the finished site",
        "pages": "check these alone: addresses such as /help/, with commas between them",
        "only": "check these rules alone, by name, with commas between them",
        "all": "Lighthouse and Firefox take every page, not one of each type",
        "quick": "without Lighthouse and Firefox",
        "figures": "show what was measured, as a table",
        "json": "a file to write the report to, as data",
    },
)
def audit(
    _: Context, output: str = _OUTPUT, pages: str = "", only: str = "", json: str = "",
    all: bool = False, quick: bool = False, figures: bool = False,  # noqa: A002 - the name of the flag
) -> None:  # fmt: skip
    """Check every page of the finished site: bytes, speed, links, privacy, access, print, two browsers.

    One line for each violation: page, rule, element. Fails when there is one.

    Example: inv audit --pages /help/,/about/
    """
    from plugins.base.optional_dependencies import require_extra

    require_extra("audit")
    from tests import provisioning
    from tests.site_audit import command

    tools = provisioning.audit_tools()
    command.audit(output, tools=tools, pages=pages, only=only, json=json, every=all, quick=quick, figures=figures)
