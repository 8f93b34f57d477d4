"""Who asks for the pages: over HTTP to a server on this machine, or inside this process to count statements."""

import http.client
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

LOOPBACK = "127.0.0.1"
ANSWER_SECONDS = 60
MOST_REQUESTS = 20_000
NO_WORK = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Request:
    """What is asked: a GET without fields, a POST with them."""

    path: str
    fields: dict[str, str] | None = None
    is_multipart: bool = False


@dataclass(frozen=True)
class Answer:
    """What came back. `body` is decoded, `size` in bytes, `seconds` until the last byte."""

    status: int
    body: str
    size: int
    location: str = ""
    seconds: float = 0.0
    statements: int = 0


class TooMuch(Exception):
    """The cap on the number of requests is reached."""


@dataclass
class HttpVisitor:
    """A browser without scripts: keeps cookies, follows nothing, and can reach this machine only."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def ask(self, request: Request) -> Answer:
        """Send one request over a new connection and time it, from connecting to the last byte."""
        self.asked += 1
        if self.asked > MOST_REQUESTS:
            raise TooMuch(f"more than {MOST_REQUESTS} requests to one server")
        method, headers, body = self._encoded(request)
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=ANSWER_SECONDS)
        started = time.perf_counter()
        connection.request(method, request.path, body, headers)
        found = connection.getresponse()
        content = found.read()
        seconds = time.perf_counter() - started
        connection.close()
        self._keep(found.headers.get_all("Set-Cookie") or [])
        location = found.headers.get("Location", "")
        return Answer(found.status, content.decode(), len(content), location, seconds)

    def _encoded(self, request: Request) -> tuple[str, dict[str, str], bytes | None]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if request.fields is None:
            return "GET", headers, None
        if not request.is_multipart:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return "POST", headers, urlencode(request.fields).encode()
        boundary = uuid4().hex
        headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
        return "POST", headers, _multipart(request.fields, boundary)

    def _keep(self, cookies: list[str]) -> None:
        for line in cookies:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


def _multipart(fields: dict[str, str], boundary: str) -> bytes:
    lines = []
    for name, value in fields.items():
        lines += [f"--{boundary}", f'Content-Disposition: form-data; name="{name}"', "", value]
    return "\r\n".join([*lines, f"--{boundary}--", ""]).encode()


class InnerVisitor:
    """Asks Django in this process, with all its middleware and the check on forgery, and counts SQL statements."""

    def __init__(self) -> None:
        from django.test import Client  # Django is set up by now

        self.client: Any = Client(enforce_csrf_checks=True, SERVER_NAME=LOOPBACK)

    def ask(self, request: Request) -> Answer:
        """One request. The beginning and end of transactions do not count as statements."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            found = self._sent(request)
        sql = [query["sql"] for query in captured.captured_queries]
        statements = sum(not line.lstrip().upper().startswith(NO_WORK) for line in sql)
        location = found.headers.get("Location", "")
        return Answer(
            found.status_code, found.content.decode(), len(found.content), location, statements=statements
        )

    def _sent(self, request: Request) -> Any:
        if request.fields is None:
            return self.client.get(request.path)
        if request.is_multipart:
            return self.client.post(request.path, request.fields)
        body = urlencode(request.fields)
        return self.client.post(request.path, body, content_type="application/x-www-form-urlencoded")


Visitor = HttpVisitor | InnerVisitor
