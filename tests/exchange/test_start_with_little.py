"""A portal with nothing in it, and with the public record only."""

from agreements.exchange import dataset
from tests.world import TODAY

PUBLIC = [
    "/",
    "/afspraken/",
    "/afspraken/?jaar=",
    "/jaarschijven/",
    "/agenda/",
    "/rapportages/",
    "/uitleg/",
    "/voorraad/",
]


def test_the_public_record_alone_gives_a_sensible_portal(db, client):
    dataset.load("hilversum_2017", on=TODAY)
    for address in [
        *PUBLIC,
        "/afspraken/17-38/",
        "/agenda/A-01/",
        "/jaarschijven/2017/",
        "/jaarschijven/2018/",
        "/voorraad/al/",
    ]:
        assert client.get(address).status_code == 200, address
    page = client.get("/").content.decode()
    assert "tekende niet" in page
    assert "Er is nog geen rapportageronde geweest" in page
    assert "voorbeeld</span>" not in page


def test_an_empty_portal_says_what_to_do(db, client):
    for address in PUBLIC:
        assert client.get(address).status_code == 200, address
    assert "load_dataset" in client.get("/").content.decode()
