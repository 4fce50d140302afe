"""A real Chromium without a window, steered over its own protocol."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from contextlib import ExitStack, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import pytest
from websockets.sync.client import connect

from tests.console.pty_desk import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path


_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


def _program() -> str:
    """A skip without one, or a failure in CI."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        said = "Chromium is not installed (Debian: apt-get install chromium)"
        (pytest.fail if os.environ.get("PAIDAN_REQUIRE_CHROMIUM") == "1" else pytest.skip)(said)
    return found


class Chromium:
    """One browser, with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        words = [_program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio"]
        words += ["--remote-debugging-port=0", "--disable-dev-shm-usage", "--no-first-run"]
        words += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        words += ["--disable-extensions", "--no-proxy-server", f"--user-data-dir={folder}"]
        told = folder.parent / f"{folder.name}.log"
        with told.open("wb") as log:
            self.process = subprocess.Popen(
                [*words, "about:blank"],
                stdout=log,
                stderr=log,
                env={**os.environ, "HOME": str(folder)},
            )
        port = folder / "DevToolsActivePort"
        end = monotonic() + PATIENCE_S
        while not (port.exists() and port.read_text().count("\n")):
            assert monotonic() < end, told.read_text(errors="replace")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
                raise AssertionError(told.read_text(errors="replace"))
        number, path = port.read_text().split("\n")[:2]
        address = f"ws://127.0.0.1:{number}{path}"
        self._open = ExitStack()
        self._line = self._open.enter_context(connect(address, max_size=None, proxy=None))
        self._asked = 0

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        self.process.terminate()
        self.process.wait(30)

    def ask(self, method: str, session: str | None = None, **terms: Any) -> dict[str, Any]:
        """One request, and its answer."""
        self._asked += 1
        told: dict[str, Any] = {"id": self._asked, "method": method, "params": terms}
        if session is not None:
            told["sessionId"] = session
        self._line.send(json.dumps(told))
        while True:
            answer = json.loads(self._line.recv(PATIENCE_S))
            if answer.get("id") == self._asked:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def page(self, address: str, *, size: tuple[int, int] = (1200, 800)) -> Page:
        """A new tab at an address, in a place for cookies of its own."""
        place = self.ask("Target.createBrowserContext")["browserContextId"]
        made = self.ask("Target.createTarget", url="about:blank", browserContextId=place)
        attached = self.ask("Target.attachToTarget", targetId=made["targetId"], flatten=True)
        page = Page(self, attached["sessionId"])
        page.resize(*size)
        page.go(address)
        return page


class Page:
    """One tab."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser, self._session = browser, session

    def ask(self, method: str, **terms: Any) -> dict[str, Any]:
        """One request about it."""
        return self._browser.ask(method, self._session, **terms)

    def go(self, address: str) -> None:
        """To another address."""
        self.ask("Page.navigate", url=address)

    def resize(self, width: int, height: int) -> None:
        """To a window of so many pixels."""
        shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **shape)

    def run(self, script: str) -> Any:
        """What a script in it comes to; None where it fails, as while a page is still loading."""
        terms = {"expression": script, "returnByValue": True, "awaitPromise": True}
        return self.ask("Runtime.evaluate", **terms)["result"].get("value")

    def picture(self) -> bytes:
        """As it looks, for whoever wants to see it."""
        return base64.b64decode(self.ask("Page.captureScreenshot")["data"])

    def type(self, text: str) -> None:
        """With the keyboard."""
        for sign in text:
            key = {"\r": "Enter", "\x1b": "Escape"}.get(sign, sign)
            code = {"\r": 13, "\x1b": 27}.get(sign, ord(sign.upper()))
            told = {"key": key, "windowsVirtualKeyCode": code}
            typed = {} if sign == "\x1b" else {"text": sign}
            self.ask("Input.dispatchKeyEvent", type="keyDown", **told, **typed)
            self.ask("Input.dispatchKeyEvent", type="keyUp", **told)

    def until(self, script: str) -> None:
        """Wait until a script is true."""
        end = monotonic() + PATIENCE_S
        while not self.run(f"!!({script})"):
            assert monotonic() < end, f"never {script}; the page:\n{self.text()}"

    def sees(self, text: str) -> None:
        """Wait until a text stands in it."""
        end = monotonic() + PATIENCE_S
        while text not in (told := self.text()):
            assert monotonic() < end, f"no {text}; the page:\n{told}"

    def text(self) -> str:
        """The lines of its terminal, or all its words."""
        return str(self.run(_TEXT) or "").replace("\xa0", " ")


_TEXT: Final = """(() => {
  const end = document.querySelector("dialog[open] p");
  const rows = [...document.querySelectorAll(".xterm-rows > div")].map((row) => row.textContent);
  const words = rows.length ? rows.join("\\n") : document.body.innerText;
  return (end ? end.textContent + "\\n" : "") + words;
})()"""
