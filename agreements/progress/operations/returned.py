"""The municipality asks about an update, the party answers or corrects."""

from datetime import date

from django.db import transaction

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.progress import permissions
from agreements.progress.models import ProgressUpdate, Return
from agreements.progress.operations.round import held_round
from agreements.progress.operations.update import held_commitment


@transaction.atomic
def return_progress(update: ProgressUpdate, *, by: User, on: date, question: str) -> Return:
    """Send an update back with a question. It stays as it is; the party gets a task."""
    held_round(update.round)
    held_commitment(update.commitment)
    update = ProgressUpdate.objects.select_related("round", "commitment", "party").get(pk=update.pk)
    permissions.return_progress(update, by=by)
    returned = Return.objects.create(update=update, question=question, asked_on=on, asked_by=by)
    sentence = f"Voortgang van {update.commitment.code} teruggevraagd bij {update.party.name}."
    record("progress.returned", update, by=by, on=on, sentence=sentence, why=question)
    return returned


@transaction.atomic
def answer_return(returned: Return, *, by: User, on: date, answer: str) -> Return:
    """Answer the question in words, without another figure. A correction answers it too (`submit_progress`)."""
    held_commitment(returned.update.commitment)
    returned = Return.objects.select_related("update__commitment", "update__party").get(pk=returned.pk)
    permissions.answer_return(returned, by=by)
    returned.answer, returned.answered_on, returned.answered_by = answer, on, by
    returned.save()
    update = returned.update
    sentence = f"Vraag van de gemeente over {update.commitment.code} beantwoord."
    record("progress.answered", update, by=by, on=on, party=update.party, sentence=sentence, why=answer)
    return returned
