"""Find a Chromium, or fetch Playwright's: `python -m tests.browser.install`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"


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


if __name__ == "__main__":
    if chromium() is None:
        install = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
        sys.exit(subprocess.call(install))
