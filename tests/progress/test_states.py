"""From concept to what counts, in thousands of steps taken at random: what must always hold, always holds.

The walks are the same every time (fixed seeds), so that a failure can be repeated.
"""

import random
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment, Status
from agreements.history.queries import broken_links
from agreements.progress import operations as do
from agreements.progress.models import Claim, Draft, ProgressUpdate, Return
from agreements.progress.queries import visible_drafts
from agreements.workspace.queries import count_tasks, tasks_of
from tests.progress.sheets import STORY
from tests.world import TODAY, World

STEPS = 40
ACTIONS = ("save", "submit", "offer", "approve", "send_back", "require", "ask", "answer", "close", "reopen")


class Walk:
    """One person after another does something, allowed or not."""

    def __init__(self, world: World, seed: int):
        self.world, self.dice = world, random.Random(seed)  # noqa: S311  not for secrets
        self.taken: set[tuple[str, str]] = set()

    def step_and_look(self) -> None:
        """A step, after which all rules are looked at."""
        before = list(ProgressUpdate.objects.values("id", "status"))
        self.step()
        self.look(before)

    def step(self) -> None:
        action = self.dice.choice(ACTIONS)
        who = self.dice.choice(["reporter", "director", "director", "coordinator", "chair", "stranger"])
        try:
            with transaction.atomic():
                getattr(self, action)(self.person(who))
            self.taken.add((action, who))
        except (Refused, ValidationError):
            pass

    def person(self, name: str) -> Any:
        """The person with nothing remembered of an earlier step."""
        return type(self.world.reporter).objects.get(pk=self.world.cast[name].pk)

    # -- what people do

    def claim(self) -> Claim:
        return Claim(
            status="on_track",
            explanation=STORY,
            value=Decimal(self.dice.randint(0, 84)),
            reason="Beter geteld.",
        )

    def target(self) -> Commitment:
        return Commitment.objects.with_everything().get(code=self.dice.choice(["17-01", "17-02"]))

    def given(self, by: Any) -> dict[str, Any]:
        self.world.round.refresh_from_db()
        return {"by": by, "on": TODAY, "round": self.world.round}

    def save(self, by: Any) -> None:
        commitment = self.target()
        version = self.dice.choice([0, *commitment.drafts.values_list("version", flat=True)])
        do.save_draft(commitment, answers={"value": "5"}, version=version, **self.given(by))

    def submit(self, by: Any) -> None:
        do.submit_progress(self.target(), key=uuid4(), claim=self.claim(), **self.given(by))

    def offer(self, by: Any) -> None:
        do.offer_progress(
            self.target(), key=uuid4(), claim=self.claim(), answers={"value": "5"}, **self.given(by)
        )

    def approve(self, by: Any) -> None:
        drafts = list(Draft.objects.select_related("round", "commitment", "party").order_by("pk"))
        if not drafts:
            raise Refused("niets")
        chosen = self.dice.sample(drafts, self.dice.randint(1, len(drafts)))
        wrong = self.dice.random() < 0.2
        do.approve_progress(chosen, by=by, on=TODAY, versions={d.pk: d.version + wrong for d in chosen})

    def send_back(self, by: Any) -> None:
        drafts = list(Draft.objects.select_related("commitment", "party").order_by("pk"))
        if not drafts:
            raise Refused("niets")
        draft = self.dice.choice(drafts)
        do.send_back_draft(draft, by=by, on=TODAY, version=draft.version, remark="Tel opnieuw.")

    def require(self, by: Any) -> None:
        needed = self.dice.random() < 0.7
        if self.world.heideveld.__class__.objects.get(key="hv").needs_approval == needed:
            raise Refused("was al zo")
        do.require_approval(self.world.heideveld, by=by, on=TODAY, needed=needed)

    def ask(self, by: Any) -> None:
        updates = list(ProgressUpdate.objects.select_related("round", "commitment", "party").order_by("pk"))
        if not updates:
            raise Refused("niets")
        do.return_progress(self.dice.choice(updates), by=by, on=TODAY, question="Hoe is dit geteld?")

    def answer(self, by: Any) -> None:
        asked = list(Return.objects.select_related("update__commitment", "update__party"))
        if not asked:
            raise Refused("niets")
        do.answer_return(self.dice.choice(asked), by=by, on=TODAY, answer="Op de dag van oplevering.")

    def close(self, by: Any) -> None:
        self.world.round.refresh_from_db()
        if self.dice.random() < 0.6:
            raise Refused("nu niet")
        do.close_round(self.world.round, by=by, on=TODAY)

    def reopen(self, by: Any) -> None:
        self.world.round.refresh_from_db()
        do.reopen_round(self.world.round, by=by, on=TODAY, reason="Nog een dag erbij.")

    # -- what must hold

    def look(self, before: list[dict[str, Any]]) -> None:
        drafts, updates = list(Draft.objects.all()), list(ProgressUpdate.objects.order_by("number"))
        for draft in drafts:
            assert draft.party == self.world.heideveld
            assert draft.is_waiting == (draft.claim is not None), draft
            assert bool(draft.remark) == (draft.state == Draft.State.SENT_BACK)
        was = {row["id"]: row for row in before}
        for update in updates:
            assert update.submitted_by in (self.world.reporter, self.world.director)
            assert update.approved_by in (None, self.world.director)
            assert update.pk not in was or was[update.pk]["status"] == update.status, "nothing is overwritten"
        assert len(updates) >= len(was)
        outsider = self.dice.choice(["coordinator", "chair", "stranger", "councillor"])
        assert not visible_drafts(self.person(outsider)).exists(), outsider
        insider = self.dice.choice(["reporter", "director"])
        assert count_tasks(self.person(insider)) == len(tasks_of(self.person(insider))), insider
        self.look_at_standing(updates)

    def look_at_standing(self, updates: list[ProgressUpdate]) -> None:
        """A commitment says what the newest update says, or that there are no data; never what only waits."""
        for commitment in Commitment.objects.filter(code__in=["17-01", "17-02"]):
            own = [update for update in updates if update.commitment_id == commitment.pk]
            expected = own[-1].status if own else Status.NO_DATA
            assert commitment.status == expected
            if own:
                assert commitment.value == own[-1].figure.value


@pytest.mark.parametrize("seed", range(2))
def test_a_random_walk_keeps_every_rule(world, seed):
    walk = Walk(world, seed)
    for _ in range(STEPS):
        walk.step_and_look()
    outsiders = {(action, who) for action, who in walk.taken if who in ("chair", "stranger")}
    assert not outsiders, "who has nothing to do with it did nothing"
    mine = {who for action, who in walk.taken if action in ("save", "submit", "offer")}
    assert mine <= {"reporter", "director"}
    assert {who for action, who in walk.taken if action in ("approve", "send_back", "require")} <= {
        "director"
    }
    assert {who for action, who in walk.taken if action in ("ask", "close", "reopen")} <= {"coordinator"}
    assert list(broken_links()) == []


def test_together_the_walks_do_everything(world):
    walk = Walk(world, 2017)
    for _ in range(600):
        walk.step()
    assert {action for action, _ in walk.taken} == set(ACTIONS)
