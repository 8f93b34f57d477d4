"""Copy third-party files from a locked npm install into the repository, and prove later that they are the same.

    python requirements/vendor/vendor.py           when a version changes: npm ci, copy, write MANIFEST.json
    python requirements/vendor/vendor.py --check   offline: the copies still have the bytes of MANIFEST.json

package-lock.json names no registry (`omit-lockfile-registry-resolved`); its hashes decide what is accepted.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

SOURCE, ALBERT = "@fontsource/source-sans-3", "@fontsource/albert-sans"

# Destination folder in the repository -> {file name there: path inside node_modules}.
FILES: dict[str, dict[str, str]] = {
    "static/pa/fonts": {
        "source-sans-3-latin-400-normal.woff2": f"{SOURCE}/files/source-sans-3-latin-400-normal.woff2",
        "source-sans-3-latin-400-italic.woff2": f"{SOURCE}/files/source-sans-3-latin-400-italic.woff2",
        "source-sans-3-latin-600-normal.woff2": f"{SOURCE}/files/source-sans-3-latin-600-normal.woff2",
        "source-sans-3-latin-700-normal.woff2": f"{SOURCE}/files/source-sans-3-latin-700-normal.woff2",
        "albert-sans-latin-600-normal.woff2": f"{ALBERT}/files/albert-sans-latin-600-normal.woff2",
        "albert-sans-latin-700-normal.woff2": f"{ALBERT}/files/albert-sans-latin-700-normal.woff2",
        "LICENSE-source-sans-3.txt": f"{SOURCE}/LICENSE",
        "LICENSE-albert-sans.txt": f"{ALBERT}/LICENSE",
    },
    # Whole, not split by alphabet: a name such as Łukasz or Şahin must come out right in a signed PDF.
    "agreements/pdf/fonts": {
        "SourceSans3-Regular.ttf.woff": "source-sans/WOFF/TTF/SourceSans3-Regular.ttf.woff",
        "SourceSans3-It.ttf.woff": "source-sans/WOFF/TTF/SourceSans3-It.ttf.woff",
        "SourceSans3-Semibold.ttf.woff": "source-sans/WOFF/TTF/SourceSans3-Semibold.ttf.woff",
        "SourceSans3-Bold.ttf.woff": "source-sans/WOFF/TTF/SourceSans3-Bold.ttf.woff",
        "albert-sans-latin-600-normal.woff": f"{ALBERT}/files/albert-sans-latin-600-normal.woff",
        "albert-sans-latin-700-normal.woff": f"{ALBERT}/files/albert-sans-latin-700-normal.woff",
        "SourceSans3-LICENSE.md": "source-sans/LICENSE.md",
        "AlbertSans-LICENSE": f"{ALBERT}/LICENSE",
    },
}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def package_of(source: str) -> str:
    """'@fontsource/albert-sans/LICENSE' -> '@fontsource/albert-sans'."""
    return "/".join(source.split("/")[: 2 if source.startswith("@") else 1])


def copy(root: Path = ROOT) -> None:
    """Install exactly what the lock says, copy the files of FILES and write down their hashes."""
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    manifest = {}
    for folder, files in FILES.items():
        (root / folder).mkdir(parents=True, exist_ok=True)
        for name, source in files.items():
            shutil.copyfile(HERE / "node_modules" / source, root / folder / name)
            package = package_of(source)
            manifest[f"{folder}/{name}"] = {
                "package": f"{package} {locked[f'node_modules/{package}']['version']}",
                "source": source,
                "sha256": sha256(root / folder / name),
            }
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    print(f"{len(manifest)} files copied")


def check(root: Path = ROOT) -> list[str]:
    """Paths (relative to `root`) that differ from MANIFEST.json: changed, missing, or a font not listed."""
    manifest = json.loads((HERE / "MANIFEST.json").read_text())
    wanted = {path: entry["sha256"] for path, entry in manifest.items()}
    fonts = [path for folder in FILES for path in (root / folder).glob("*.woff*")]
    present = {
        path.relative_to(root).as_posix(): sha256(path)
        for path in fonts + [root / name for name in wanted]
        if path.is_file()
    }
    return sorted(path for path in wanted | present if wanted.get(path) != present.get(path))


def main() -> int:
    if sys.argv[1:] != ["--check"]:
        copy()
        return 0
    wrong = check()
    print(f"changed, missing or not listed: {', '.join(wrong)}" if wrong else "vendored files are unchanged")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
