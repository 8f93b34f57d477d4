"""Every scenario of the measurements is answered rightly, by the portal and by the anchor beside it."""

import sys
from subprocess import run

import pytest
from django.conf import settings

from bench import statements, store
from bench.rows import SEED, SIZES
from bench.scenarios import Admin, Expected, Portal


@pytest.mark.django_db
def test_the_portal_answers_every_scenario_of_the_measurement() -> None:
    store.fill(SIZES["S"])
    found = statements.count("portal", SIZES["S"], SEED)
    assert set(found) == set(Portal(Expected(SIZES["S"], SEED)).scenarios())
    assert all(facts["statements"] > 0 for facts in found.values())


def test_the_anchor_answers_every_scenario_of_the_measurement() -> None:
    """In a process and a database of its own: it needs other settings."""
    done = run(
        [sys.executable, "-m", "bench.smoke", "admin"], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for name in Admin(Expected(SIZES["S"], SEED)).scenarios():
        assert f"| admin | {name} |" in done.stdout
