"""As on 16 February 2017, in a browser: nine parties are asked, eight sign, one does not, and the agreement stands."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connections

from agreements.agreement.operations import note_answer
from agreements.documents import store
from agreements.parties.models import Party
from agreements.parties.operations import add_party
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.signing.models import SigningRound
from tests.accounts.steps import totp
from tests.signing.builders import a_signer, in_phase_signing
from tests.signing.test_decline import PDF
from tests.world import SIGNED, World

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Onze leden vinden dat er te weinig is geregeld over de huurprijs. Łódź, Ďurček – zonder die afspraak tekenen wij niet."
EXTRA = {
    "c3": ("corporation", "Woningcorporatie De Linde"),
    "c4": ("corporation", "Woonstichting Het Raboes"),
    "t2": ("tenants", "Huurdersvereniging De Boekweit"),
    "t3": ("tenants", "Huurdersvereniging De Linde"),
    "t4": ("tenants", "Huurdersvereniging Het Raboes"),
}
ROUND = "/jaarschijven/2018/ondertekening/1/"


def nine_signers(world: World):
    """Five more parties, and somebody of each with a mandate and an app. [(party, person, key of the app)]"""
    for key, (kind, name) in EXTRA.items():
        party = add_party(
            by=None, on=SIGNED, key=key, kind=kind, name=name, short_name=name, provenance="own"
        )
        fields = {"outcome": "signed", "answered_on": SIGNED, "provenance": "own"}
        note_answer(world.agreement, party, by=None, on=SIGNED, **fields)
    found = []
    for party in Party.objects.all():
        user, secret = a_signer(party), generate_totp_secret()
        TOTP.activate(user, secret)
        found.append((party, user, secret))
    in_phase_signing(world)
    connections.close_all()
    return found


def prove(page, secret: str) -> None:
    page.get_by_role("link", name="Bevestig dat u het bent").click()
    page.get_by_label("Code").fill(totp(secret))
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_text("U heeft net bevestigd dat u het bent.").wait_for()


def test_eight_sign_and_one_does_not(world, open_page, enter, tmp_path, broken_rules, run):
    cache.clear()
    with ThreadPoolExecutor(1) as pool:
        signers = pool.submit(nine_signers, world).result()
    assert len(signers) == 9
    assert Authenticator.objects.count() == 9

    page = enter(open_page(), world.coordinator)
    page.set_default_timeout(60_000)
    page.goto("/jaarschijven/2018/")
    page.get_by_role("link", name="Open een ondertekening").click()
    page.get_by_label("Tot en met welke dag").fill("1-12-2017")
    page.get_by_role("button", name="Open de ondertekening").click()
    page.get_by_text("0 van de 9 partijen hebben geantwoord.").wait_for()

    (tmp_path / "brief.pdf").write_bytes(PDF)
    for party, user, secret in signers:
        page = enter(open_page(), user)
        page.set_default_timeout(60_000)
        page.goto("/mijn-taken/")
        page.get_by_text("Teken of teken niet: jaarschijf 2018").wait_for()
        page.goto(ROUND)
        page.get_by_role("link", name=f"Teken niet namens {party.name}").wait_for()
        if party.key == "hrh":
            page.get_by_role("link", name="Teken niet").click()
            prove(page, secret)
            page.get_by_label("Waarom tekent uw organisatie niet?").fill(REASON)
            page.get_by_label("Eigen verklaring toevoegen").set_input_files(tmp_path / "brief.pdf")
            page.get_by_label("Ik weet dat iedereen").check()
            page.get_by_role("button", name="Verstuur: wij tekenen niet").click()
            page.locator("#inhoud").get_by_text(f"Uw antwoord namens {party.name} is bewaard.").wait_for()
        else:
            page.get_by_role("link", name=f"Teken namens {party.name}").click()
            prove(page, secret)
            page.get_by_label("Ik heb de hele tekst gelezen").check()
            page.get_by_label(f"Ik teken namens {party.name}").check()
            page.get_by_role("button", name="Onderteken").click()
            page.locator("#inhoud").get_by_text(f"U heeft getekend namens {party.name}.").wait_for()
        page.context.close()

    page = enter(open_page(), world.coordinator)
    page.set_default_timeout(60_000)
    page.goto(ROUND)
    page.get_by_role("link", name="Sluit de ondertekening").click()
    page.get_by_role("button", name="Ja, sluit en stel de jaarschijf vast").click()
    page.locator("#inhoud").get_by_text(
        "Ondertekend door acht partijen; Huurdersraad Heideveld tekende niet."
    ).first.wait_for()

    visitor = open_page()
    visitor.goto(ROUND)
    assert visitor.get_by_text("Getekend", exact=True).count() == 8
    assert REASON in visitor.locator("main").inner_text()
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Download het document met de antwoorden").click()
    data = download.value.path().read_bytes()
    with ThreadPoolExecutor(1) as pool:  # Playwright keeps an event loop in this thread
        pool.submit(judge, data, broken_rules, run).result()


def judge(data: bytes, broken_rules, run) -> None:
    """Everything that looks at the file agrees, also programs that are not ours."""
    round_ = SigningRound.objects.get()
    assert data == store.read(round_.revisions.last().sha256)
    start = time.process_time()
    verdict = verify_pdf(data, trust=trusted_roots())
    print(f"checking 11 signatures: {time.process_time() - start:.1f} s, {len(data) // 1000} kB")
    assert verdict.is_genuine
    assert len(verdict.signatures) == 11
    assert verdict.signatures[-1].covers_whole_file
    own = [one for one in verdict.signatures if one.issued_for]
    assert len(own) == 8
    assert all(one.issued_for == one.field for one in own)
    printed = run("pdfsig", data)
    assert printed.count("Signature is Valid") == 11
    assert "not signed" not in printed
    text = run("pdftotext", data, "-layout", after=("-",))
    assert "Huurdersraad Heideveld tekent niet" in text
    assert "Ondertekend door acht partijen" in text
    for revision in round_.revisions.filter(number__in=[0, 1, round_.revisions.count() - 1]):
        found = broken_rules(file=store.read(revision.sha256))
        assert set(found.values()) == {"ok"}, (revision.number, found)
    connections.close_all()
