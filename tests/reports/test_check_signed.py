"""Who has a PDF that parties sign learns which version it is and what was done to it, and nothing that is not public yet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.documents import store
from agreements.pdf.check import look_into
from agreements.pdf.issuer import Holder, issue, load_issuer
from agreements.reports import register
from agreements.reports.answers import OURS
from agreements.reports.check import check_file
from agreements.reports.tampering import differences
from agreements.signing.operations import decline, end_round, sign
from agreements.signing.queries import last_revision, named_revision, places_in, version_of
from tests.pdf.test_verify import append, draw_over_page, replace_attachment, stranger  # noqa: F401
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.signing.conftest import rendered_once, round_  # noqa: F401
from tests.signing.keys import an_authority
from tests.signing.test_note_outside import signed_elsewhere
from tests.signing.test_tamper import add_page, empty_a_field, signed_by
from tests.world import TODAY

pytestmark = pytest.mark.one_database
REASON = "Er is te weinig geregeld over de huurprijs."


def file_of(round_, number: int) -> bytes:  # noqa: F811
    return store.read(round_.revisions.get(number=number).sha256)


@pytest.fixture
def signed(round_, world) -> Any:  # noqa: F811
    """An open round in which Heideveld signed and its tenants declined."""
    sign(seat_of(round_, "hv"), by=a_signer(world.heideveld), on=TODAY, proof=a_proof())
    tenants = seat_of(round_, "hrh")
    decline(tenants, by=a_signer(tenants.party), on=TODAY, proof=a_proof(), reason=REASON)
    return round_


@pytest.fixture
def checked(client) -> Callable[[bytes], str]:
    """A function that gives what the page says to a visitor."""

    def checked(data: bytes) -> str:
        answer = client.post("/controleren/", {"file": SimpleUploadedFile("x.pdf", data)})
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ")

    return checked


def test_of_an_open_round_the_page_tells_what_the_file_holds_and_no_more(signed, checked):
    text, one = file_of(signed, 0), file_of(signed, 1)
    page = checked(one)
    assert "Dit bestand is echt, de ondertekening loopt nog" in page
    assert "met één van de 4 handtekeningen" in page
    assert "Directeur-bestuurder. " in page
    assert "Akkoord in het portaal" in page
    assert "Staat in het vak van Woonstichting Heideveld." in page
    page = checked(text)
    assert "Er staat nog geen handtekening van een partij in." in page
    for secret in (REASON, "Tekent niet", "Tekende", "Directeur-bestuurder", "is de laatste"):
        assert secret not in page, secret


def test_a_guess_at_a_version_that_is_not_public_is_not_recognised(signed, world):
    """The first bytes of a signature are easy to guess; who may guess would learn who signed."""
    text = file_of(signed, 0)
    guess = file_of(signed, 1)[: len(text) + 40]
    assert register.beginning_of(guess) is None
    assert register.begun_by(guess).number == 0
    assert register.beginning_of(text[:-1]).number == 0
    end_round(signed, by=world.coordinator, on=TODAY, reason="De tekst klopt niet meer.")
    assert register.beginning_of(guess).number == 1


def test_once_the_round_is_closed_everything_is_told(signed, world, settings, checked):
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    close(signed, by=world.coordinator, on=settings.TODAY)
    page = checked(store.read(last_revision(signed).sha256))
    assert '<h2 id="uitslag">Dit bestand is echt</h2>' in page
    assert "Ondertekend door één partij; Huurdersraad Heideveld tekende niet" in page
    assert REASON in page
    assert "Reageerde niet. Dat kon tot en met" in page
    assert "Van dit document is er geen nieuwere versie." in page
    first = version_of(signed.revisions.get(number=0))
    assert (first.newer.number, places_in(first)[1].sentences[-1]) == (
        signed.revisions.count() - 1,
        "Dit staat nog niet in dit bestand, wel in een latere versie.",
    )


def test_a_round_that_was_ended_says_so_with_its_reason(signed, world, checked):
    why = "De tekst van afspraak 18-01 klopt niet."
    end_round(signed, by=world.coordinator, on=TODAY, reason=why)
    page = checked(file_of(signed, 1))
    assert "Dit bestand is echt, maar de ondertekening is beëindigd zonder resultaat" in page
    assert why in page


def test_a_fake_is_never_ours_and_its_round_is_named(signed):
    answer = check_file(append(file_of(signed, 1), draw_over_page))
    assert (answer.code, answer.version.revision.number) == ("added", 1)
    assert answer.code not in OURS
    assert answer.differences == ("Op pagina 2 staat iets anders dan in ons bestand.",)


def test_a_byte_that_changed_is_noticed_and_the_round_is_named(signed, world):
    one = file_of(signed, 1)
    assert b"aarschijf 2018" in one, "in the data about the file, which is not compressed"
    changed = one.replace(b"aarschijf 2018", b"aarschijf 2019", 1)
    (said,) = check_file(changed).differences
    assert said.endswith("Die past niet meer bij de inhoud."), "its issuer is one we trust"
    end_round(signed, by=world.coordinator, on=TODAY, reason="De tekst klopt niet meer.")
    answer = check_file(changed)
    assert (answer.code, answer.version.revision.number) == ("altered", 1)
    assert not answer.contents.is_genuine


def test_what_a_party_signed_with_a_program_of_its_own_is_told_apart_from_what_it_is_not(
    signed, settings, tmp_path
):
    authority = an_authority(tmp_path)
    settings.PARTY_TRUST = [authority.root]
    answer = check_file(signed_elsewhere(signed, authority, "partij-bw", "De Boekweit"))
    assert (answer.code, answer.version.revision.number) == ("unnoted", 0)
    assert answer.signatures[-1][0].is_trusted
    (said,) = answer.differences
    assert said.startswith(
        "In het vak van Woningcorporatie De Boekweit staat een handtekening van ‘De Boekweit’."
    )
    assert said.endswith("Die staat niet in het bestand waarmee wij vergeleken.")


def test_every_change_is_named_for_what_it_is(signed, stranger):  # noqa: F811
    text, one = file_of(signed, 0), file_of(signed, 1)
    boekweit = issue(Holder("Bestuurder", "De Boekweit", "partij-bw"), issuer=load_issuer())
    fakes = {
        append(one, add_page): "Het heeft {} pagina’s.",
        append(one, replace_attachment): "De bijlage jaarschijf.json is anders",
        append(one, empty_a_field): "De handtekening in het vak van Woonstichting Heideveld is weg.",
        signed_by(append(one, empty_a_field), stranger, "partij-hv"): "van een uitgever die wij niet vertrouwen",
        signed_by(one, boekweit, "partij-gh"): "hoort bij het vak van Woningcorporatie De Boekweit.",
        signed_by(one, boekweit, "partij-bw"): "Die staat niet in het bestand waarmee wij vergeleken.",
    }  # fmt: skip
    version = version_of(signed.revisions.get(number=1))
    ours, *found = look_into(one, *fakes, trust=version.trust())
    for contents, sentence in zip(found, fakes.values(), strict=True):
        said = differences(contents, ours, version)
        assert any(sentence.format(contents.pages) in one for one in said), (sentence, said)
    assert differences(ours, ours, version) == []
    assert text != one


def test_the_number_in_a_file_names_its_round_by_what_is_public(signed, world):
    assert named_revision("JS-2018-1").number == 0
    assert [named_revision(number) for number in ("PA-2018-1", "JS-2018-2", "JS-x", "")] == [None] * 4
    end_round(signed, by=world.coordinator, on=TODAY, reason="De tekst klopt niet meer.")
    assert named_revision("JS-2018-1").number == 1
