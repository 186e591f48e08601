"""One visit to a page, and what went wrong on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import html5lib
from playwright.sync_api import Error, Request, Response
from playwright.sync_api import Page as Tab

EXPECTED = "the server responded with a status of"
"""Chromium reports every 4xx and 5xx on its console; tests look at the status themselves."""
LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""


@dataclass
class Visit:
    """A tab that notes console errors, policy violations, foreign requests and bytes."""

    tab: Tab
    base: str
    troubles: list[str] = field(default_factory=list)
    finished: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tab.add_init_script(LISTEN)
        self.tab.on("console", self._on_console)
        self.tab.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.tab.on("request", self._on_request)
        self.tab.on("requestfinished", self._on_finished)

    def open(self, address: str, follow: Sequence[str] = ()) -> Response:
        """Go to an address, then by the first link each selector finds; the last answer."""
        answer = self.tab.goto(self.base + address)
        for selector in follow:
            self.finished.clear()
            target = self.tab.locator(selector).first.get_attribute("href")
            answer = self.tab.goto(self.base + str(target).removeprefix(self.base))
        assert answer is not None
        return answer

    def wire_bytes(self, *, fonts: bool = True) -> int:
        """Bytes of all finished answers as they travelled, headers included."""
        self.tab.wait_for_load_state("networkidle")
        total = 0
        for request in self.finished:
            if request.resource_type == "font" and not fonts:
                continue
            sizes = request.sizes()
            total += sizes["responseBodySize"] + sizes["responseHeadersSize"]
        return total

    def until(self, condition: str, seconds: float = 10) -> None:
        """Wait until a JavaScript expression is true, asking from outside: the page's own policy
        forbids what Playwright's `wait_for_function` does after its first look."""
        last = monotonic() + seconds
        while not self._holds(condition):
            assert monotonic() < last, f"not true after {seconds} s: {condition}"
            self.tab.wait_for_timeout(50)

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.tab.evaluate(condition))
        except Error:  # between two pages there is nobody to ask
            return False

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        wider: int = self.tab.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wider

    def _on_console(self, message: Any) -> None:
        if message.type in {"error", "warning"} and EXPECTED not in message.text:
            self.troubles.append(message.text)

    def _on_finished(self, request: Request) -> None:
        self.finished.append(request)

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.troubles.append(f"foreign request: {request.url}")


def strict_html(text: str) -> Any:
    """The parsed document; an `html5lib.html5parser.ParseError` where it breaks the standard."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def sentences(violations: Sequence[dict[str, Any]]) -> list[str]:
    """axe's findings, each with the elements it is about."""
    return [
        f"{found['id']}: {found['help']}: "
        + "; ".join(f"{node['target']} {node['html'][:200]}" for node in found["nodes"][:5])
        for found in violations
    ]
