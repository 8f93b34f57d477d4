"""Requests that another site or a crafty browser makes: without the form's secret, with fields we did not ask."""

import pytest
from django.core.cache import cache
from django.test import Client

from agreements.commitments.models import Commitment
from agreements.progress.models import ProgressUpdate
from tests.world import PASSWORD

POSTS = [
    "/afspraken/18-01/bewerken/",
    "/afspraken/17-01/voortgang/",
    "/rondes/nieuw/",
    "/rondes/2017-K3/sluiten/",
    "/oordelen/2017-K3/",
    "/oordelen/2017-K3/17-01/",
    "/oordelen/antwoord/1/",
    "/meekijken/links/nieuw/",
    "/meekijken/notities/17-01/",
    "/rondes/2017-K3/opgave/",
    "/rondes/2017-K3/heropenen/",
    "/organisatie/gh/akkoord/",
    "/organisatie/gh/akkoord/instellen/",
    "/opgaven/1/terugsturen/",
    "/voortgang/1/terugvragen/",
    "/teruggevraagd/1/",
    "/rapportages/nieuw/",
    "/rapportages/PA-2017-K3-1/publiceren/",
    "/rapportages/PA-2017-K3-1/opnieuw/",
    "/account/login/",
    "/account/logout/",
    "/account/password/change/",
    "/account/password/reset/",
    "/account/email/",
    "/account/sessions/",
]
TYPED = {
    "key": "6f0f9a3e-0000-4000-8000-000000000001",
    "seen": "0",
    "value": "52",
    "as_of": "30-09-2017",
    "certainty": "provisional",
    "status": "on_track",
    "explanation": "Er zijn woningen opgeleverd in blok 1.",
    "visibility": "public",
}


@pytest.fixture(autouse=True)
def fresh_limits():
    """Wrong passwords of one test do not count in the next."""
    cache.clear()


def test_no_form_is_taken_without_its_secret_or_from_another_site(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.coordinator)
    client.get("/account/")
    secret = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    for path in POSTS:
        assert client.post(path).status_code == 403, path
        assert client.post(path, secret, headers={"Origin": "https://evil.example"}).status_code == 403, path
        assert client.put(path).status_code == 403, path


def test_fields_that_the_form_does_not_have_change_nothing(world, visit):
    draft = world.draft
    typed = {
        "version": 1,
        "title": "Nieuw",
        "text": "Nieuw.",
        "kind": "hard",
        "theme": draft.theme_id,
        "order": 0,
    }
    extra = {"code": "17-99", "year_slice": world.homes.year_slice_id, "status": "achieved", "value": "9"}
    extra |= {"provenance": "sourced", "withdrawn_on": "2017-01-01", "is_key_figure": "on"}
    sent = {**typed, **extra, "lead": draft.lead_id, "deadline": "31-12-2018"}
    assert visit(world.coordinator).post("/afspraken/18-01/bewerken/", sent).status_code == 303
    found = Commitment.objects.get(pk=draft.pk)
    assert (found.title, found.version) == ("Nieuw", 2)
    kept = (
        "code",
        "year_slice_id",
        "status",
        "value",
        "provenance",
        "withdrawn_on",
        "is_key_figure",
    )
    assert [getattr(found, name) for name in kept] == [getattr(draft, name) for name in kept]


def test_a_report_of_progress_is_in_the_name_of_who_sent_it(world, visit):
    others = {"party": world.boekweit.pk, "submitted_by": world.stranger.pk, "round": "9", "number": "7"}
    visit(world.reporter).post("/afspraken/17-01/voortgang/", {**TYPED, **others})
    update = ProgressUpdate.objects.get()
    assert (update.party, update.submitted_by) == (world.heideveld, world.reporter)
    assert (update.round, update.number) == (world.round, 1)


def test_who_tries_many_accounts_gains_nothing_by_naming_other_addresses(world, client):
    for place in range(11):
        spoofed = {"X-Forwarded-For": f"10.0.0.{place}", "X-Real-IP": f"10.0.1.{place}"}
        wrong = {"login": f"iemand-{place}@test.example", "password": "fout"}
        page = client.post("/account/login/", wrong, headers=spoofed).content.decode()
    assert "Wacht 5 minuten" in page
    right = {"login": world.reporter.email, "password": PASSWORD}
    assert client.post("/account/login/", right, headers={"X-Forwarded-For": "10.9.9.9"}).status_code == 200


@pytest.mark.parametrize(
    "next_page", ["//evil.example/", "/\\evil.example", "///evil.example", "javascript:x()"]
)
def test_a_parked_form_and_the_way_back_stay_on_this_site(world, client, next_page):
    client.post("/afspraken/17-01/voortgang/", {**TYPED, "next": next_page})
    right = {"login": world.reporter.email, "password": PASSWORD, "next": next_page}
    assert client.post(f"/account/login/?next={next_page}", right)["Location"] == "/mijn-taken/"


def test_parked_text_ends_with_the_session_and_opens_for_nobody_without_the_right(world, client):
    secret, path = "Wat de vorige typte op deze tablet.", "/afspraken/17-01/voortgang/"

    def enter(user):
        client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        return client.get(path)

    client.post(path, {**TYPED, "explanation": secret})
    answer = enter(world.stranger)
    assert answer.status_code == 403
    assert secret not in answer.content.decode()
    client.post("/account/logout/")
    assert secret not in enter(world.reporter).content.decode()
