"""System check: no address without a declared access. A forgotten decorator stops the portal from starting."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

# Views of libraries declare their access themselves, in the way written here.
OTHER_OWNERS = {"allauth.": "login pages; each asks for a session itself where it needs one"}


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (path, pattern) for every address of the portal."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        else:
            yield path, entry


def declared_access(pattern: URLPattern) -> str | None:
    """Return "public", "members_only", "library" or None when the view declares nothing."""
    view: Any = pattern.callback
    if any(view.__module__.startswith(owner) for owner in OTHER_OWNERS):
        return "library"
    return getattr(view, "access", None)


@register(Tags.urls)
def every_url_declares_its_access(**kwargs: Any) -> list[CheckMessage]:
    """Errors for addresses whose view has neither @public nor @members_only."""
    return [
        Error(
            f"/{path} does not declare who may use it.",
            hint="Put @public or @members_only (agreements.access.declare) on its view.",
            obj=f"{pattern.callback.__module__}.{getattr(pattern.callback, '__name__', '?')}",
            id="agreements.E001",
        )
        for path, pattern in routes()
        if declared_access(pattern) is None
    ]
