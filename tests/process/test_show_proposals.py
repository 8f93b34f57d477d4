"""Who reads which proposals, and the list of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.process.models import Proposal
from agreements.process.operations import decline_proposal, merge_proposal, withdraw_proposal
from tests.process.heard import LIST, a_proposal, a_wish, put
from tests.world import TODAY


@pytest.fixture
def several(world):
    """Of Heideveld one merged, one declined and one withdrawn; of its tenants one open."""
    decided = {"by": world.coordinator, "on": TODAY, "version": 1}
    merge_proposal(a_proposal(world, title="Samen erin"), commitment=world.draft, **decided)
    decline_proposal(a_proposal(world, title="Niet erin"), reason="Te duur.", **decided)
    withdraw_proposal(a_proposal(world, title="Toch maar niet"), by=world.reporter, on=TODAY)
    a_wish(world)
    return world


def test_the_list_groups_by_party_and_counts_per_state(several, visit):
    page = visit(several.chair).get(LIST).content.decode()
    assert (
        page.index("van-hrh") < page.index("Lagere huren") < page.index("van-hv") < page.index("Samen erin")
    )
    assert "1 samengevoegd, 1 niet overgenomen" in page
    assert "3 voorstellen</h2>" in page
    assert "Toch maar niet" not in page
    own = visit(several.director).get(LIST).content.decode()
    assert "1 samengevoegd, 1 niet overgenomen, 1 ingetrokken" in own


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?stand=open", {"Lagere huren"}),
        ("?stand=merged&stand=declined", {"Samen erin", "Niet erin"}),
        ("?partij=hrh", {"Lagere huren"}),
        ("?partij=hrh&stand=merged", set()),
        ("?partij=bestaatniet", set()),
        ("?stand=%00&stand=onzin", {"Samen erin", "Niet erin", "Lagere huren"}),
        ("?partij=%00" + "x" * 5000, set()),
    ],
)
def test_the_list_filters_without_a_script(several, visit, query, shown):
    page = visit(several.chair).get(LIST + query).content.decode()
    assert {title for title in ("Samen erin", "Niet erin", "Lagere huren") if title in page} == shown
    assert ("Geen voorstellen gevonden" in page) == (not shown)


def test_htmx_gets_the_results_only(several, visit):
    answer = visit(several.chair).get(LIST, headers={"HX-Request": "true", "HX-Target": "resultaten"})
    assert answer.content.decode().lstrip().startswith('<section id="resultaten"')


def test_a_draft_year_is_for_the_parties_and_a_public_one_for_everyone(several, visit):
    for phase, status in (("bid", 404), ("concept", 404), ("consultation", 200), ("signing", 200)):
        put(several, phase)
        for path in (LIST, f"{LIST}1/"):
            assert visit().get(path).status_code == status, (phase, path)
            assert visit(several.councillor).get(path).status_code == status
            assert visit(several.stranger).get(path).status_code == 200
    assert visit().get(f"{LIST}3/").status_code == visit().get(f"{LIST}9/").status_code == 404
    assert visit().get("/jaarschijven/2031/voorstellen/").status_code == 404


def test_a_withdrawn_one_and_one_that_never_was_look_the_same(several, visit):
    put(several, "consultation")
    never, withdrawn = (visit().get(f"{LIST}{number}/").content for number in (9, 3))
    assert never == withdrawn


def test_the_page_of_the_year_tells_in_short(several, visit):
    page = visit(several.reporter).get("/jaarschijven/2018/").content.decode()
    assert "3 voorstellen, 1 nog zonder antwoord." in page
    assert f'href="{LIST}"' in page
    assert f'href="{LIST}nieuw/"' in page
    assert "nieuw/" not in visit(several.coordinator).get("/jaarschijven/2018/").content.decode()
    assert "voorstellen" not in visit().get("/jaarschijven/2018/").content.decode()
    adopted = visit(several.reporter).get("/jaarschijven/2017/").content.decode()
    assert "Voorstellen van de partijen" not in adopted
    assert "Er zijn nog geen voorstellen" in visit().get("/jaarschijven/2017/voorstellen/").content.decode()


def test_buttons_are_for_who_may(world, visit):
    a_proposal(world)
    own = visit(world.director).get(f"{LIST}1/").content.decode()
    assert "bewerken/" in own
    assert "overnemen/" not in own
    coordinator = visit(world.coordinator).get(f"{LIST}1/").content.decode()
    assert "overnemen/" in coordinator
    assert "bewerken/" not in coordinator


@pytest.mark.parametrize("path", [LIST, f"{LIST}?stand=open", "/jaarschijven/2018/", "/afspraken/18-01/"])
@pytest.mark.parametrize("name", ["chair", "coordinator"])
def test_pages_ask_as_much_of_30_proposals_as_of_2(world, visit, path, name):
    client = visit(world.cast[name])
    counts = []
    for number in (2, 28):
        for _ in range(number):
            merge_proposal(
                a_proposal(world), by=world.coordinator, on=TODAY, version=1, commitment=world.draft
            )
            a_wish(world)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counts.append(len(captured))
    assert Proposal.objects.count() == 60
    assert counts[0] == counts[1]
