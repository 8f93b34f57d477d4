"""Database triggers that refuse changes to the history, for both databases.

SQLite needs the insert trigger too: REPLACE removes a row without firing a delete trigger, and skips
nothing only when `recursive_triggers` is on (measured; settings turn it on). An owner of the database can
still drop a trigger: that is why the chain and its checkpoints in published reports exist.
"""

from typing import Any

REFUSAL = "history is append-only"
TABLE = "agreements_event"

SQLITE = {
    f"{TABLE}_no_update": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"{TABLE}_no_delete": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"{TABLE}_only_next": (
        f"BEFORE INSERT ON {TABLE} WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM {TABLE}) "  # noqa: S608  our own constant
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
}
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""
POSTGRES = {
    f"{TABLE}_no_change": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"{TABLE}_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
}


def install(connection: Any) -> None:
    """Create the triggers, replacing older ones."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for name, body in _triggers(connection).items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")
            if connection.vendor == "postgresql":  # ALWAYS: also when session_replication_role is replica
                cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: Any) -> None:
    """Drop the triggers: for undoing the migration, and for emptying a test database."""
    table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def _triggers(connection: Any) -> dict[str, str]:
    return POSTGRES if connection.vendor == "postgresql" else SQLITE
