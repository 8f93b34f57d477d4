"""What every page needs to know, whatever it shows."""

from typing import Any

from django.conf import settings

from agreements.web.dates import today


def page(request: Any) -> dict[str, Any]:
    """`page.is_demo` and `page.today`, for the bar on top."""
    return {"page": {"is_demo": settings.IS_DEMO, "today": today()}}
