"""A portal with nothing in it, and with the public record only."""

from agreements.exchange import dataset
from tests.world import TODAY

PUBLIC = ["/", "/afspraken/", "/afspraken/?jaar=", "/jaarschijven/", "/agenda/", "/rapportages/", "/uitleg/"]
PUBLIC += ["/partijen/", "/van-agenda-naar-afspraak/", "/jaarkalender/", "/indicatoren/", "/voorraad/"]


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


def test_the_public_record_alone_shows_what_parties_owe_each_other(db, client):
    dataset.load("hilversum_2017", on=TODAY)

    def page(address: str) -> str:
        return client.get(address).content.decode()

    does, expects = page("/partijen/gh/").split('id="verwacht"')
    assert "/afspraken/17-38/" in does
    assert "geen afspraken van anderen waar Gemeente Hilversum bij betrokken is" in expects
    assert "/afspraken/17-38/" in page("/partijen/al/").split('id="verwacht"')[1]
    declined = page("/partijen/hbvd/")
    assert "Niet getekend op" in declined
    assert "/afspraken/17-38/" not in declined
    assert "/agenda/A-29/" in page("/partijen/dw/?jaar=2018")
    assert "/afspraken/17-39/" in page("/themas/M/")
    assert "/agenda/A-34/" in page("/themas/M/?jaar=2020")
    assert "Er zijn nog geen afspraken die een jaar later doorgaan" in page("/van-agenda-naar-afspraak/")
    for year, items in ((2018, 10), (2019, 10), (2020, 11)):
        assert f'data-label="Agendapunten">{items}<' in page("/jaarschijven/").split(f'">{year}</a></th>')[1]


def test_an_empty_portal_says_what_to_do(db, client):
    for address in PUBLIC:
        assert client.get(address).status_code == 200, address
    assert "load_dataset" in client.get("/").content.decode()
