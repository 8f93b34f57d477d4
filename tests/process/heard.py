"""What parties say: proposals and comments as a browser would send them, and made with the real operations."""

from typing import Any
from uuid import uuid4

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import set_year_slice
from agreements.parties.models import Party
from agreements.process.models import Comment, Proposal
from agreements.process.operations import add_comment, make_proposal
from tests.world import TODAY, World, at_least

LIST = "/jaarschijven/2018/voorstellen/"


def put(world: World, phase: str) -> YearSlice:
    """2018 in this phase, without asking anything."""
    return set_year_slice(world.agreement, 2018, by=None, on=TODAY, phase=phase)


def tenants() -> Party:
    """The tenants of Heideveld, for whom `chair` acts."""
    return Party.objects.get(key="hrh")


def a_proposal(
    world: World, *, by: User | None = None, party: Party | None = None, **fields: Any
) -> Proposal:
    """An open proposal of Heideveld, unless told otherwise; without a figure."""
    usual: dict[str, Any] = {
        "theme": world.homes.theme,
        "title": "20 woningen extra",
        "text": "Heideveld levert in 2018 20 woningen extra op.",
        "why": "Er is grond bij gekomen.",
        "key": uuid4(),
    }
    year_slice = YearSlice.objects.select_related("agreement").get(year=2018)
    given = {"by": by or world.reporter, "on": TODAY, "party": party or world.heideveld}
    return make_proposal(year_slice, **given, **{**usual, **fields})


def a_wish(world: World, **fields: Any) -> Proposal:
    """An open proposal of the tenants of Heideveld."""
    return a_proposal(world, by=world.chair, party=tenants(), **{"title": "Lagere huren", **fields})


def a_figure(world: World, value: int = 20) -> dict[str, Any]:
    """The figure of a proposal: at least so many homes."""
    return at_least(value, world.homes.target.indicator)


def a_comment(world: World, *, by: User | None = None, **fields: Any) -> Comment:
    """An open comment of the tenants on the draft; 2018 must be in consultation."""
    usual: dict[str, Any] = {"party": tenants(), "voice": "members", "version": 1, "key": uuid4()}
    usual["text"] = "Onze leden willen meer woningen."
    return add_comment(world.draft, by=by or world.chair, on=TODAY, **{**usual, **fields})


def proposal_answers(world: World, **changed: Any) -> dict[str, str]:
    """The form of a new proposal, filled in."""
    usual = {
        "key": str(uuid4()),
        "theme": str(world.homes.theme_id),
        "title": "20 woningen extra",
        "text": "Heideveld levert in 2018 20 woningen extra op.",
        "why": "Er is grond bij gekomen.",
        "indicator": "",
        "direction": "",
        "target_value": "",
        "deadline": "",
    }
    return {**usual, **changed}


def comment_answers(**changed: Any) -> dict[str, str]:
    """The form of a comment of Huurdersraad Heideveld, filled in."""
    usual = {"key": str(uuid4()), "version": "1", "voice": "hrh-members", "text": "Meer woningen, graag."}
    return {**usual, **changed}
