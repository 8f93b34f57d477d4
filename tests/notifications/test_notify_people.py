"""From events to messages: who is told what, once, and nobody who may not see it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connections

from agreements.agreement.models import YearSlice
from agreements.commitments.operations import (
    answer_amendment,
    edit_commitment,
    withdraw_amendment,
)
from agreements.history.models import Event
from agreements.history.operations import record
from agreements.notifications import news
from agreements.notifications.models import Bookmark, Mail, Notification
from agreements.notifications.operations import notify_people
from agreements.notifications.queries import notifications_of
from agreements.process.operations import answer_comment, change_phase, decline_proposal
from agreements.progress.models import Claim
from agreements.progress.operations import (
    close_round,
    open_round,
    require_approval,
    return_progress,
    send_back_draft,
    send_reminders,
)
from agreements.reports.operations import create_report, publish_report
from agreements.signing.operations import end_round
from agreements.web.formats import dutch_date
from tests.agenda.test_show_agenda import an_item
from tests.process.heard import a_comment, a_proposal, put
from tests.progress.sheets import an_offer
from tests.signing.builders import a_mandate, an_open_round
from tests.world import TODAY, World, an_amendment, an_update


@pytest.fixture
def told(world: World):
    """A function that makes the messages, and gives {name in the cast: [(kind, sentence)]} of what is new."""
    while notify_people():
        pass
    Notification.objects.all().delete()
    names = {user.pk: name for name, user in world.cast.items()}

    def told() -> dict[str, list[tuple[str, str]]]:
        before = set(Notification.objects.values_list("pk", flat=True))
        while notify_people():
            pass
        found: dict[str, list[tuple[str, str]]] = {}
        for message in Notification.objects.exclude(pk__in=before).order_by("pk"):
            found.setdefault(names[message.user_id], []).append((message.kind, message.sentence))
        return found

    return told


def test_progress_is_news_for_whose_promise_it_is_and_not_for_who_sent_it(world, told):
    an_update(world)
    sentence = (
        "Woonstichting Heideveld gaf de voortgang door van 17-01 ‘84 nieuwe sociale huurwoningen opleveren’: "
        "op koers."
    )
    assert told() == dict.fromkeys(["coordinator", "colleague", "director", "chair"], [("news", sentence)])


def test_who_must_answer_an_amendment_is_asked_and_the_others_only_hear_of_it(world, told):
    amendment = an_amendment(world, text="Heideveld levert 70 woningen op.")
    heard = {name: [kind for kind, _ in messages] for name, messages in told().items()}
    assert heard == {"coordinator": ["duty"], "colleague": ["duty"], "chair": ["duty"], "director": ["news"]}
    asked = Notification.objects.get(user=world.chair)
    assert asked.address == f"/wijzigingen/{amendment.pk}/"
    assert "Geef het antwoord van uw organisatie." in asked.sentence


def test_what_became_of_an_amendment_is_told(world, told):
    amendment = an_amendment(world, text="Heideveld levert 70 woningen op.")
    answer_amendment(amendment, by=world.coordinator, on=TODAY, outcome="accepted")
    heard = told()
    assert [kind for kind, _ in heard["colleague"]] == ["news", "news"], "the answer of the party is there"
    assert heard["reporter"] == [
        (
            "news",
            "Gemeente Hilversum gaf antwoord op wijziging 1 van 17-01 ‘84 nieuwe sociale huurwoningen opleveren’: akkoord.",
        )
    ]
    answer_amendment(amendment, by=world.chair, on=TODAY, outcome="accepted")
    assert "is van kracht" in told()["director"][-1][1]


def test_an_amendment_that_was_taken_back_asks_nobody(world, told):
    amendment = an_amendment(world, text="Heideveld levert 70 woningen op.")
    withdraw_amendment(amendment, by=world.reporter, on=TODAY)
    kinds = [kind for messages in told().values() for kind, _ in messages]
    assert set(kinds) == {"news"}


def test_a_draft_is_never_told_to_outsiders(world, told):
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes={"text": "Nieuwe tekst."})
    heard = told()
    assert set(heard) == {"colleague", "reporter", "director", "chair"}
    assert Notification.objects.get(user=world.reporter).is_for_parties


def test_who_left_all_parties_no_longer_reads_about_drafts(world, told, visit):
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes={"text": "Nieuwe tekst."})
    an_update(world, by=world.director)
    assert len(told()["reporter"]) == 2
    world.reporter.memberships.update(ended_on=TODAY)
    page = visit(world.reporter).get("/berichten/").content.decode()
    assert "18-01" not in page
    assert "17-01" in page


def test_a_closed_account_hears_nothing(world, told):
    world.chair.is_active = False
    world.chair.save()
    an_update(world)
    assert "chair" not in told()


def test_a_new_round_is_a_duty_for_who_reports_and_news_for_the_others(world, told):
    close_round(world.round, by=world.coordinator, on=TODAY)
    told()
    open_round(
        world.homes.year_slice,
        by=world.coordinator,
        on=TODAY,
        code="2017-K4",
        name="Vierde kwartaal 2017",
        as_of="2017-11-15",
        opened_on=TODAY,
        due_on="2017-12-31",
    )
    heard = told()
    assert heard["reporter"] == [
        (
            "duty",
            "De ronde vierde kwartaal 2017 is open. Geef uiterlijk 31\xa0december 2017 de voortgang door van 2 afspraken van Woonstichting Heideveld.",
        )
    ]
    assert [kind for kind, _ in heard["director"]] == ["rounds"]
    assert "coordinator" not in heard, "who opened it knows"
    assert "councillor" not in heard


def test_reminders_go_to_who_reports_and_from_the_second_late_one_to_a_second_person(world, told):
    due = world.round.due_on
    send_reminders(on=due - timedelta(days=14))
    assert told() == {
        "reporter": [
            (
                "duty",
                "Geef uiterlijk 24\xa0november 2017 de voortgang door van 2 afspraken van Woonstichting Heideveld.",
            )
        ]
    }
    world.round.due_on = TODAY - timedelta(days=8)
    world.round.save()
    send_reminders(on=TODAY - timedelta(days=1))
    assert set(told()) == {"reporter"}
    world.round.due_on = TODAY - timedelta(days=14)
    world.round.save()
    send_reminders(on=TODAY)
    late = told()
    assert set(late) == {"reporter", "director"}
    assert late["director"] == [
        (
            "duty",
            "Woonstichting Heideveld is 14 dagen te laat met de voortgang van 2 afspraken. Geef die nu door.",
        )
    ]


def test_the_council_hears_of_a_public_phase_and_of_reports(world, told):
    concept = world.draft.year_slice
    change_phase(concept, "bid", seen="concept", by=world.coordinator, on=TODAY, why="Er moet nog iets bij.")
    assert "councillor" not in told()
    YearSlice.objects.filter(pk=concept.pk).update(phase="consultation")
    record(
        "process.phase_changed",
        concept,
        by=world.coordinator,
        on=TODAY,
        sentence="Jaarschijf 2018 ging naar de fase consultatie.",
        data={"after": "consultation"},
    )
    assert told()["councillor"] == [("rounds", "Jaarschijf 2018 ging naar de fase consultatie.")]
    an_update(world)
    report = create_report(world.round, by=world.coordinator, on=TODAY)
    publish_report(report, by=world.colleague, on=TODAY)
    assert told()["councillor"][0][0] == "reports"


def test_a_decision_on_the_agenda_is_told_to_who_leads_the_item(world, told):
    item = an_item(world)
    record(
        "agenda.fate_decided",
        item,
        by=world.coordinator,
        on=TODAY,
        sentence="Agendapunt A-01 is voor 2018 vervallen.",
    )
    heard = told()
    expected = {"reporter", "director", "chair"} if item.lead else set()
    assert set(heard) == expected


def test_nobody_is_told_of_what_a_data_set_tells_of_months_ago(world, told):
    an_update(world, on=TODAY - timedelta(days=15))
    assert told() == {}
    an_update(world, on=TODAY - timedelta(days=14))
    assert told() != {}


def test_nothing_is_told_twice_whatever_the_worker_does(world, told):
    an_update(world)
    told()
    messages, mails = Notification.objects.count(), Mail.objects.count()
    Bookmark.objects.update(event=0)
    while notify_people():
        pass
    assert (Notification.objects.count(), Mail.objects.count()) == (messages, mails)


def test_a_mistake_in_one_message_keeps_none_of_the_others(world, told, monkeypatch):
    def broken(event: Event) -> list[news.News]:
        raise KeyError("phase")

    monkeypatch.setitem(news.TELLERS, "commitments.edited", broken)
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes={"text": "Nieuwe tekst."})
    an_update(world)
    assert [kind for kind, _ in told()["chair"]] == ["news"]


def test_titles_hold_no_figures_or_text_of_what_is_not_public(world, told):
    an_amendment(world, target_value=60)
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes={"text": "Nieuwe tekst."})
    told()
    titles = set(Notification.objects.values_list("title", flat=True))
    assert titles == {
        "Concept aangepast: afspraak 18-01",
        "Uw antwoord gevraagd: wijziging van afspraak 17-01",
        "Wijziging voorgesteld van afspraak 17-01",
    }


def test_a_duty_is_mailed_at_once_and_news_waits_for_the_morning(world, told):
    an_amendment(world, text="Heideveld levert 70 woningen op.")
    told()
    assert sorted(Mail.objects.values_list("to", flat=True)) == [
        "chair@test.example",
        "colleague@test.example",
        "coordinator@test.example",
    ]
    waiting = notifications_of(world.director).get()
    assert (waiting.how, waiting.mailed_at) == ("daily", None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_everything_once(world):
    for value in range(5):
        an_update(world, value=value)

    def work(_: int) -> int:
        try:
            return sum(iter(notify_people, 0))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == Event.objects.count()
    assert Notification.objects.filter(kind="news").count() == 5 * 4
    assert Bookmark.objects.get(job="events").event == Event.objects.count()


def test_the_municipality_must_answer_what_parties_say_and_they_hear_the_answer(world, told):
    proposal = a_proposal(world)
    duties = {"coordinator", "colleague"}
    said = "Woonstichting Heideveld diende een voorstel in: 20 woningen extra."
    assert told() == {name: [("duty", said)] for name in duties}
    decline_proposal(proposal, by=world.coordinator, on=TODAY, version=1, reason="Er is geen grond.")
    answered = [("news", "Voorstel 1 ‘20 woningen extra’: niet overgenomen.")]
    assert told() == {"reporter": answered, "director": answered}
    put(world, "consultation")
    told()
    comment = a_comment(world)
    assert set(told()) == duties
    answer_comment(comment, by=world.coordinator, on=TODAY, outcome="taken_up")
    assert told() == {"chair": [("news", "Uw opmerking bij de tekst van 18-01: overgenomen.")]}


def test_who_has_a_mandate_is_asked_to_sign_and_everyone_hears_how_it_ended(world, told):
    a_mandate(world.heideveld, world.director)
    round_ = an_open_round(world)
    asked = f"U kunt jaarschijf 2018 tekenen, of niet tekenen, tot en met {dutch_date(round_.due_on)}."
    heard = told()
    assert heard["director"][-1] == ("duty", asked)
    assert {name for name, messages in heard.items() if ("duty", asked) in messages} == {"director"}
    end_round(round_, by=world.coordinator, on=TODAY, reason="Er stond een fout in de tekst.")
    assert {kind for messages in told().values() for kind, _ in messages} == {"rounds"}


def test_who_must_look_again_at_a_figure_is_told_and_nobody_else(world, told):
    update = an_update(world)
    told()
    return_progress(update, by=world.coordinator, on=TODAY, question="Welk blok?")
    sentence = "De gemeente vraagt iets over uw voortgang van 17-01."
    assert told() == {name: [("duty", sentence)] for name in ("reporter", "director")}


def test_a_draft_that_waits_is_told_to_the_signatory_and_one_sent_back_to_who_reports(world, told):
    require_approval(world.heideveld, by=world.director, on=TODAY, needed=True)
    told()
    claim = Claim(status="on_track", value=Decimal(52), explanation="Blok 1 is klaar.")
    draft = an_offer(world, key=uuid4(), claim=claim)
    waits = "Een collega vulde de voortgang van 17-01 in. Die telt pas na uw akkoord."
    assert told() == {"director": [("duty", waits)]}
    send_back_draft(draft, by=world.director, on=TODAY, version=draft.version, remark="Klopt dit?")
    assert set(told()) == {"reporter"}
