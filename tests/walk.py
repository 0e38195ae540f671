"""People who go through a fair by its pages alone, each at a window of their own, all in one language.

What a page says is looked for by the sentence of its template, in the language of the walk. `look` holds each page
against WCAG 2.2 AA, against sentences of the other language, and against the width of the window.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polib
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Locator, Page, expect

from fairs.second_factor import code_now
from tests.browsing import CODE, Window, check_axe, letter_to

ROOT = Path(__file__).parent.parent
SENTENCES = """() => {
    const found = [];
    const note = (node, text) => found.push([node.closest("[lang]").lang, text.trim().replace(/\\s+/g, " ")]);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) note(texts.currentNode.parentElement, texts.currentNode.data);
    for (const name of ["aria-label", "title", "alt", "placeholder"])
        for (const node of document.querySelectorAll(`body [${name}]`)) note(node, node.getAttribute(name));
    return found;
}"""


class Walk:
    """A story in one language on one site: who is at which window."""

    def __init__(self, site: str, language: str, open_window: Callable[..., Window]):
        self.site, self.language, self.open_window = site, language, open_window

    def visitor(self, name: str, *, phone: bool = False) -> "Visitor":
        """Somebody with a desk or a phone, and an address that nobody else has."""
        size = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True} if phone else {}
        address = f"{name}-{self.language}@walk.example"
        return Visitor(self.open_window(self.language, **size), self.site, self.language, address)


class Visitor:
    """One person: goes, reads, fills in, presses."""

    def __init__(self, window: Window, site: str, language: str, address: str):
        self.window, self.site, self.language, self.address = window, site, language, address
        self.page: Page = window.page

    def word(self, sentence: str, context: str = "") -> str:
        """A sentence of the templates in the language of the walk."""
        with translation.override(self.language):
            return pgettext(context, sentence) if context else gettext(sentence)

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site + path)

    def find(self, role: Any, sentence: str) -> Locator:
        """A link, button or heading of the page by its sentence."""
        return self.page.locator("#main").get_by_role(role, name=self.word(sentence), exact=True).first

    def follow(self, link: str | Locator) -> None:
        """Go where a link leads, and wait until the page is there."""
        with self.page.expect_event("load"):
            (self.find("link", link) if isinstance(link, str) else link).click()

    def press(self, button: str | Locator) -> None:
        """Press a button that brings the next page, and wait until it is there."""
        with self.page.expect_event("load"):
            (self.find("button", button) if isinstance(button, str) else button).click()

    def fill(self, **answers: Any) -> None:
        """Fill in a form by its names: True ticks, a list ticks by value, a number chooses from a list by place."""
        for name, answer in answers.items():
            field = self.page.locator(f"#main [name={name}]")
            if answer is True:
                field.first.check()
            elif isinstance(answer, list):
                for value in answer:
                    self.page.locator(f"#main [name={name}][value='{value}']").check()
            elif isinstance(answer, int):
                field.select_option(index=answer)
            elif field.first.evaluate("field => field.localName") == "select":
                field.select_option(answer)
            else:
                field.first.fill(answer)

    def reads(self, *texts: str) -> None:
        """The page says these, digits grouped in the way of either language."""
        for text in texts:
            pattern = re.escape(text).replace(",", "[.,]")
            expect(self.page.locator("#main")).to_contain_text(re.compile(pattern))

    def look(self) -> None:
        """The page keeps nobody out, speaks the language of the walk, and fits the window."""
        check_axe(self.page)
        assert self.page.locator("html").get_attribute("lang") == self.language, self.page.url
        stray = {text for lang, text in self.page.evaluate(SENTENCES) if _strays(lang, text, self.language)}
        assert not stray, f"{self.page.url} says in the wrong language: {stray}"
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{self.page.url} is too wide"

    def letter(self, pattern: str) -> str:
        """What the pattern finds in this person's newest letter that has it."""
        return letter_to(self.address, pattern)

    def file(self, link: Locator) -> bytes:
        """The file behind a link, fetched as this person."""
        answer = self.page.request.get(self.site + (link.get_attribute("href") or ""))
        assert answer.ok, f"{answer.url}: {answer.status}"
        return answer.body()

    def sign_in_by_code(self, path: str = "/accounts/login/code/") -> None:
        """By the code that comes by e-mail, and by that of the second factor where there is one."""
        self.go(path)
        self.fill(email=self.address)
        self.press("Send me the code")
        self.fill(code=self.letter(CODE))
        self.press("Sign in")
        if "/2fa/" in self.page.url:
            self.fill(code=code_now())
            self.press("Sign in")

    def switch_the_second_factor_on(self) -> None:
        """With an app that is told the secret, from a page that asks for it."""
        self.follow("Switch it on")
        self.look()
        self.fill(code=code_now(self.page.locator("main code").inner_text()))
        self.press("Switch it on")
        self.look()
        self.follow("Done")


def _strays(lang: str, text: str, language: str) -> bool:
    """Whether a text under an element of this language is a sentence of ours in the other one."""
    english, vietnamese = _catalogue()
    return lang == language and text in (english if language == "vi" else vietnamese)


@cache
def _catalogue() -> tuple[frozenset[str], frozenset[str]]:
    """Our sentences that differ in the two languages: in English, in Vietnamese."""
    pairs = {
        (" ".join(entry.msgid.split()), " ".join(entry.msgstr.split()))
        for path in ROOT.glob("*/locale/vi/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if entry.msgstr
    }
    english, vietnamese = {one for one, _other in pairs}, {other for _one, other in pairs}
    return frozenset(english - vietnamese), frozenset(vietnamese - english)
