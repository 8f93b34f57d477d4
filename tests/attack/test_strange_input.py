"""Input that no form of ours sends: too long, too large, no characters, no numbers. Never an error of ours."""

import zlib

import pytest
from django.core.exceptions import ValidationError

from agreements.documents.checks import checked
from agreements.history.queries import checkpoint

pytestmark = pytest.mark.both_databases

HUGE, LONG, NUL = "9" * 30, "9" * 5000, "\0"
ADDRESSES = [
    f"/bewijs/{HUGE}/x",
    "/bewijs/-1/x",
    "/bewijs/1/..%2f..%2fetc%2fpasswd",
    f"/jaarschijven/{HUGE}/",
    f"/jaarschijven/{LONG}/",
    f"/afspraken/{'x' * 5000}/",
    "/afspraken/%ff%fe/",
    "/afspraken/%ed%a0%80/",
    "/afspraken/?q=%00%ff%ed%a0%80",
    "/afspraken/?q=" + "%EF%B7%BA" * 100,
    "/afspraken/?jaar=%D9%A2%D9%A0%D9%A1%D9%A7",
    f"/afspraken/?pagina={LONG}",
    "/afspraken/?pagina=-1&sorteer=x&status=x&thema=x&partij=x&jaar=x",
    "/afspraken/?" + "thema=B&" * 290,
    f"/onderdelen/?pagina={LONG}",
]
EDITS = [
    *(
        {name: value}
        for name in ("theme", "lead", "indicator", "version")
        for value in (NUL, HUGE, LONG, "-1")
    ),
    *(
        {name: f"x{NUL}"}
        for name in ("title", "text", "kind", "direction", "deadline", "target_value", "why")
    ),
    {"target_value": LONG},
    {"version": HUGE, "disputed": NUL},
    {"text": "veilig\u202egnp"},
]
CLAIMS = [
    *(
        {name: NUL}
        for name in ("key", "seen", "value", "as_of", "certainty", "status", "visibility", "remove")
    ),
    *({name: LONG} for name in ("key", "value", "as_of", "expected_on", "explanation", "status")),
    {"kept": HUGE},
    {"kept": "٣"},
    {"as_of": "٠١-٠١-٢٠١٧"},
    {"status": "dropped"},
    {"status": "no_data"},
    {"explanation": f"Twintig tekens en nog iets{NUL}"},
]


@pytest.fixture
def quiet(visit):
    """A function that logs someone in on a client that shows our error page instead of the error."""

    def quiet(user):
        client = visit(user)
        client.raise_request_exception = False
        return client

    return quiet


def test_no_address_breaks_the_portal(world, quiet):
    client = quiet(world.coordinator)
    for path in ADDRESSES:
        assert client.get(path).status_code in (200, 404), path[:80]
    assert client.get("/afspraken/?" + "thema=B&" * 901).status_code == 413


def test_no_answer_in_a_form_breaks_the_portal_or_is_written(world, quiet):
    draft, before = world.draft, checkpoint()
    whole = {"version": 1, "title": "T", "text": "T.", "kind": "hard", "theme": draft.theme_id}
    whole |= {"lead": draft.lead_id, "deadline": "31-12-2018"}
    target = {"indicator": world.homes.target.indicator_id, "direction": "at_least", "target_value": "3"}
    client = quiet(world.coordinator)
    for wrong in EDITS:
        answer = client.post("/afspraken/18-01/bewerken/", {**whole, **target, **wrong})
        assert answer.status_code in (409, 422), str(wrong)[:80]
    for round_ in (NUL, HUGE, LONG, "x"):
        assert client.post("/rapportages/nieuw/", {"round": round_}).status_code == 422
        assert client.post("/rondes/nieuw/", {"year_slice": round_, "name": "x"}).status_code == 422
    client = quiet(world.reporter)
    claim = {"seen": "0", "value": "52", "as_of": "30-09-2017", "certainty": "provisional"}
    claim |= {"status": "on_track", "key": "not a key", "explanation": "Er zijn woningen opgeleverd."}
    for wrong in CLAIMS:
        answer = client.post("/afspraken/17-01/voortgang/", {**claim, **wrong})
        assert answer.status_code in (200, 422), str(wrong)[:80]
    assert checkpoint() == before


def test_a_form_of_a_thousand_fields_is_too_much(world, quiet):
    many = {f"field{number}": "x" for number in range(1000)}
    assert quiet(world.reporter).post("/afspraken/17-01/voortgang/", many).status_code == 413


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def a_png(width, height, *extra):
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(extra) + chunk(b"IEND", b"")


def a_pdf(pages):
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n" + pages + b"\nendobj\n%%EOF\n"
    )


LONG_TEXT = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"A" * 900_000))
FILES = {
    "too many pixels.png": a_png(8000, 8000, chunk(b"IDAT", zlib.compress(b"\0"))),
    "text that unpacks to 180 MB.png": a_png(
        9, 9, *[LONG_TEXT] * 200, chunk(b"IDAT", zlib.compress(b"\0" * 252))
    ),
    "zip.pdf": b"PK\x03\x04" + b"\0" * 100 + b"%%EOF",
    "page that is in itself.pdf": a_pdf(b"2 0 R"),
    "deep.pdf": a_pdf(b"<</Count " + b"[" * 100_000 + b"]" * 100_000 + b">>"),
    "markup.csv": b"\xef\xbb\xbf \n<html><script>",
    "program.csv": b"MZ\x90\0\x03",
    "page.html": b"<script>",
    "drawing.svg": b"<svg/>",
    "no extension": b"%PDF-1.7\n%%EOF",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_what_it_says_is_refused(name):
    with pytest.raises(ValidationError):
        checked(name, FILES[name])


@pytest.mark.parametrize(
    "path",
    [
        "/afspraken/%00/",
        "/afspraken/%00/bewerken/",
        "/agenda/%00/",
        "/rapportages/%00/",
        "/rapportages/%00.pdf",
        "/bewijs/1/%00",
        "/rondes/%00/sluiten/",
    ],
)
def test_a_nul_in_an_address_is_an_address_that_does_not_exist(world, visit, path):
    assert visit(world.coordinator).get(path).status_code == 404


@pytest.mark.parametrize("query", ["jaar=" + "1" * 5000, "thema=%00", "partij=%00", "jaar=²"])
def test_an_impossible_filter_is_left_out(world, client, query):
    assert client.get(f"/afspraken/?{query}").status_code == 200
