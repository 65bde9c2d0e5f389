"""A parsed HTML page: title, text, links, and forms with their initial values."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Value = str | list[str] | tuple[str, bytes]
"""What is entered: text, several ticks, or a file as (name, content)."""


@dataclass
class Form:
    """A form: where it goes, what it holds, what can be ticked; buttons: label -> (name, value, address)."""

    action: str
    method: str
    id: str
    holds: dict[str, list[str]] = field(default_factory=dict)
    offers: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, str, str]] = field(default_factory=dict)


@dataclass
class Page:
    """An answer of the server."""

    url: str
    status: int
    content: bytes
    kind: str
    title: str = ""
    words: str = ""
    links: dict[str, str] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, url: str, status: int, content: bytes, kind: str) -> "Page":
        """Read an answer; only HTML is looked into."""
        page = cls(url, status, content, kind)
        if kind == "text/html":
            reader = _Reader(page)
            reader.feed(content.decode())
            reader.close()
            page.words = " ".join(" ".join(reader.said).split())
            page.links = {" ".join(text.split()): href for text, href in reader.anchors}
        return page

    def form(self, names: set[str], button: str = "") -> Form | None:
        """The first form that asks for all these names and has a button with this label."""
        for form in self.forms:
            asked = form.offers | form.files
            if names <= asked and (not button or any(label.startswith(button) for label in form.buttons)):
                return form
        return None


class _Reader(HTMLParser):
    """Fills a Page. Controls outside a form join the form that their `form` attribute names."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.said: list[str] = []
        self.anchors: list[tuple[str, str]] = []
        self.current: Form | None = None
        self.textarea = self.select = self.href = ""
        self.button: dict[str, str] | None = None
        self.label: list[str] = []
        self.silent = self.summary = 0
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "datalist"):
            self.silent += 1
        elif tag == "title":
            self.in_title = not self.page.title  # a drawing has a title of its own
        elif tag == "form":
            self.current = Form(a.get("action", ""), a.get("method", "get").lower(), a.get("id", ""))
            self.page.forms.append(self.current)
        elif tag == "a" and "href" in a:
            self.href, self.label = a["href"], []
        elif tag == "button":
            self.button, self.label = a, []
        elif tag == "textarea":
            self.textarea, self.label = a.get("name", ""), []
        elif tag == "select":
            self.select = a.get("name", "")
            self._offer(self.select, a)
        elif tag == "option" and self.select and "selected" in a:
            self._hold(self.select, a.get("value", ""), a)
        elif tag == "input":
            self._input(a)
        if tag == "div" and (self.summary or a.get("class") == "errsum"):
            self.summary += 1

    def _input(self, a: dict[str, str]) -> None:
        name, kind = a.get("name", ""), a.get("type", "text")
        if not name:
            return
        form = self._form(a)
        if kind == "file":
            if form:
                form.files.add(name)
            return
        self._offer(name, a)
        if form and kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(a.get("value", "on"))
        if kind not in ("radio", "checkbox") or "checked" in a:
            self._hold(name, a.get("value", "on" if kind == "checkbox" else ""), a)

    def _form(self, a: dict[str, Any]) -> Form | None:
        if "form" in a:
            return next((form for form in self.page.forms if form.id == a["form"]), None)
        return self.current

    def _offer(self, name: str, a: dict[str, str]) -> None:
        if form := self._form(a):
            form.offers.add(name)

    def _hold(self, name: str, value: str, a: dict[str, str]) -> None:
        if form := self._form(a):
            form.holds.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self.label).split())
        if tag in ("script", "style", "datalist"):
            self.silent -= 1
        elif tag == "title":
            self.in_title = False
        elif tag == "form":
            self.current = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self._offer(self.textarea, {})
            self._hold(self.textarea, "".join(self.label).removeprefix("\n"), {})
            self.textarea = ""
        elif tag == "a" and self.href:
            self.anchors.append((text, self.href))
            self.href = ""
        elif tag == "button" and self.button is not None:
            b = self.button
            if form := self._form(b):
                form.buttons[text] = (b.get("name", ""), b.get("value", ""), b.get("formaction", ""))
            self.button = None
        if tag == "div" and self.summary:
            self.summary -= 1

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.page.title += data
        elif not self.silent:
            self.said.append(data)
            if self.summary and data.strip():
                self.page.problems.append(data.strip())
        if self.href or self.button is not None or self.textarea:
            self.label.append(data)
