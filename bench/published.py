"""A published report in the database of a measurement: `python -m bench.published FILE`, the environment says where.

Prints its number. The file stands in the store and among the static files; what is in it does not matter here.
"""

import sys
from pathlib import Path

import django

NUMBER = "METING-1"


def publish(data: bytes) -> None:
    """Put the file in the store, and a report that was published with it in the database."""
    from agreements.accounts.models import User
    from agreements.documents.store import keep
    from agreements.progress.models import ReportingRound
    from agreements.reports.models import Report
    from bench.rows import TODAY
    from bench.store import WRITTEN_AT

    maker, publisher = User.objects.order_by("pk")[:2]
    Report.objects.create(
        number=NUMBER, title="Meting", round=ReportingRound.objects.order_by("pk")[0], snapshot="{}",
        snapshot_sha256="0" * 64, checkpoint_count=1, checkpoint_digest="0" * 64, created_on=TODAY, created_by=maker,
        state=Report.State.PUBLISHED, published_on=TODAY, published_at=WRITTEN_AT, published_by=publisher,
        sha256=keep(data), size=len(data),
    )  # fmt: skip


def main() -> None:
    from django.conf import settings

    django.setup()
    data = Path(sys.argv[1]).read_bytes()
    publish(data)
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    (settings.STATIC_ROOT / f"{NUMBER}.pdf").write_bytes(data)
    print(NUMBER)


if __name__ == "__main__":
    main()
