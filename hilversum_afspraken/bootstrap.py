"""Make a bare machine ready: system packages, .venv, and the Python packages of one lock file.

Standard library only, and readable by Python 3.6, so that an old Python gets a sentence and no traceback.
Production never comes here: it installs requirements/run.txt itself.
As a script, for .ci/run: `python3 -m hilversum_afspraken.bootstrap test`.
"""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from hilversum_afspraken import debian

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAAL_VAR") or str(BASE / "var"))
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "portaal-installed"  # a line for each lock file that is installed
UNFINISHED = VENV / "portaal-unfinished"  # stays behind when a start is cut off
OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]
LOCKS = {"demo": "run", "test": "test"}  # which lock file a command needs
HOLDS = {"test": ["test", "run"], "run": ["run"]}  # the lock file of the tests holds the other one too


def ensure(argv: "list[str]") -> None:
    """Prepare for `manage.py demo` or `test` and go on in .venv; end with status 2 when that cannot be."""
    if os.environ.get("PORTAAL_BOOTSTRAP") == "0":
        return
    command = argv[1] if len(argv) > 1 else ""
    if command in LOCKS:
        check_python(sys.version_info[:3])
        prepare(LOCKS[command])
    enter_venv(argv, always=command in LOCKS)


def enter_venv(argv: "list[str]", always: bool) -> None:
    """Run the same command with .venv's Python, unless we are there or in an environment someone chose."""
    chosen = sys.prefix != sys.base_prefix and not always
    if PYTHON.exists() and not chosen and Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(str(PYTHON), [str(PYTHON), str(BASE / "manage.py"), *argv[1:]])


def check_python(version: "tuple[int, ...]") -> None:
    """Refuse a Python that is too old, and name a newer one if this machine has it."""
    if version[:2] >= OLDEST:
        return
    newer = next(filter(shutil.which, NEWER), NEWER[-1])
    again = " ".join([newer, *sys.argv])
    die(f"Dit is Python {version[0]}.{version[1]}; Python 3.11 of nieuwer is nodig.\nGebruik: {again}")


def prepare(lock: str) -> None:
    """Install what requirements/<lock>.txt needs, in the system and in .venv. Quick when it is all there."""
    if is_ready(lock):
        return
    try:
        with only_one(BASE):
            install_system(lock)
            if not is_installed(lock):
                install(lock)
            if lock == "test" and not debian.find_browser():
                fetch_browser()
    except PermissionError as error:
        die(f"Geen schrijfrechten: {error.filename}. Is deze map van een andere gebruiker?")


@contextlib.contextmanager
def only_one(folder: Path) -> "Iterator[None]":
    """Let one start at a time work in `folder`. The lock ends with the process, however that ends.

    What `logged` runs holds it too: when we are killed, the next start waits for the pip we leave behind.
    """
    import fcntl

    descriptor = os.open(str(folder), os.O_RDONLY)
    os.set_inheritable(descriptor, True)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Een andere start is bezig. Even wachten tot die klaar is.")
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def is_ready(lock: str) -> bool:
    """Whether nothing is left to install."""
    browser = lock != "test" or bool(debian.find_browser())
    return browser and not debian.missing_packages(lock) and is_installed(lock)


def is_installed(lock: str) -> bool:
    """Whether .venv holds exactly this lock file, put there by a start that was not cut off."""
    if UNFINISHED.exists() or not STAMP.exists():
        return False
    return fingerprint(lock) in STAMP.read_text().split()


def fingerprint(lock: str) -> str:
    """SHA-256 of the lock file and of the version of .venv's Python, in hexadecimal."""
    return hashlib.sha256(lock_file(lock).read_bytes() + venv_version()).hexdigest()


def lock_file(lock: str) -> Path:
    """The file with exact versions and hashes."""
    return BASE / "requirements" / (lock + ".txt")


def venv_version() -> bytes:
    """What .venv's Python calls itself; empty when there is none or it does not start."""
    ask = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    try:
        return subprocess.check_output(ask, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return b""


def install_system(lock: str) -> None:
    """Install the Debian packages that are missing, or say the one line that does and stop."""
    packages = debian.missing_packages(lock)
    if not is_installed(lock) and importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if not packages:
        return
    prefix = debian.root_prefix()
    if not shutil.which("apt-get") or prefix is None:
        line = debian.install_line(packages)
        die(f"Er ontbreken systeempakketten. Voer dit eenmaal uit en start daarna opnieuw:\n\n    {line}\n")
    say("Systeempakketten installeren: " + " ".join(packages))
    for command in debian.install_commands(packages):
        done = logged(prefix + command)
    if not done:
        die(f"Systeempakketten installeren is niet gelukt. Is er internet? Meer staat in {log_file()}")


def install(lock: str) -> None:
    """Bring .venv up to the lock file: wheels only, known hashes only. From scratch after a cut-off start."""
    if UNFINISHED.exists() or not venv_version():
        make_venv()
    stamps = STAMP.read_text().split() if STAMP.exists() else []
    UNFINISHED.touch()
    say(f"Python-pakketten installeren (requirements/{lock}.txt). Dit duurt een minuut of langer.")
    pip = [str(PYTHON), "-m", "pip"]
    if not logged([*pip, "--version"]):
        logged([str(PYTHON), "-m", "ensurepip"])
    options = ["--disable-pip-version-check", "--no-input", "--retries", "2"]
    options += ["--require-hashes", "--only-binary", ":all:"]
    if not logged([*pip, "install", *options, "--requirement", str(lock_file(lock))]):
        die(f"Python-pakketten installeren is niet gelukt. Is er internet? Meer staat in {log_file()}")
    stamps += [fingerprint(name) for name in HOLDS[lock]]
    STAMP.write_text("\n".join(stamps) + "\n")
    UNFINISHED.unlink()


def make_venv() -> None:
    """A new, empty .venv in place of whatever is there."""
    say("Python-omgeving maken in .venv")
    shutil.rmtree(str(VENV), ignore_errors=True)
    VENV.mkdir()
    UNFINISHED.touch()
    if not logged([sys.executable, "-m", "venv", str(VENV)]):
        die(f"De Python-omgeving maken is niet gelukt. Meer staat in {log_file()}")


def fetch_browser() -> None:
    """Let Playwright fetch its own Chromium where the distribution has none that it can drive."""
    say("Chromium ophalen")
    command = [str(PYTHON), "-m", "playwright", "install", "--with-deps", "chromium"]
    if not logged(command):
        die("Er is geen Chromium voor de tests. Voer dit eenmaal uit:\n\n    " + " ".join(command) + "\n")


def log_file() -> Path:
    """Where the output of installing goes."""
    (VAR / "log").mkdir(parents=True, exist_ok=True)
    return VAR / "log" / "installatie.log"


def logged(command: "list[str]") -> bool:
    """Run a command with its output in the log; whether it succeeded."""
    with log_file().open("ab") as log:
        process = subprocess.Popen(
            command, close_fds=False, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        return process.wait() == 0


def say(text: str) -> None:
    """Tell the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)


def die(text: str) -> "NoReturn":
    """Tell why it stops, and stop."""
    say(text)
    raise SystemExit(2)


if __name__ == "__main__":
    check_python(sys.version_info[:3])
    for name in sys.argv[1:]:
        prepare(name)
