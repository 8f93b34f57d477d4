"""Ask every scenario once inside this process: `python -m bench.statements portal --size S`, in its environment.

Prints JSON: {scenario: {"statements": SQL statements of the request, "bytes": of its answer}}.
"""

import argparse
import json

import django

from bench.make import make
from bench.rows import SEED, SIZES, Size
from bench.scenarios import SYSTEMS, Expected
from bench.visitor import InnerVisitor

UNUSED = -1  # the turn that a measurement by the clock does not use


def count(name: str, size: Size, seed: int) -> dict[str, dict[str, int]]:
    """Statements and bytes of every scenario of this system; Wrong when an answer is not right."""
    system = SYSTEMS[name](Expected(size, seed))
    guest, member = InnerVisitor(), InnerVisitor()
    system.log_in(member)
    found = {}
    for scenario_name, scenario in system.scenarios().items():
        visitor = member if scenario.is_member else guest
        answer = visitor.ask(scenario.prepare(visitor, UNUSED))
        scenario.check(visitor, UNUSED, answer)
        found[scenario_name] = {"statements": answer.statements, "bytes": answer.size}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.statements")
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("--size", choices=SIZES, default="S")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--make", action="store_true", help="make the database first")
    options = parser.parse_args()
    django.setup()
    if options.make:
        make(options.size, options.seed)
    print(json.dumps(count(options.system, SIZES[options.size], options.seed)))


if __name__ == "__main__":
    main()
