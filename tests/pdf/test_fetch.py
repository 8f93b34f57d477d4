"""A document can load what was given along and nothing else, whatever its HTML asks for."""

import base64
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from agreements.pdf.render import RenderFailed

SVG_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>{}</svg>'
# WeasyPrint itself does nothing with these: the control does not ask for them either.
NOT_FOLLOWED = {
    "content as style",
    "svg use",
    "svg style",
    "image set",
    "icon",
    "frame",
    "refresh",
    "form image",
    "choice of images",
}
INSIDE_DATA = base64.b64encode(SVG_IMAGE.format('<image href="URL/data.png" width="9" height="9"/>').encode())

REFERENCES = {
    "image": '<img src="URL/image.png" alt="x">',
    "style sheet": '<link rel="stylesheet" href="URL/sheet.css">',
    "import": '<style>@import url("URL/import.css");</style>',
    "background": '<p style="background:url(URL/background.png)">x</p>',
    "border": '<p style="border:9px solid;border-image:url(URL/border.png) 3">x</p>',
    "list marker": '<ul style="list-style-image:url(URL/marker.png)"><li>x</li></ul>',
    "generated content": '<style>p::before{content:url("URL/content.png")}</style><p>x</p>',
    "page background": '<style>@page{background:url("URL/page.png")}</style><p>x</p>',
    "font": '<style>@font-face{font-family:F;src:url("URL/font.woff")}</style><p style="font-family:F">x</p>',
    "colour profile": '<style>@color-profile --c{src:url("URL/profile.icc");components:r,g,b}</style><p>x</p>',
    "svg image": SVG_IMAGE.format('<image href="URL/svg-image.png" width="9" height="9"/>'),
    "svg use": SVG_IMAGE.format('<use href="URL/use.svg#a"/>'),
    "svg style": SVG_IMAGE.format('<style>@import url("URL/svg.css");</style>'),
    "object": '<object data="URL/object.png">x</object>',
    "embed": '<embed src="URL/embed.png" alt="x">',
    "attachment": '<link rel="attachment" href="URL/attachment.txt">',
    "attachment link": '<a rel="attachment" href="URL/link.txt">x</a>',
    "redirect": '<img src="URL/redirect/image.png" alt="x">',
    "image in a data address": '<img src="data:image/svg+xml;base64,DATA" alt="x">',
    "base address": '<base href="URL/base/"><img src="image.png" alt="x">',
    "choice of images": '<img srcset="URL/choice.png 1x" src="URL/choice-1.png" alt="x">',
    "picture": '<picture><source srcset="URL/source.png"><img src="URL/picture.png" alt="x"></picture>',
    "content as style": '<p style="content:url(URL/own-content.png)">x</p>',
    "margin box": '<style>@page{@top-left{content:url("URL/margin.png")}}</style><p>x</p>',
    "svg link of old": '<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image xlink:href="URL/xlink.png" width="9" height="9"/></svg>',
    "import in an import": '<style>@import "URL/nested.css" screen, print;</style>',
    "border marker": '<p style="border-image-source:url(URL/border-source.png);border:3px solid">x</p>',
    "image set": '<style>body{background-image:image-set("URL/set.png" 1x)}</style><p>x</p>',
    "icon": '<link rel="icon" href="URL/icon.png"><p>x</p>',
    "frame": '<iframe src="URL/frame.html"></iframe>',
    "refresh": '<meta http-equiv="refresh" content="0;url=URL/refresh.html"><p>x</p>',
    "form image": '<input type="image" src="URL/input.png" alt="x">',
    "file": '<link rel="attachment" href="file:///etc/hostname"><img src="file:///etc/hostname" alt="x">',
}

# Both read a list of documents and render each of them in this one process.
ENGINE = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from agreements.pdf.engine import BrokenInput, Job, make_pdf
from agreements.pdf.shelf import Shelf
for html in json.load(sys.stdin):
    try:
        make_pdf(Job(html, {}, "PROEF", [], datetime.now(UTC)), lambda page: None, Shelf(Path(sys.argv[1])))
        print("rendered")
    except BrokenInput as error:
        print(error)
"""
CONTROL = """
import json, sys
from weasyprint import HTML
for html in json.load(sys.stdin):
    try:
        HTML(string=html).write_pdf()
    except OSError:
        pass
"""


@pytest.fixture
def server():
    """A web server on this machine that keeps the paths it was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            moved = self.path.startswith("/redirect/")
            self.send_response(302 if moved else 404)
            if moved:
                self.send_header("Location", self.path.removeprefix("/redirect"))
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        listening.asked = asked
        yield listening
        listening.shutdown()
        thread.join()


def hostile_documents(server):
    address = f"http://127.0.0.1:{server.server_port}"
    inside = base64.b64encode(base64.b64decode(INSIDE_DATA).replace(b"URL", address.encode())).decode()
    head = '<html lang="nl"><head><title>x</title></head><body>'
    return [head + item.replace("URL", address).replace("DATA", inside) for item in REFERENCES.values()]


def render_all(program, documents, folder):
    command = [sys.executable, "-W", "ignore", "-c", program, str(folder)]
    result = subprocess.run(
        command, input=json.dumps(documents), text=True, check=True, stdout=subprocess.PIPE
    )
    return result.stdout.splitlines()


def test_no_reference_reaches_out(server, tmp_path):
    outcomes = dict(zip(REFERENCES, render_all(ENGINE, hostile_documents(server), tmp_path), strict=True))

    assert server.asked == []
    rendered = {name for name, outcome in outcomes.items() if outcome == "rendered"}
    assert rendered <= NOT_FOLLOWED
    assert len(REFERENCES) >= 30


def test_control_the_same_html_does_reach_out_with_the_fetcher_of_weasyprint(server, tmp_path):
    render_all(CONTROL, hostile_documents(server), tmp_path)

    assert len(set(server.asked)) >= 20


def test_the_reason_names_the_file(render):
    with pytest.raises(RenderFailed) as failure:
        render('<p><img src="https://voorbeeld.example/foto.png" alt="Foto"></p>')

    assert failure.value.reason.endswith("Dit bestand is niet meegegeven: https://voorbeeld.example/foto.png")
