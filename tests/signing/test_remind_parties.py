"""Who has not answered is reminded 14, 7 and 1 day before the end, never twice; after it silence is named."""

from datetime import timedelta

import pytest

from agreements.history.models import Event
from agreements.management import post
from agreements.notifications.models import Mail, Notification
from agreements.notifications.operations import notify_people
from agreements.signing.models import SigningReminder
from agreements.signing.operations import end_round, remind_parties, sign
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of

ROUND = "/jaarschijven/2018/ondertekening/1/"


def reminded(*days_before: int) -> list[list[str]]:
    return [
        sorted(one.seat.party.key for one in remind_parties(on=DUE - timedelta(days=days)))
        for days in days_before
    ]


def test_three_times_and_never_twice_for_the_same_day(round_, world):
    everyone = ["bw", "gh", "hrh", "hv"]
    assert reminded(16, 15) == [[], []]
    assert reminded(14, 14, 8) == [everyone, [], []]
    sign(seat_of(round_, "hv"), by=a_signer(world.heideveld), on=DUE, proof=a_proof())
    others = ["bw", "gh", "hrh"]
    assert reminded(7, 1, 0, -1) == [others, others, [], []]
    assert SigningReminder.objects.count() == 4 + 3 + 3


def test_a_day_that_was_missed_is_made_up_for_once(round_):
    assert [len(found) for found in reminded(5, 4, 1)] == [4, 0, 4]


def test_a_round_that_is_over_reminds_nobody(round_, world):
    end_round(round_, by=world.coordinator, on=DUE, reason="De tekst moet anders worden.")
    assert reminded(7) == [[]]


def test_who_may_sign_gets_a_mail_and_where_nobody_may_who_gives_the_mandate(
    round_, world, settings, post_office
):
    signer = a_signer(world.boekweit)
    while notify_people():
        pass
    Notification.objects.all().delete()
    settings.TODAY = DUE - timedelta(days=7)
    for _ in range(2):
        post.remind(round_.opened_at)
        post.tell(round_.opened_at)
    told = {one.user: one for one in Notification.objects.filter(title__startswith="Herinnering: onder")}
    assert "nog niet geantwoord" in told[signer].sentence
    assert world.stranger not in told, "of the same party, without a mandate"
    assert "Geef iemand een mandaat" in told[world.director].sentence
    assert told[world.director].address == "/mandaten/"
    assert Mail.objects.filter(user=signer, subject__contains="Herinnering").count() == 1
    assert Event.objects.filter(verb="signing.reminded").count() == 4


@pytest.mark.parametrize("number", [1, 3])
def test_silence_is_shown_with_the_number_of_reminders(round_, world, settings, visit, number):
    reminded(*[14, 7, 1][:number])
    words = "Na 1 herinnering<" if number == 1 else "Na 3 herinneringen<"
    assert visit().get(ROUND).content.decode().count(words) == 4
    if number == 1:
        return
    settings.TODAY = DUE + timedelta(days=1)
    close(round_, by=world.coordinator, on=settings.TODAY)
    page = visit().get(ROUND).content.decode()
    assert page.count("<span>Niet gereageerd</span>") == page.count(words) == 4
