"""What the machine itself must have: libraries and programs, and the Debian packages that bring them.

Standard library only, and readable by Python 3.6 (see bootstrap.py).
"""

import ctypes
import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path

# How to see that something is there, and the package that brings it.
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
LIBRARIES = {
    "run": PANGO,
    "test": dict(PANGO, **{"libatomic.so.1": "libatomic1"}),  # the Node that Playwright carries needs it
}
PROGRAMS = {
    "test": {
        "pdftotext": "poppler-utils",
        "javac": "default-jdk-headless",  # veraPDF needs Java
        "softhsm2-util": "softhsm2",  # a security module without a box
    },
}
# The first is Chromium without the parts for a window: a new page takes a quarter of the time.
BROWSERS = ["chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable"]


def missing_packages(lock: str) -> "list[str]":
    """The Debian packages that this machine lacks to use requirements/<lock>.txt."""
    wanted = [name for library, name in LIBRARIES.get(lock, {}).items() if not has_library(library)]
    wanted += [name for program, name in PROGRAMS.get(lock, {}).items() if not shutil.which(program)]
    if lock == "test" and not find_postgresql():
        wanted.append("postgresql")
    if lock == "test" and not find_browser() and not is_ubuntu():
        wanted.append(BROWSERS[0])
    return wanted


def has_library(name: str) -> bool:
    """Whether the dynamic linker finds this library. Only asked on Linux: elsewhere the names differ."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def find_browser() -> str:
    """Path of the Chromium or Chrome for the tests; empty when there is none."""
    if os.environ.get("PORTAAL_BROWSER"):
        return os.environ["PORTAAL_BROWSER"]
    found = [path for path in map(shutil.which, BROWSERS) if path and not path.startswith("/snap/")]
    fetched = glob.glob(os.path.expanduser("~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return (found or sorted(fetched) or [""])[0]


def find_postgresql() -> str:
    """Folder with initdb and postgres, the newest when there are more; empty when there is none."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    newest = max(found, key=lambda path: float(path.split("/")[4]), default=shutil.which("initdb"))
    return os.path.dirname(newest) if newest else ""


def is_ubuntu() -> bool:
    """Ubuntu has Chromium as a snap only, which Playwright cannot drive."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text().split()


def install_line(packages: "list[str]") -> str:
    """The one line that installs these packages, for someone who may use sudo."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install --yes --no-install-recommends {names}"


def root_prefix() -> "list[str] | None":
    """What to put before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if shutil.which("sudo") and subprocess.call([*sudo, "true"], stderr=subprocess.DEVNULL) == 0:
        return sudo
    return None


def install_commands(packages: "list[str]") -> "list[list[str]]":
    """The same as `install_line`, for root: two commands that ask nothing and wait for another apt."""
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    apt += ["-o", "DPkg::Lock::Timeout=600"]
    return [[*apt, "update"], [*apt, "install", "--no-install-recommends", *packages]]
