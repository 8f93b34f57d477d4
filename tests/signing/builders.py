"""A round to sign in, and people who may."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from agreements.accounts.second_factor import Proof
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import set_year_slice
from agreements.parties.models import Mandate, Party
from agreements.parties.operations import add_member, grant_mandate
from agreements.process.operations import close_signing
from agreements.signing.models import Seat, SigningRound
from agreements.signing.operations import open_round, render_document
from tests.world import PASSWORD, SIGNED, TODAY, World

DUE = TODAY + timedelta(days=16)


def a_proof(seconds: float = 0) -> Proof:
    """That somebody showed an app code this long ago."""
    return Proof("totp", timezone.now() - timedelta(seconds=seconds))


def a_mandate(party: Party, user: User, **fields: Any) -> Mandate:
    """A board lets this person sign since the first signing."""
    usual = {
        "function": "Directeur-bestuurder",
        "kind": Mandate.Kind.BOARD,
        "ground": "Notulen, punt 4",
        "decided_on": SIGNED,
        "valid_from": SIGNED,
        "valid_until": None,
    }
    return grant_mandate(party, user=user, by=None, on=TODAY, **{**usual, **fields})


def a_signer(party: Party) -> User:
    """Somebody with the role and a mandate to sign for this party."""
    email = f"tekent-{party.key}@test.example"
    user = create_account(
        email=email, function=f"Bestuurder {party.short_name}", by=None, on=SIGNED, password=PASSWORD
    )
    add_member(party, user=user, role="signatory", by=None, on=SIGNED)
    a_mandate(party, user)
    return user


def in_phase_signing(world: World) -> YearSlice:
    """2018, ready to be signed."""
    return set_year_slice(world.agreement, 2018, by=None, on=TODAY, phase="signing")


def an_open_round(world: World, **fields: Any) -> SigningRound:
    """A round of 2018 that all four parties are asked to sign, with its document made."""
    usual = {"by": world.coordinator, "on": TODAY, "due_on": DUE, "parties": list(Party.objects.all())}
    round_ = open_round(in_phase_signing(world), **{**usual, **fields})
    if round_.state == SigningRound.State.PREPARING:  # outside a test the worker would do it
        render_document.call(round_.pk)
    round_.refresh_from_db()
    assert round_.is_open, round_.failure
    return round_


def close(round_: SigningRound, *, by: User, on: date) -> YearSlice:
    """Close a round; in tests the worker is at once. The jaarschijf, adopted when that went well."""
    close_signing(round_, by=by, on=on)
    round_.refresh_from_db()
    return YearSlice.objects.get(pk=round_.year_slice_id)


def seat_of(round_: SigningRound, key: str) -> Seat:
    """The place of the party with this key."""
    return Seat.objects.select_related("party", "round__year_slice").get(round=round_, party__key=key)
