"""The watch over browser windows sees what it is there to see: without this, a clean browser test says nothing."""

import pytest

from tests.browsing import check_axe
from tests.walk import Walk

pytestmark = pytest.mark.browser


def seen(window, what):
    """Whether the watch notices it: a browser tells of a fault when it has time to."""
    for _try in range(100):
        if any(what in problem for problem in window.watch.problems):
            return True
        window.page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize(
    ("what", "script"),
    [
        ("console", "() => console.error('a fault')"),
        ("a fault nobody caught", "() => { setTimeout(() => { throw new Error('a fault nobody caught'); }) }"),
        ("404", "() => fetch('/no-such-page')"),
        ("CSP: img-src", "() => { new Image().src = 'http://elsewhere.invalid/x.png' }"),
        ("CSP: style-src", "() => document.body.setAttribute('style', 'color: red')"),
        ("net::ERR_CONNECTION_REFUSED", "() => fetch('/broken').catch(() => null)"),
    ],
)
def test_each_kind_of_fault_is_seen(open_window, live_site, what, script):
    window = open_window("en")
    window.page.route("**/broken", lambda route: route.abort("connectionrefused"))
    window.page.goto(f"{live_site}/accounts/login/")
    assert window.watch.problems == []
    window.page.evaluate(script)
    assert seen(window, what), window.watch.problems
    window.watch.problems.clear()


def test_a_status_that_is_meant_is_no_fault(open_window, live_site):
    window = open_window()
    window.watch.expects(404)
    window.page.goto(f"{live_site}/no-such-page")
    assert window.watch.problems == []


def test_a_page_that_keeps_people_out_is_refused(page, live_site):
    page.goto(f"{live_site}/accounts/login/")
    page.evaluate("() => document.body.append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        check_axe(page)


@pytest.mark.parametrize(("language", "stray"), [("vi", "Sign in"), ("en", "Đăng nhập")])
def test_a_sentence_of_the_other_language_is_seen(open_window, live_site, language, stray):
    visitor = Walk(live_site, language, open_window).visitor("reader")
    visitor.go("/accounts/login/")
    visitor.look()
    visitor.page.evaluate("text => document.querySelector('main').append(text)", stray)
    with pytest.raises(AssertionError, match=stray):
        visitor.look()
