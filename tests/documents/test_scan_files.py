"""Every file is shown to ClamAV where the municipality has one. A scanner that is away lets nothing through."""

import socket

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.documents import antivirus
from agreements.documents.antivirus import CHUNK
from agreements.documents.checks import checked
from agreements.documents.models import Evidence
from agreements.progress.models import ProgressUpdate
from tests.attack.files import EICAR
from tests.clamd import Scanner
from tests.progress.test_submit_progress import ADDRESS, CSV, answers

VIRUS = b"naam;inhoud\ntest;" + EICAR + b"\n"
AWAY = "Wij kunnen ‘lijst.csv’ nu niet op virussen controleren. Het bestand is niet bewaard."


@pytest.fixture(params=[False, True], ids=["socket", "tcp"])
def scanner(request, tmp_path, settings):
    """A scanner that the portal uses."""
    found = Scanner(tmp_path, is_tcp=request.param)
    found.open()
    settings.CLAMAV = found.address
    yield found
    found.close()


def refused(data: bytes = CSV) -> str:
    with pytest.raises(ValidationError) as error:
        checked("lijst.csv", data)
    return error.value.messages[0]


def test_a_good_file_is_looked_at_whole_and_taken(scanner):
    big = b"a;b\n" * (CHUNK // 2)
    assert checked("lijst.csv", big) == ("csv", big)
    assert scanner.seen == [big]


def test_a_virus_is_refused_with_a_sentence(scanner):
    assert refused(VIRUS).startswith("In ‘lijst.csv’ zit een virus, of iets dat daarop lijkt.")


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\0", b"stream: OKAY\0", b"x" * 9000, b"\xff\xfe\0"],
)
def test_a_scanner_that_did_not_look_lets_nothing_through(scanner, answer):
    scanner.answer = answer
    assert refused().startswith(AWAY)


def test_away_nothing_is_kept_and_later_the_same_file_goes(world, visit, settings, tmp_path):
    settings.CLAMAV = f"unix://{tmp_path}/clamd.ctl"
    client, given = visit(world.reporter), answers()
    answer = client.post(ADDRESS, given | {"uploads": SimpleUploadedFile("lijst.csv", CSV)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert AWAY in page
    assert "Kies het over een paar minuten opnieuw." in page
    assert given["explanation"] in page
    assert not Evidence.objects.exists()
    back = Scanner(tmp_path)
    back.open()
    try:
        assert (
            client.post(ADDRESS, given | {"uploads": SimpleUploadedFile("lijst.csv", CSV)}).status_code == 302
        )
    finally:
        back.close()
    assert ProgressUpdate.objects.get().evidence.get().name == "lijst.csv"


def test_a_scanner_that_hangs_up_or_is_nowhere_lets_nothing_through(settings, tmp_path):
    for address in (f"unix://{tmp_path}/nergens.ctl", "tcp://127.0.0.1:1", f"unix://{tmp_path}"):
        settings.CLAMAV = address
        assert refused().startswith(AWAY), address


def test_a_scanner_that_says_nothing_is_given_up(settings, tmp_path, monkeypatch):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.CLAMAV = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr(antivirus, "SECONDS", 0.2)
        assert refused().startswith(AWAY)


def test_without_the_setting_nobody_is_asked(settings):
    assert settings.CLAMAV == ""
    assert checked("lijst.csv", VIRUS)[0] == "csv"
