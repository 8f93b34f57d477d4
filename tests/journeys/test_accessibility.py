"""axe on every page, wide and narrow, light and dark: no violations, and nothing that scrolls sideways."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connections

from agreements.commitments.operations import answer_amendment, copy_commitments, edit_commitment
from agreements.notifications.letters import confirm_letter, report_letter
from agreements.notifications.models import Subscription
from agreements.reports.models import Report
from agreements.reports.operations import create_report, publish_report
from agreements.signing.models import OutsideSignature
from agreements.signing.operations import add_certificate, confirm_outside
from tests.agenda.test_show_agenda import an_item
from tests.process.heard import a_comment, a_proposal, a_wish, put
from tests.signing.builders import DUE, a_mandate, a_signer, an_open_round, close, in_phase_signing
from tests.signing.keys import PASSWORD as KEY_PASSWORD
from tests.signing.keys import an_authority
from tests.signing.test_note_outside import noted
from tests.world import TODAY, an_amendment, an_update

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = [
    "/",
    "/afspraken/",
    "/afspraken/?q=bestaatniet",
    "/afspraken/17-01/",
    "/afspraken/17-02/",
    "/afspraken/17-01/versies/",
    "/afspraken/17-02/versies/",
    "/agenda/",
    "/jaarschijven/",
    "/jaarschijven/2017/",
    "/jaarschijven/2018/",
    "/indicatoren/",
    "/jaarkalender/",
    "/partijen/",
    "/partijen/hv/",
    "/partijen/hrh/",
    "/partijen/hv/?jaar=2018",
    "/themas/B/",
    "/themas/B/?jaar=2018",
    "/van-agenda-naar-afspraak/",
    "/rapportages/",
    "/voorraad/",
    "/voorraad/hv/",
    "/controleren/",
    "/mail-bij-rapportages/",
    "/rapportages/verschil/",
    "/uitleg/",
    "/toegankelijkheid/",
    "/privacy/",
    "/onderdelen/",
    "/nergens/",
    "/account/login/",
    "/account/password/reset/",
]
MEMBERS = {
    "reporter": [
        "/mijn-taken/",
        "/afspraken/17-01/voortgang/",
        "/rondes/2017-K3/opgave/",
        "/afspraken/17-01/wijzigen/",
        "/afspraken/17-02/wijzigen/",
        "/afspraken/18-01/bewerken/",
        "/voorraad/hv/opgeven/2017/",
        "/jaarschijven/2018/voorstellen/",
        "/jaarschijven/2018/voorstellen/1/",
        "/jaarschijven/2018/voorstellen/nieuw/",
        "/jaarschijven/2018/voorstellen/1/bewerken/",
        "/jaarschijven/2018/voorstellen/1/intrekken/",
        "/jaarschijven/2018/opmerkingen/",
    ],
    "coordinator": [
        "/mijn-taken/",
        "/rondes/",
        "/rondes/nieuw/",
        "/rondes/2017-K3/sluiten/",
        "/afspraken/18-01/bewerken/",
        "/afspraken/18-01/",
        "/afspraken/18-01/intrekken/",
        "/jaarschijven/2018/",
        "/jaarschijven/2018/nieuwe-afspraak/",
        "/jaarschijven/2018/overnemen/",
        "/jaarschijven/2018/overnemen/?kies=niet-klaar",
        "/van-agenda-naar-afspraak/",
        "/partijen/gh/?jaar=2018",
        "/jaarschijven/2018/volgorde/",
        "/indicatoren/nieuw/",
        "/rapportages/nieuw/",
        "/jaarschijven/2018/",
        "/agenda/A-01/",
        "/agenda/A-01/besluit/2018/",
        "/jaarschijven/2018/fase/consultatie/",
        "/jaarschijven/2018/fase/bod/",
        "/jaarschijven/2018/planning/",
        "/jaarschijven/2018/voorbereiden/",
        "/jaarschijven/2018/voorstellen/",
        "/jaarschijven/2018/voorstellen/1/",
        "/jaarschijven/2018/voorstellen/2/overnemen/",
        "/jaarschijven/2018/voorstellen/1/samenvoegen/",
        "/jaarschijven/2018/voorstellen/1/afwijzen/",
        "/jaarschijven/2018/opmerkingen/",
        "/afspraken/18-01/opmerkingen/1/",
    ],
    "chair": ["/mijn-taken/", "/mijn-taken/agenda/", "/berichten/", "/berichten/instellingen/"],
    "colleague": ["/rapportages/"],
    "director": ["/mijn-taken/", "/organisatie/hv/akkoord/", "/organisatie/hv/akkoord/instellen/"],
}
SAVE = "Bewaar de afspraak"
# Per person: where, what is filled in by name of the field, and the button that is pressed then.
WRONG: dict[str, list[tuple[str, dict[str, str], str]]] = {
    "coordinator": [
        ("/jaarschijven/2018/nieuwe-afspraak/", {"code": "2018", "target_value": "veel"}, SAVE),
        ("/afspraken/18-01/bewerken/", {"title": "", "deadline": "ooit"}, SAVE),
        ("/afspraken/18-01/bewerken/", {"contribution_0": "Iemand helpt mee."}, SAVE),
        ("/jaarschijven/2018/overnemen/", {}, "Neem deze afspraken over"),
        ("/afspraken/18-01/intrekken/", {"reason": "Kort"}, "Ja, trek de afspraak in"),
        ("/jaarschijven/2018/volgorde/", {"code": "bestaat niet"}, "Omlaag"),
        ("/indicatoren/nieuw/", {}, "Bewaar de indicator"),
        ("/jaarschijven/2018/planning/", {"bid": "5-7-2017", "signing": "31-2-2017"}, "Bewaar de planning"),
        ("/jaarschijven/2018/fase/bod/", {}, "Zet terug naar bod"),
        ("/agenda/A-01/besluit/2018/", {}, "Bewaar het besluit"),
        ("/agenda/A-01/besluit/2018/", {"kind": "postponed"}, "Bewaar het besluit"),
    ],
    "reporter": [
        ("/afspraken/17-02/wijzigen/", {"title": "", "reason": "Kort"}, "Verstuur het voorstel"),
    ],
    "chair": [
        ("/wijzigingen/{amendment}/", {}, "Verstuur het antwoord"),
        ("/wijzigingen/{amendment}/", {"outcome": "refused"}, "Verstuur het antwoord"),
    ],
}


@pytest.fixture
def report(world):
    """A published report. Made in a thread of its own: Playwright keeps an event loop in this one."""

    def publish():
        amendment = an_amendment(world, text="Heideveld levert 70 woningen op.", target_value=Decimal(70))
        for user in (world.coordinator, world.chair):
            answer_amendment(amendment, by=user, on=TODAY, outcome="accepted")
        made = create_report(world.round, by=world.coordinator, on=TODAY)
        published = publish_report(made, by=world.colleague, on=TODAY)
        connections.close_all()
        return published

    an_update(world, value=52, status="at_risk")
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(publish).result()


def test_public_pages(report, page, axe):
    for address in [*PUBLIC, f"/rapportages/{report.number}/"]:
        page.goto(address)
        for disclosure in page.locator("details").all():
            disclosure.evaluate("element => element.open = true")
        axe(page, dark=True)


def test_pages_for_parties(world, report, open_page, enter, axe):
    an_item(world)
    put(world, "consultation")
    a_comment(world)
    put(world, "concept")
    a_proposal(world)
    a_wish(world)
    waiting = create_report(world.round, by=world.coordinator, on=TODAY)
    amendment = an_amendment(world, target_value=Decimal(60))
    extra = {
        "reporter": [f"/wijzigingen/{amendment.pk}/intrekken/", "/afspraken/17-01/"],
        "chair": [f"/wijzigingen/{amendment.pk}/", "/afspraken/17-01/"],
        "coordinator": [
            f"/rapportages/{waiting.number}/",
            f"/rapportages/{waiting.number}/stoppen/",
            f"/rapportages/{waiting.number}/voorleggen/",
            f"/rapportages/{report.number}/intrekken/",
            f"/rapportages/{report.number}/verbeteren/",
        ],
        "colleague": [f"/rapportages/{waiting.number}/publiceren/"],
    }
    for name, addresses in MEMBERS.items():
        page = enter(open_page(), world.cast[name])
        for address in [*addresses, *extra.get(name, [])]:
            page.goto(address)
            axe(page)


def test_pages_of_signing(world, open_page, enter, axe, settings, tmp_path):
    def open_one():
        opened = an_open_round(world)
        signer = a_signer(world.heideveld)
        TOTP.activate(signer, generate_totp_secret())
        a_mandate(world.heideveld, world.director)
        authority = an_authority(tmp_path)
        settings.PARTY_TRUST = [authority.root]
        given = {"by": signer, "on": TODAY, "upload": authority.p12(), "password": KEY_PASSWORD}
        add_certificate(world.heideveld, **given)
        noted(opened, world, key="bw")
        connections.close_all()
        return opened, signer

    def confirm():
        confirm_outside(OutsideSignature.objects.get(), by=world.colleague, on=TODAY)
        connections.close_all()

    def close_one():
        close(round_, by=world.coordinator, on=settings.TODAY)
        connections.close_all()

    page = enter(open_page(), world.coordinator)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(in_phase_signing, world).result()
        page.goto("/jaarschijven/2018/ondertekening/nieuw/")
        axe(page)
        round_, signer = pool.submit(open_one).result()
    here = "/jaarschijven/2018/ondertekening/1/"
    for address in (
        "/jaarschijven/2018/",
        here,
        f"{here}beeindigen/",
        f"{here}hv/buiten-het-portaal/",
        f"{here}hv/tekent-niet/",
    ):
        page.goto(address)
        axe(page)
    elsewhere = f"{here}bw/buiten-het-portaal/"
    colleague = enter(open_page(), world.colleague)
    for address in (here, f"{elsewhere}bevestigen/", f"{elsewhere}afkeuren/"):
        colleague.goto(address)
        axe(colleague)
    signing = enter(open_page(), signer)
    mandate = f"/mandaten/{signer.mandates.get().pk}/"
    of_seat = [f"{here}hv/{verb}/" for verb in ("tekenen", "niet-tekenen", "overdragen")]
    of_party = ["/mandaten/", "/mandaten/nieuw/hv/", f"{mandate}beeindigen/", f"{mandate}besluit/"]
    own = "/organisatie/hv/certificaat/"
    for address in [here, *of_seat, *of_party, own, f"{own}verwijderen/"]:
        signing.goto(address)
        axe(signing)
    settings.TODAY = DUE + timedelta(days=1)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(confirm).result()
        page.goto(f"{here}sluiten/")
        axe(page)
        pool.submit(close_one).result()
    page.goto(here)
    axe(page)
    signing.goto(f"{here}hv/verklaring/")
    axe(signing)


def test_pages_of_signing_a_report_and_of_mail_about_reports(world, open_page, enter, axe, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    def a_draft():
        report = create_report(world.round, by=world.coordinator, on=TODAY)
        alderman = a_signer(world.municipality)
        TOTP.activate(alderman, generate_totp_secret())
        reader = Subscription.objects.create(email="lezer@test.example")
        letters = confirm_letter(reader, day=TODAY), report_letter(reader, report)
        connections.close_all()
        links = [re.search(r"/mail-bij-rapportages/\S+", letter.text)[0] for letter in letters]
        return report.number, alderman, links

    def ready():
        Report.objects.update(state="ready", draft_sha256="a" * 64, pages=3)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        number, alderman, links = pool.submit(a_draft).result()
        pool.submit(ready).result()
        page = enter(open_page(), world.colleague)
        for address in ("publiceren", "handtekening-vragen"):
            page.goto(f"/rapportages/{number}/{address}/")
            axe(page)
        page.get_by_role("button", name="Ja, vraag de handtekening").click()
        page.get_by_text("De rapportage wordt gemaakt").wait_for()
        pool.submit(ready).result()
    for user, addresses in ((world.colleague, [""]), (alderman, ["", "tekenen/"])):
        page = enter(open_page(), user)
        for address in addresses:
            page.goto(f"/rapportages/{number}/{address}")
            axe(page)
    for link in links:
        page.goto(link)
        axe(page)
        page.get_by_role("button", name="Ja, meld mij").click()
        axe(page)
    page.goto("/mail-bij-rapportages/")
    page.get_by_role("button", name="Meld mij aan").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)
    page.get_by_label("Wat is uw e-mailadres?").fill("een@test.example")
    page.get_by_role("button", name="Meld mij aan").click()
    page.get_by_text("Kijk in uw mail").first.wait_for()
    axe(page)


def test_forms_with_errors(world, open_page, enter, axe):
    page = enter(open_page(), world.reporter)
    page.goto("/afspraken/17-01/voortgang/")
    page.get_by_role("button", name="Voortgang versturen").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)


def test_every_form_of_drafting_deciding_and_amending_with_errors(world, open_page, enter, axe):
    an_item(world)
    draft_another(world)
    amendment = an_amendment(world, target_value=Decimal(60))
    for name, forms in WRONG.items():
        page = enter(open_page(), world.cast[name])
        for address, answers, button in forms:
            page.goto(address.format(amendment=amendment.pk))
            fill_in(page, answers)
            page.get_by_role("button", name=button).first.click()
            page.locator(".pa-foutoverzicht").wait_for()
            assert page.title().startswith("Fout: "), address
            axe(page)


def draft_another(world) -> None:
    """A second draft, so that there is something to move."""
    copy_commitments(world.draft.year_slice, by=world.coordinator, on=TODAY, commitments=[world.homes])


def fill_in(page, answers: dict[str, str]) -> None:
    """Type, tick or (in a hidden field) put these answers in the form."""
    for name, answer in answers.items():
        control = page.locator(f"main form [name={name}]").first
        kind = control.get_attribute("type")
        if kind == "radio":
            page.locator(f"main form [name={name}][value={answer}]").check()
        elif kind == "hidden":
            control.evaluate("(element, answer) => element.value = answer", answer)
        else:
            control.fill(answer)


def test_two_people_who_edit_one_draft(world, open_page, enter, axe):
    page = enter(open_page(), world.coordinator)
    page.goto("/afspraken/18-01/bewerken/")
    changes = {"title": "70 nieuwe woningen", "deadline": date(2018, 11, 1)}
    edit_commitment(world.draft, by=world.colleague, on=TODAY, version=1, changes=changes)
    fill_in(page, {"title": "65 nieuwe woningen", "deadline": "1-12-2018"})
    page.get_by_role("button", name=SAVE).click()
    page.get_by_text("Dit staat er nu").first.wait_for()
    axe(page)


def test_a_draft_with_errors_and_with_advice(world, open_page, enter, axe):
    page = enter(open_page(), world.coordinator)
    page.goto("/jaarschijven/2018/nieuwe-afspraak/")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)
    page.goto("/afspraken/18-01/bewerken/")
    page.get_by_label("Letterlijke tekst").fill("Heideveld **streeft** naar:\n\n- woningen\n- groen")
    page.get_by_role("button", name="Kijk eerst wat scherper kan").click()
    page.get_by_text("Deze woorden zijn zacht: ‘streeft’.").wait_for()
    page.get_by_text("Zo komt de letterlijke tekst eruit te zien").wait_for()
    axe(page)
