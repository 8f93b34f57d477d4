"""/gezond/ for monitors."""

import shutil
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from agreements.pdf.keys import load_seal
from agreements.web.health import HEARTBEAT_KEY
from tests.pdf.authority import withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heartbeat():
    cache.set(HEARTBEAT_KEY, time.time())
    yield
    cache.delete(HEARTBEAT_KEY)


def test_all_is_well(client):
    answer = client.get("/gezond/")
    assert (answer.status_code, answer.json()["gezond"]) == (200, True)


def test_a_silent_worker_shows(client):
    cache.set(HEARTBEAT_KEY, time.time() - 120)
    answer = client.get("/gezond/")
    assert (answer.status_code, answer.json()["werker"]) == (503, "geen teken van leven")


def test_a_missing_root_certificate_shows(client, settings, tmp_path):
    settings.SEAL_P12 = shutil.copy(settings.SEAL_P12, tmp_path / "zegel.p12")
    settings.ISSUER_P12 = tmp_path / "uitgever.p12"  # its root is trusted too
    assert client.get("/gezond/").json()["zegel"] == "geen vertrouwd certificaat ingesteld"


def test_a_missing_seal_shows(client, settings, tmp_path):
    settings.SEAL_P12 = tmp_path / "weg.p12"
    answer = client.get("/gezond/")
    assert answer.status_code == 503
    assert "zegel" in answer.json()["zegel"]


def test_a_withdrawn_seal_shows_with_the_day(client, authority):
    now = datetime.now(UTC)
    with withdrawn(authority, load_seal(), now):
        answer = client.get("/gezond/")
    assert (answer.status_code, answer.json()["zegel"]) == (503, f"ingetrokken op {now:%d-%m-%Y}")


def test_a_missing_or_locked_issuer_of_certificates_shows(client, settings, tmp_path):
    settings.ISSUER_P12_PASSWORD = "fout"
    answer = client.get("/gezond/")
    assert answer.status_code == 503
    assert "wachtwoord van de uitgever" in answer.json()["uitgever"]
    settings.ISSUER_P12 = tmp_path / "weg.p12"
    assert "is er niet" in client.get("/gezond/").json()["uitgever"]


@pytest.mark.parametrize(
    ("days", "word"), [(3640, "verloopt over 9 dagen"), (3660, "is verlopen op"), (-2, "nog niet geldig")]
)
def test_the_period_of_seal_and_issuer_is_watched(client, time_machine, days, word):
    time_machine.move_to(datetime.now(UTC) + timedelta(days=days))
    cache.set(HEARTBEAT_KEY, time.time())
    answer = client.get("/gezond/").json()
    assert word in answer["uitgever"]
    assert word in answer["zegel"]
