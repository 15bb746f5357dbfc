"""Old addresses."""

from __future__ import annotations

from plugins.publishing.hosts import netlify, nginx
from plugins.publishing.hosts.response_rules import Answers
from plugins.publishing.redirect_map import moved
from plugins.publishing.redirects import redirects
from tests.sites.writing import article


def test_both_forms_of_an_old_address() -> None:
    """An alias leads, with and without its last slash, to the entry; a file's name has one form."""
    found, problems = redirects([article("a", aliases=["/blog/2021/09/a/", "/blog/a", "/old/a.html"])])
    assert problems == []
    forms = ("/blog/2021/09/a", "/blog/2021/09/a/", "/blog/a", "/blog/a/", "/old/a.html")
    assert moved(found, "") == dict.fromkeys(forms, "/articles/a/")


def test_an_old_address_of_any_letters_leads_to_the_entry() -> None:
    """Hosts are told an address decoded, and Netlify encoded; a full stop within a name makes no file of a kind."""
    found, problems = redirects([article("a", aliases=["/2019/caf%C3%A9/", "/what's-on", "/wiki/St._Mary", "/x.php"])])
    assert problems == []
    files = ["2019/caf\u00e9/index.html", "what's-on/index.html", "wiki/St._Mary/index.html", "x.php"]
    assert [redirect.file for redirect in found] == files
    leading = moved(found, "")
    forms = {"/2019/caf\u00e9", "/2019/caf\u00e9/", "/what's-on", "/what's-on/", "/wiki/St._Mary", "/wiki/St._Mary/"}
    assert leading.keys() == {*forms, "/x.php"}
    answers = Answers(root="", redirects=leading, gone={})
    assert "/2019/caf%C3%A9/ /articles/a/ 301!\n" in netlify.redirects(answers)
    assert '"/2019/caf\u00e9/" "/articles/a/";' in nginx.tables(answers)


def test_addresses_carry_the_prefix_of_the_site() -> None:
    """Below a sub-path, the old address and the new one begin with it."""
    found, _ = redirects([article("a", aliases=["/old.html"])])
    assert moved(found, "/sub") == {"/sub/old.html": "/sub/articles/a/"}


def test_one_page_for_two_forms_of_one_alias() -> None:
    """An entry may list both forms of one old address; they are one page."""
    found, problems = redirects([article("a", aliases=["/blog/a", "/blog/a/"])])
    assert problems == []
    assert [redirect.file for redirect in found] == ["blog/a/index.html"]


def test_two_entries_with_one_alias_are_both_planned() -> None:
    """The same old address of two entries is planned twice, so that the clash is told."""
    found, _ = redirects([article("a", aliases=["/blog/x"]), article("b", aliases=["/blog/x/"])])
    assert [redirect.target for redirect in found] == ["/articles/a/", "/articles/b/"]


def test_an_alias_of_itself() -> None:
    """An alias that is the entry's own address, in either form, is a problem at its place."""
    _, problems = redirects([article("a", aliases=["/articles/a", "/articles/a/"])])
    assert [problem.name for problem in problems] == ["alias-of-itself", "alias-of-itself"]


def test_no_aliases_no_redirects() -> None:
    """Without an old address nothing is redirected."""
    assert moved(redirects([article("a")])[0], "/sub") == {}
