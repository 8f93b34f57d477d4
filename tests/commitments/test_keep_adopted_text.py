"""Signed text does not change (rule 3): whatever anybody tries, only an accepted amendment changes it."""

import importlib
import inspect
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import agreements
from agreements.access.refusals import Refused
from agreements.commitments import operations
from agreements.commitments.models import Amendment, Commitment, PlannedValue
from agreements.history.queries import timeline
from agreements.workspace.operations import add_note
from tests.world import TODAY, World, an_amendment

REASON = "Dit is een reden van meer dan twintig tekens."
SIGNED = ("text", "title", "kind", "theme", "lead", "deadline", "indicator", "direction", "target_value")
# Everything a form of the portal could ask, with answers that would change the text.
TRIED = {
    "version": "1",
    "title": "Stiekem anders",
    "text": "Stiekem een andere tekst.",
    "kind": "effort",
    "direction": "at_most",
    "target_value": "1",
    "value": "1",
    "deadline": "01-02-2017",
    "why": REASON,
    "reason": REASON,
    "outcome": "accepted",
    "status": "at_risk",
    "explanation": REASON,
    "measure": REASON,
}


def signed(world: World) -> dict[str, Any]:
    """What was signed of `homes`, as it stands in the database now."""
    return Commitment.objects.with_everything().get(pk=world.homes.pk).editable_values()


def operations_on_a_commitment() -> dict[str, Callable[..., Any]]:
    """Every public function of every `operations` that takes a commitment or an amendment."""
    found = {}
    slices = Path(agreements.__path__[0])
    for path in [*slices.glob("*/operations.py"), *slices.glob("*/operations/*.py")]:
        module = importlib.import_module(".".join(path.relative_to(slices.parent).with_suffix("").parts))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = {parameter.annotation for parameter in inspect.signature(function).parameters.values()}
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and takes & {Commitment, Amendment, list[Commitment] | None}:
                found[name] = function
    return found


def test_every_operation_on_a_commitment_is_known_here():
    """A new one must be tried in this file before it can be forgotten."""
    assert set(operations_on_a_commitment()) == {
        "edit_commitment",
        "withdraw_commitment",
        "propose_amendment",
        "answer_amendment",
        "withdraw_amendment",
        "claim_version",  # part of edit and answer; raises the number, not the text
        "note_standing",
        "mark_silent",
        "submit_progress",
        "add_note",  # beside the commitment, for one organisation
        "move_commitment",  # the order of a draft
        "locked",  # part of the others; reads
        *("record_draft", "record_edit"),  # part of draft, edit and move; write history only
        # how draft, edit, withdraw and amendment write, after their rule was asked
        *("apply_values", "set_contributors", "set_target", "divide", "withdraw_row"),
        "add_comment",  # says something about a text in consultation
        "merge_proposal",  # points to a draft
        # what a party reports, before and after it is sent: figures and words beside the text
        *("check_moment", "evidence_of", "held_commitment", "keep", "offer_progress", "put_in"),
        *("save_draft", "settle_standing", "take_draft", "fall_silent", "settle_joint"),
    }


def test_standing_and_fate_leave_the_text_alone(world):
    before = signed(world)
    add_note(world.homes, by=world.chair, on=TODAY, key=uuid4(), text="Stiekem een andere tekst.")
    now = {"status": "behind", "value": Decimal(1), "as_of": TODAY, "on": TODAY}
    operations.note_standing(world.homes, **now)
    operations.mark_silent(world.homes)
    operations.withdraw_commitment(world.homes, by=None, on=TODAY, reason=REASON)
    with pytest.raises(Refused):
        operations.move_commitment(world.homes, by=world.coordinator, on=TODAY, up=False)
    assert signed(world) == before


@pytest.mark.parametrize("field", SIGNED)
def test_editing_is_refused_for_every_field_and_everyone(world, field):
    before = signed(world)
    for user in world.cast.values():
        with pytest.raises(Refused):
            operations.edit_commitment(world.homes, by=user, on=TODAY, version=1, changes={field: "anders"})
    assert signed(world) == before


def addresses(resolver: URLResolver, found: list[str], prefix: str = "") -> list[str]:
    """Every address of the portal, filled in for `homes` and its first amendment."""
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            addresses(pattern, found, path)
        elif isinstance(pattern, URLPattern):
            found.append("/" + re.sub(r"<str:code>", "17-01", re.sub(r"<int:pk>", "{amendment}", path)))
    return found


def test_no_page_of_the_portal_changes_it(world, visit):
    """Each address takes a form that tries; also those that answer the open amendment cannot do it alone."""
    amendment = an_amendment(world, target_value=Decimal(70))
    before = signed(world)
    tried = TRIED | {"lead": str(world.boekweit.pk), "theme": str(world.homes.theme_id)}
    ours = [one for one in addresses(get_resolver(), []) if "<" not in one and "account" not in one]
    assert "/afspraken/17-01/bewerken/" in ours
    for name in ("coordinator", "reporter"):
        client = visit(world.cast[name])
        for address in ours:
            client.post(address.format(amendment=amendment.pk), tried)
    assert signed(world) == before


def test_there_is_no_admin_and_commands_know_no_text():
    assert not apps.is_installed("django.contrib.admin")
    commands = Path(settings.BASE_DIR, "agreements/management/commands").glob("*.py")
    sources = {path.name: path.read_text() for path in commands}
    assert sources
    assert [name for name, text in sources.items() if "Commitment" in text or "Target" in text] == []


def test_only_two_functions_write_the_text():
    """In the whole source only `apply_values` and `set_target` write it, called by draft, edit and amendment.

    A part follows what one of those did to its joint commitment.
    """
    files = Path(operations.__file__).parent.glob("**/*.py")
    source = "".join(path.read_text() for path in files)
    calls = re.findall(r"(?<!def )\bapply_values\((\w+), wanted", source)
    assert sorted(calls) == ["current", "current", "part"]
    writes = r"Commitment\.objects\.(?:bulk_)?(?:update|create)|Target\.objects\.(?:bulk_)?(?:update|create)"
    root = Path(agreements.__path__[0])
    found = {p.relative_to(root).parts[0] for p in root.glob("*/**/*.py") if re.search(writes, p.read_text())}
    assert found == {"commitments"}


# -- property: no sequence of operations changes it, except an accepted amendment

VALUES = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(["Heideveld levert minder op.", "Heideveld levert meer op."]),
        "target_value": st.integers(1, 200).map(Decimal),
        "direction": st.sampled_from(["at_least", "exactly"]),
        "deadline": st.dates(date(2017, 1, 1), date(2017, 12, 31)),
        "lead": st.sampled_from(["heideveld", "boekweit"]),
        "title": st.just("Heideveld doet iets anders"),
        "kind": st.just("effort"),
    },
)
PEOPLE = st.sampled_from(["coordinator", "reporter", "director", "chair", "stranger", "councillor"])
STEPS = st.one_of(
    st.tuples(st.just("edit"), PEOPLE, VALUES),
    st.tuples(st.just("propose"), PEOPLE, VALUES),
    st.tuples(st.sampled_from(["accepted", "accepted", "accepted", "refused"]), PEOPLE, st.just({})),
    st.tuples(st.sampled_from(["take_back", "withdraw"]), PEOPLE, st.just({})),
)


def act(world: World, verb: str, user: Any, changes: dict[str, Any]) -> None:
    """Do one step with the commitment and the newest amendment as they are now."""
    homes = Commitment.objects.get(pk=world.homes.pk)
    amendment = Amendment.objects.filter(commitment=homes).last()
    now = {"by": user, "on": TODAY}
    if verb == "edit":
        operations.edit_commitment(homes, version=homes.version, changes=changes, **now)
    elif verb == "withdraw":
        operations.withdraw_commitment(homes, reason=REASON, **now)
    elif verb == "propose":
        operations.propose_amendment(homes, version=homes.version, changes=changes, reason=REASON, **now)
    elif amendment and verb == "take_back":
        operations.withdraw_amendment(amendment, **now)
    elif amendment:
        operations.answer_amendment(amendment, outcome=verb, reason=REASON, **now)


@given(steps=st.lists(STEPS, min_size=3, max_size=12))
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_sequence_changes_adopted_text_except_an_accepted_amendment(world, steps):
    with transaction.atomic():
        expected, in_force = signed(world), 0
        for verb, name, changes in steps:
            if "lead" in changes:
                changes = {**changes, "lead": getattr(world, changes["lead"])}
            try:
                with transaction.atomic():
                    act(world, verb, world.cast[name], changes)
            except (Refused, ValidationError):
                pass
            accepted = list(Amendment.objects.filter(commitment=world.homes, state="in_force"))
            for amendment in accepted[in_force:]:
                assert not amendment.answers.exclude(outcome="accepted").exists()
                expected = {**expected, **amendment.changes()}
            in_force = len(accepted)
            assert signed(world) == expected
        newest = next(event for event in timeline(world.homes) if "after" in event.data)
        assert newest.data["after"] == operations.as_data(expected), "history tells the same"
        assert PlannedValue.objects.filter(target__commitment=world.homes).count() == 2
        transaction.set_rollback(True)


def test_the_property_does_meet_amendments_that_are_accepted(world):
    """The control: the steps of the property can put one in force."""
    act(world, "propose", world.reporter, {"target_value": Decimal(70)})
    act(world, "accepted", world.coordinator, {})
    act(world, "accepted", world.chair, {})
    assert signed(world)["target_value"] == 70
