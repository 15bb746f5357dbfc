"""Test the redirects from aliases."""

from __future__ import annotations

from plugins.publishing.hosts import netlify, nginx
from plugins.publishing.hosts.response_rules import ResponseRules
from plugins.publishing.redirect_map import moved
from plugins.publishing.redirects import redirects
from tests.sites.writing import article


def test_both_forms_of_an_old_address() -> None:
    """An alias redirects with and without its slash. The alias of a file has one form."""
    found, problems = redirects([article("a", aliases=["/blog/2021/09/a/", "/blog/a", "/old/a.html"])])
    assert problems == []
    forms = ("/blog/2021/09/a", "/blog/2021/09/a/", "/blog/a", "/blog/a/", "/old/a.html")
    assert moved(found, "") == dict.fromkeys(forms, "/articles/a/")


def test_an_old_address_of_any_letters_leads_to_the_entry() -> None:
    """Aliases are decoded in the redirect map and encoded for Netlify. A dot in a name is not a file suffix."""
    found, problems = redirects([article("a", aliases=["/2019/caf%C3%A9/", "/what's-on", "/wiki/St._Mary", "/x.php"])])
    assert problems == []
    files = ["2019/caf\u00e9/index.html", "what's-on/index.html", "wiki/St._Mary/index.html", "x.php"]
    assert [redirect.file for redirect in found] == files
    leading = moved(found, "")
    forms = {"/2019/caf\u00e9", "/2019/caf\u00e9/", "/what's-on", "/what's-on/", "/wiki/St._Mary", "/wiki/St._Mary/"}
    assert leading.keys() == {*forms, "/x.php"}
    response_rules = ResponseRules(root="", redirects=leading, gone={})
    assert "/2019/caf%C3%A9/ /articles/a/ 301!\n" in netlify.redirects(response_rules)
    assert '"/2019/caf\u00e9/" "/articles/a/";' in nginx.tables(response_rules)


def test_addresses_carry_the_prefix_of_the_site() -> None:
    """Aliases and targets start with the path prefix of the site."""
    found, _ = redirects([article("a", aliases=["/old.html"])])
    assert moved(found, "/sub") == {"/sub/old.html": "/sub/articles/a/"}


def test_one_page_for_two_forms_of_one_alias() -> None:
    """Two forms of one alias of an entry are one redirect."""
    found, problems = redirects([article("a", aliases=["/blog/a", "/blog/a/"])])
    assert problems == []
    assert [redirect.file for redirect in found] == ["blog/a/index.html"]


def test_two_entries_with_one_alias_are_both_planned() -> None:
    """The same alias of two entries gives two redirects, so that the build reports the clash."""
    found, _ = redirects([article("a", aliases=["/blog/x"]), article("b", aliases=["/blog/x/"])])
    assert [redirect.target for redirect in found] == ["/articles/a/", "/articles/b/"]


def test_an_alias_of_itself() -> None:
    """An alias that is the entry's own address in either form is a problem at its position."""
    _, problems = redirects([article("a", aliases=["/articles/a", "/articles/a/"])])
    assert [problem.name for problem in problems] == ["alias-of-itself", "alias-of-itself"]


def test_an_alias_with_a_query_has_no_page() -> None:
    """An alias with a query is for hosts alone: in both forms, but at the root, and without a redirect page."""
    found, problems = redirects([article("a", aliases=["/?p=12", "/blog/?p=12"])])
    assert problems == []
    assert [redirect.has_page for redirect in found] == [False, False]
    forms = ("/?p=12", "/blog?p=12", "/blog/?p=12")
    assert moved(found, "/sub") == {f"/sub{form}": "/sub/articles/a/" for form in forms}


def test_two_entries_with_one_query_are_told() -> None:
    """No output shows that two entries have the same alias with a query, so the redirects report it."""
    _, problems = redirects([article("a", aliases=["/blog/?p=12"]), article("b", aliases=["/blog?p=12"])])
    assert [(problem.path, problem.name) for problem in problems] == [("articles/b/index.md", "address-claimed-twice")]
    assert "articles/a/index.md" in problems[0].message


def test_no_aliases_no_redirects() -> None:
    """Entries without aliases give no redirects."""
    assert moved(redirects([article("a")])[0], "/sub") == {}
