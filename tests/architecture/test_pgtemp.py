"""The throw-away PostgreSQL of the tests."""

from pathlib import Path

import psycopg
import pytest

from hilversum_afspraken.pgtemp import temporary_postgres


def test_a_temporary_server_listens_on_its_socket_only_and_leaves_nothing() -> None:
    with temporary_postgres() as address:
        folder = Path(address.partition("host=")[2])
        with psycopg.connect(user="portaal", dbname="postgres", host=str(folder)) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not folder.exists()


def test_a_server_stops_while_somebody_is_still_connected() -> None:
    with temporary_postgres() as address:
        folder = address.partition("host=")[2]
        connection = psycopg.connect(user="portaal", dbname="postgres", host=folder)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()
