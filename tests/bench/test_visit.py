"""The client of the measurements: a browser without scripts, on this machine only, with a cap."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bench import visitor
from bench.visitor import HttpVisitor, Request, TooMuch


class Echo(BaseHTTPRequestHandler):
    """Answers with the cookies and the body that came, and gives a cookie."""

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        sent = f"{self.command} {self.headers['Cookie']} {body}".encode()
        self.send_response(200)
        self.send_header("Set-Cookie", "session=abc; HttpOnly; Path=/")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def guest() -> Iterator[HttpVisitor]:
    server = HTTPServer((visitor.LOOPBACK, 0), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield HttpVisitor(server.server_port)
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_visitor_keeps_cookies_and_is_timed(guest: HttpVisitor) -> None:
    assert "session" not in guest.ask(Request("/")).body
    again = guest.ask(Request("/"))
    assert "session=abc" in again.body
    assert again.size == len(again.body)
    assert again.seconds > 0


def test_a_visitor_sends_forms_in_both_ways(guest: HttpVisitor) -> None:
    fields = {"toelichting": "één & twee"}
    assert "toelichting=%C3%A9%C3%A9n+%26+twee" in guest.ask(Request("/", fields)).body
    parts = guest.ask(Request("/", fields, is_multipart=True)).body
    assert 'name="toelichting"\r\n\r\néén & twee\r\n--' in parts


def test_a_visitor_stops_at_the_cap(guest: HttpVisitor) -> None:
    guest.asked = visitor.MOST_REQUESTS
    with pytest.raises(TooMuch, match="requests"):
        guest.ask(Request("/"))
