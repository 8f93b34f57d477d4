"""The arithmetic of the measurements, and when a run counts."""

import os

import pytest

from bench import machine, table
from bench.page import Wrong, codes_in, form_with
from bench.scenarios import page_of
from bench.stats import p95, ratio
from bench.visitor import Answer

FAST = [10.0 + n / 10 for n in range(25)]
SLOW = [20.0 + n / 5 for n in range(25)]


def test_the_ratio_is_that_of_the_medians_and_lies_in_its_interval() -> None:
    found, low, high = ratio(SLOW, FAST)
    assert found == pytest.approx(2.0)
    assert low <= found <= high


def test_a_system_beside_itself_has_a_ratio_of_one() -> None:
    _, low, high = ratio(FAST, FAST)
    assert low <= 1 <= high


def test_p95_is_the_nearest_rank() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95
    assert p95([3.0]) == 3


def test_a_quiet_run_with_an_even_control_counts() -> None:
    assert table.faults(_record(others=0.1, control=1.05)) == []


@pytest.mark.parametrize(
    ("changed", "word"),
    [({"others": 0.26}, "other processes"), ({"control": 1.2}, "twice"), ({"cut_off": "a cap"}, "cut off")],
)
def test_a_busy_uneven_or_unfinished_run_says_that_it_proves_nothing(changed: dict, word: str) -> None:
    record = _record(**({"others": 0.1, "control": 1.0} | changed))
    record["faults"] = table.faults(record)
    assert word in record["faults"][0]
    assert "NOT VALID" in table.markdown(record)


def _record(*, others: float, control: float, cut_off: str = "") -> dict:
    times = {("list25", who): [(ms, ms / 2) for ms in FAST] for who in ("ours", "ours again", "admin")}
    counted = {who: {"list25": {"statements": 6, "bytes": 43_000}} for who in ("ours", "admin")}
    scenario = table.result("list25", times, counted) | {"control": control}
    return {
        "size": "S",
        "database": "sqlite",
        "rounds": 25,
        "rows": "0" * 64,
        "cores": 2,
        "versions": {"django": "5.2"},
        "others": others,
        "cut_off": cut_off,
        "scenarios": {"list25": scenario},
    }


def test_a_page_with_another_commitment_than_expected_is_wrong() -> None:
    scenario = page_of("/afspraken/", codes={"X00001"})
    scenario.check(None, 0, Answer(200, "<p>X00001</p>", 13))
    with pytest.raises(Wrong, match="X00002"):
        scenario.check(None, 0, Answer(200, "<p>X00001 X00002</p>", 20))


def test_a_form_is_sent_as_a_browser_sends_it_unchanged() -> None:
    body = (
        '<form><input name="q"></form><form><input type="hidden" name="key" value="7"><input name="empty">'
        '<input type="radio" name="status" value="a"><input type="radio" name="status" value="b" checked>'
        '<input type="checkbox" name="box"><input type="file" name="files"><textarea name="text">\nlang &amp; breed'
        '</textarea><select name="who"><option value="">-</option><option value="2" selected>Twee</option></select>'
    )
    sent = {"key": "7", "empty": "", "status": "b", "text": "lang & breed", "who": "2"}
    assert form_with(body, "key") == sent
    assert codes_in(body) == set()


def test_the_watch_sees_that_our_own_work_is_not_that_of_others() -> None:
    before = machine.cpu_ms([os.getpid()])
    assert sum(n * n for n in range(300_000)) > 0
    assert machine.cpu_ms([os.getpid()]) > before
    assert 0 <= machine.Watch().others() <= 1
