"""The demonstration portal: `python3 manage.py demo`, on a machine where nothing was set up."""

import os
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from agreements.exchange.dataset import demo_accounts
from agreements.exchange.loading import DEMO_PASSWORD
from agreements.management import visits
from agreements.management.children import Child, Stopped, first_ended, raise_on_signals, start, stop
from agreements.management.staging import prepare
from hilversum_afspraken.bootstrap import only_one

READY_SECONDS = 90
EVERYWHERE = {"0.0.0.0", "::"}


class Command(BaseCommand):
    help = "Start het demoportaal met voorbeeldgegevens en een eigen SQLite-database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="poort (standaard 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="adres (standaard alleen deze computer)")
        parser.add_argument("--check", action="store_true", help="start, controleer of alles werkt, en stop")

    def handle(self, *, host: str, port: int, check: bool, **options: Any) -> None:
        refusal = why_not(host, port)
        if refusal:
            self.stderr.write(refusal)
            sys.exit(1)
        children: list[Child] = []
        raise_on_signals()
        try:
            self.set_up()
            for child in started(host, port):
                children.append(child)
            status = self.run(children, host, port, check=check)
        except Stopped:
            self.stdout.write("\nHet demoportaal stopt.")
            status = 130 if check or not children else 0
        except PermissionError as error:
            self.stderr.write(f"Geen schrijfrechten: {error.filename}. Is die van een andere gebruiker?")
            status = 1
        finally:
            stop(children)
        sys.exit(status)

    def set_up(self) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        with only_one(settings.VAR):
            prepare(self.tell)
        connection.close()

    def run(self, children: list[Child], host: str, port: int, *, check: bool) -> int:
        """Wait until the portal answers, then check it or keep it going. Returns the status to end with."""
        address = local_address(host, port)
        if wait_until_ready(children, address):
            self.welcome(public_address(host, port))
            if check:
                return 0 if visits.check(address, self.tell) else 1
            while first_ended(children) is None:
                time.sleep(0.5)
        ended = first_ended(children)
        if ended:
            self.stderr.write(f"{ended.name} is gestopt. Het laatste uit {ended.log}:\n{ended.last_words()}")
        else:
            self.stderr.write(f"Het portaal geeft geen antwoord. Kijk in {settings.VAR / 'log'}.")
        return 1

    def welcome(self, address: str) -> None:
        self.tell(f"\nHet demoportaal draait: {address}/\n")
        self.tell(f"Inloggen kan met deze accounts. Het wachtwoord is steeds: {DEMO_PASSWORD}\n")
        for email, function, organisation, purpose in demo_accounts():
            self.tell(f"  {email}\n      {function}, {organisation}: {purpose}")
        if not settings.MAIL_BACKEND:
            self.tell(f"\nE-mail wordt niet verstuurd. U leest die op {address}/berichten/post/")
        self.tell(f"Logboek: {settings.VAR / 'log'}\nStoppen: Ctrl-C\n")

    def tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def why_not(host: str, port: int) -> str:
    """Why the demo cannot start here, as a Dutch sentence; empty when it can."""
    if settings.IS_PRODUCTION:
        return "Dit is een productieomgeving. Het demoportaal start daar niet."
    if connection.vendor != "sqlite":
        return (
            "DATABASE_URL wijst naar een andere database. De demo heeft een eigen: haal die instelling weg."
        )
    if is_taken(host, port):
        return f"Poort {port} is al in gebruik. Kies een andere: python3 manage.py demo --port {port + 1}"
    return ""


def is_taken(host: str, port: int) -> bool:
    """Whether another program listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def local_address(host: str, port: int) -> str:
    """Where a browser on this machine finds the portal, without a slash at the end."""
    name = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def public_address(host: str, port: int) -> str:
    """The address for people: by name where that is this machine, because a passkey needs a name."""
    return (
        f"http://localhost:{port}" if host in {*EVERYWHERE, "127.0.0.1", "::1"} else local_address(host, port)
    )


def started(host: str, port: int) -> Iterator[Child]:
    """Start the web server and then the task worker, in the demo's environment."""
    hosts = "*" if host in EVERYWHERE else ",".join(["localhost", "127.0.0.1", "[::1]", host])
    env = {
        **os.environ,
        "PORTAAL_OMGEVING": "demo",
        "PORTAAL_URL": public_address(host, port),
        "PORTAAL_HOSTS": hosts,
    }
    worker = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]
    programs = [
        ("De webserver", granian(host, port), "webserver.log"),
        ("De taakverwerker", worker, "taken.log"),
    ]
    for name, command, log in programs:
        yield start(name, command, log=settings.VAR / "log" / log, folder=settings.BASE_DIR, env=env)


def granian(host: str, port: int) -> list[str]:
    """The web server's command line; the same server as in production."""
    options = (
        "--interface wsgi --workers 2 --blocking-threads 4 --backpressure 64 --no-ws --log-level warning"
    )
    where = ["--host", host, "--port", str(port)]
    return [sys.executable, "-m", "granian", *where, *options.split(), "hilversum_afspraken.wsgi:application"]


def wait_until_ready(children: list[Child], address: str) -> bool:
    """Wait until the portal says it is healthy. False when a child ended or it takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while first_ended(children) is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/gezond/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False
