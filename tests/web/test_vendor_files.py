"""Third-party files are what MANIFEST.json says, and nothing in them points to a registry."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "requirements" / "vendor"


def check(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "requirements/vendor/vendor.py", "--check"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The vendored files and their check, in a folder that may be damaged."""
    for path in ("requirements/vendor/vendor.py", "requirements/vendor/MANIFEST.json", *manifest()):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    return tmp_path


def manifest() -> dict[str, dict[str, str]]:
    return json.loads((VENDOR / "MANIFEST.json").read_text())


def test_the_vendored_files_are_unchanged() -> None:
    answer = check(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_one_changed_byte_is_seen(copy: Path) -> None:
    path = next(iter(manifest()))
    content = bytearray((copy / path).read_bytes())
    content[-1] ^= 1
    (copy / path).write_bytes(content)
    answer = check(copy)
    assert answer.returncode == 1
    assert path in answer.stdout


def test_a_missing_file_and_a_font_from_elsewhere_are_seen(copy: Path) -> None:
    (copy / "static/pa/fonts/LICENSE-albert-sans.txt").unlink()
    (copy / "static/pa/fonts/extra.woff2").write_bytes(b"font")
    answer = check(copy)
    assert answer.returncode == 1
    assert "LICENSE-albert-sans.txt" in answer.stdout
    assert "extra.woff2" in answer.stdout


def test_every_package_comes_from_the_lock_by_its_hash() -> None:
    locked = json.loads((VENDOR / "package-lock.json").read_text())["packages"]
    packages = {name: entry for name, entry in locked.items() if name}
    assert packages
    assert all(
        entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in packages.values()
    )
