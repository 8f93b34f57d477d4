"""The one Django app. Slices are packages inside it (docs/architecture.md)."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Prestatieafspraken"

    def ready(self) -> None:
        from agreements.access import checks  # noqa: F401  registers the check
