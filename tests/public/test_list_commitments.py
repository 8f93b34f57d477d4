"""The public list and pages: filters, search, sorting, empty states and odd addresses."""

import pytest

from tests.world import an_update

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"17-01", "17-02"}),
        ("?q=woningen", {"17-01"}),
        ("?q=WOONSTICHTING+coach", {"17-02"}),
        ("?q=17-01", {"17-01"}),
        ("?q=ÉÉN", {"17-02"}),
        ("?status=on_track", {"17-01"}),
        ("?status=on_track&status=no_data", {"17-01", "17-02"}),
        ("?thema=B", {"17-01", "17-02"}),
        ("?thema=Z", set()),
        ("?partij=hv", {"17-01", "17-02"}),
        ("?partij=bw", set()),
        ("?jaar=2018", set()),
        ("?jaar=", {"17-01", "17-02"}),
        ("?jaar=abc&status=xyz&sorteer=';--&pagina=99999999999", {"17-01", "17-02"}),
        ("?q=%00", {"17-01", "17-02"}),
    ],
)
def test_filters_leave_over_what_fits(world, client, query, found):
    an_update(world)
    answer = client.get(f"/afspraken/{query}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert {code for code in ("17-01", "17-02", "18-01") if f"/afspraken/{code}/" in page} == found
    if not found:
        assert "Geen afspraken gevonden" in page


def test_parties_see_drafts_in_the_list_too(world, visit):
    assert "/afspraken/18-01/" in visit(world.chair).get("/afspraken/?jaar=2018").content.decode()
    assert "/afspraken/18-01/" not in visit(world.councillor).get("/afspraken/?jaar=2018").content.decode()


def test_htmx_gets_only_the_results_with_something_to_announce(world, client):
    answer = client.get("/afspraken/?q=coach", headers={"HX-Request": "true", "HX-Target": "resultaten"})
    page = answer.content.decode()
    assert "<form" not in page
    assert 'data-announce="1 afspraak gevonden."' in page
    assert {"HX-Request", "HX-Target"} <= set(answer["Vary"].split(", "))


def test_sorting_changes_the_order(world, client):
    page = client.get("/afspraken/?sorteer=titel").content.decode()
    assert page.index("/afspraken/17-01/") < page.index("/afspraken/17-02/")
    page = client.get("/afspraken/?sorteer=einddatum").content.decode()
    assert page.index("/afspraken/17-02/") < page.index("/afspraken/17-01/")


@pytest.mark.parametrize(
    "address",
    [
        "/afspraken/bestaat-niet/",
        "/afspraken/17-01'%20OR%201=1/",
        "/agenda/A-99/",
        "/jaarschijven/1999/",
        "/rapportages/PA-0/",
        "/rapportages/PA-0.pdf",
        "/bewijs/1/niets.pdf",
        "/nergens/",
    ],
)
def test_a_wrong_address_gets_a_plain_page(world, client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.content.decode()


def test_every_answer_carries_the_security_headers(world, client):
    for address in ("/", "/afspraken/17-01/", "/nergens/", "/mijn-taken/", "/gezond/"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"


def test_pages_of_people_who_are_logged_in_are_not_kept_by_the_browser(world, visit):
    assert visit(world.reporter).get("/mijn-taken/")["Cache-Control"] == "no-store"


def test_the_one_who_declined_is_shown_with_its_statement(world, client):
    page = client.get("/").content.decode()
    assert "Huurdersraad Heideveld tekende niet" in page
    assert "Wij vinden de huren te hoog." in page
