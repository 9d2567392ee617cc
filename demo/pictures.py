"""Takes the README's pictures: runs the demo service and photographs its pages in Chromium.

``make pictures``. Needs the development requirements and a Chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PAGES = {"today": "/", "search": "/tim-kiem/?q=s%E1%BA%A1t+l%E1%BB%9F", "sources": "/nguon/"}
SETTLE_S = 75  # until the backlog of the demo press is collected, classified and indexed
START_S = 60


class PictureError(RuntimeError):
    """The pictures cannot be taken. Says why."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 (our own loopback address)
                return
        except OSError:
            time.sleep(0.5)
    raise PictureError(f"{address} did not answer within {START_S} s")


def _sign_in(page: Page, address: str, password: str) -> None:
    page.goto(address)
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")


def _photograph(address: str, password: str, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="vi-VN")
        _sign_in(page, address, password)
        for name, path in PAGES.items():
            page.goto(address + path)
            page.screenshot(path=str(FOLDER / f"{name}.png"))
            sys.stdout.write(f"{FOLDER / name}.png\n")
        browser.close()


def main() -> int:
    """Run the service over a folder of its own, wait, photograph, stop."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise PictureError("no Chromium is installed (Debian: apt-get install chromium)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    with tempfile.TemporaryDirectory() as data:
        service = subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-m", "diembao", "run", "--province", "demo", "--port", str(port)],
            env={**os.environ, "DIEMBAO_DATA": data},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert service.stdout is not None
            said = ""
            while "Ctrl-C" not in said and (line := service.stdout.readline()):
                said += line
            password = re.search(r"password: (\S+)", said)
            if password is None:
                raise PictureError(f"the service did not start: {said.strip() or 'see the messages above'}")
            _wait_for(f"http://127.0.0.1:{port}/")
            time.sleep(SETTLE_S)
            _photograph(f"http://127.0.0.1:{port}", password.group(1), chromium)
        finally:
            service.send_signal(signal.SIGINT)
            service.wait(30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
