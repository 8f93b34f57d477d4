"""/gezond/ for monitors."""

import shutil
import time

import pytest
from django.core.cache import cache

from agreements.web.health import HEARTBEAT_KEY

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
