"""From measured times to a result, a verdict on the run, and a Markdown table."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from bench.stats import p95, ratio

MOST_OTHERS = 0.25
AA = (0.9, 1.1)
HEAD = (
    "| scenario | ours ms (p95) | admin ms (p95) | admin / ours [95 %] | control | CPU ms ours / admin "
    "| SQL ours / admin | kB ours / admin |\n|---|---|---|---|---|---|---|---|"
)


def result(
    name: str, times: Mapping[tuple[str, str], Sequence[tuple[float, float]]], counted: Any
) -> dict[str, Any]:
    """One scenario: per system median and p95 in ms, processor ms, statements and bytes; and the two ratios."""
    waited = {who: [ms for ms, _ in found] for (scenario, who), found in times.items() if scenario == name}
    found: dict[str, Any] = {"control": round(ratio(waited["ours again"], waited["ours"])[0], 3)}
    for who in ("ours", "admin"):
        if who in waited:
            cpu = median(used for _, used in times[name, who])
            found[who] = {
                "ms": round(median(waited[who]), 2),
                "p95": round(p95(waited[who]), 2),
                "cpu": round(cpu, 2),
                **counted[who][name],
            }
    if "admin" in waited:
        found["ratio"] = [round(part, 2) for part in ratio(waited["admin"], waited["ours"])]
    return found


def faults(record: Mapping[str, Any]) -> list[str]:
    """Why this run proves nothing, in words; empty for a good run."""
    found = [f"it was cut off: {record['cut_off']}"] if record["cut_off"] else []
    if record["others"] > MOST_OTHERS:
        found.append(f"other processes used {record['others']:.0%} of the machine")
    for name, scenario in record["scenarios"].items():
        if not AA[0] <= scenario["control"] <= AA[1]:
            found.append(f"{name}: the same system twice differs by a factor {scenario['control']:.2f}")
    return found


def markdown(record: Mapping[str, Any]) -> str:
    """The table, with what was measured above it and the verdict below it."""
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    lines = [
        f"Size {record['size']} on {record['database']}, {record['rounds']} rounds, {record['cores']} cores, {versions}.",
        f"Rows sha256 {record['rows']}. Other processes used {record['others']:.0%} of the machine.",
        "",
        HEAD,
        *(_line(name, scenario) for name, scenario in record["scenarios"].items()),
        "",
        *(f"NOT VALID: {fault}." for fault in record["faults"]),
    ]
    return "\n".join(lines if record["faults"] else [*lines, "Valid."])


def _line(name: str, found: Mapping[str, Any]) -> str:
    ours, admin = found["ours"], found.get("admin")
    cells = [
        name,
        _time(ours),
        _time(admin) if admin else "-",
        _interval(found.get("ratio")),
        f"{found['control']:.2f}",
    ]
    cells += [_pair(ours, admin, "cpu", "{:.1f}"), _pair(ours, admin, "statements", "{}")]
    cells.append(
        f"{ours['bytes'] / 1000:.0f} / {admin['bytes'] / 1000:.0f}"
        if admin
        else f"{ours['bytes'] / 1000:.0f} / -"
    )
    return f"| {' | '.join(cells)} |"


def _time(found: Mapping[str, Any]) -> str:
    return f"{found['ms']:.1f} ({found['p95']:.1f})"


def _interval(found: Sequence[float] | None) -> str:
    return "-" if found is None else f"{found[0]:.2f} [{found[1]:.2f}-{found[2]:.2f}]"


def _pair(ours: Mapping[str, Any], admin: Mapping[str, Any] | None, name: str, form: str) -> str:
    return f"{form.format(ours[name])} / {form.format(admin[name]) if admin else '-'}"
