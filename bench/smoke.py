"""Seconds, no times: every scenario is answered rightly on size S, and with how many statements.

`python -m bench.smoke` asks the portal and the anchor; `python -m bench.smoke admin` the anchor alone.
"""

import argparse
import json
import tempfile
from pathlib import Path

from bench import place
from bench.servers import command

SETTINGS = {"portal": place.PORTAL, "admin": place.ADMIN}


def smoke(system: str) -> dict[str, dict[str, int]]:
    """{scenario: {"statements", "bytes"}} of one system; SystemExit when an answer is not right."""
    with tempfile.TemporaryDirectory(prefix="portaal-bench-") as name:
        folder = Path(name)
        (folder / "static").mkdir()  # WhiteNoise warns when there is none
        database = place.sqlite(folder, system)
        env = place.environment(folder, database=database, settings=SETTINGS[system], kind="test")
        found: dict[str, dict[str, int]] = json.loads(command(env, "bench.statements", system, "--make"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.smoke", description="Check every scenario, quickly."
    )
    parser.add_argument("systems", nargs="*", choices=[[], *SETTINGS], help="which; default: all")
    systems = parser.parse_args().systems or list(SETTINGS)
    print("| system | scenario | statements | bytes |\n|---|---|---|---|")
    for system in systems:
        for scenario, facts in smoke(system).items():
            print(f"| {system} | {scenario} | {facts['statements']} | {facts['bytes']} |")


if __name__ == "__main__":
    main()
