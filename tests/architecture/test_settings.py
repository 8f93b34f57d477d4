"""The settings of production: what they demand and what they refuse. Each in a Python of its own."""

import os
import subprocess
import sys

PRODUCTION = {
    "PORTAAL_OMGEVING": "productie",
    "PORTAAL_SECRET_KEY": "een-lange-geheime-sleutel-voor-deze-test-0123456789-abcdef",
    "PORTAAL_HOSTS": "portaal.example",
    "PORTAAL_URL": "https://portaal.example",
    "PORTAAL_MAIL": "smtp://127.0.0.1:25",
}


def manage(*arguments: str, **env: str) -> subprocess.CompletedProcess:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], env={**inherited, **env}, capture_output=True, text=True
    )


def test_the_deployment_check_is_clean(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", PORTAAL_VAR=str(tmp_path), **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_production_refuses_another_calendar():
    done = manage("check", PORTAAL_VANDAAG="2017-11-15", **PRODUCTION)
    assert "In production the calendar is real." in done.stderr


def test_production_demands_a_way_to_send_mail():
    """Otherwise links to log in would be printed in the log."""
    without = {name: value for name, value in PRODUCTION.items() if name != "PORTAAL_MAIL"}
    assert "PORTAAL_MAIL" in manage("check", **without).stderr


def test_production_demands_a_secret():
    done = manage("check", **{**PRODUCTION, "PORTAAL_SECRET_KEY": ""})
    assert "PORTAAL_SECRET_KEY" in done.stderr


def test_a_scanner_has_an_address_that_we_understand():
    done = manage("check", **{**PRODUCTION, "PORTAAL_CLAMAV": "localhost:3310"})
    assert "PORTAAL_CLAMAV is unix:///run/clamav/clamd.ctl or tcp://host:3310" in done.stderr


def test_what_encrypts_the_keys_of_parties_must_be_able_to():
    assert (
        "PORTAAL_SLEUTELGEHEIM holds Fernet keys"
        in manage("check", PORTAAL_SLEUTELGEHEIM="x", **PRODUCTION).stderr
    )
