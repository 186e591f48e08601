"""Find a Chromium; on Debian as root, install it: `python -m tests.browser.install`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
MISSING = (
    "The browser tests need Chromium: install it (Debian: apt install chromium), or name it in"
    " LNA_CHROMIUM; `make test-fast` leaves the browser out."
)


def chromium() -> str | None:
    """`LNA_CHROMIUM`, else the system's, else Playwright's own when it is there."""
    if asked := os.environ.get("LNA_CHROMIUM"):
        return asked
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Ask Debian's packages for it, which takes a root user; elsewhere nothing is done."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        packages = ("chromium", "fonts-dejavu-core")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if chromium() is None:
        install()
    if chromium() is None:
        sys.exit(MISSING)
