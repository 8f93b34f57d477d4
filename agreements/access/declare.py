"""Every view says who it is for: @public or @members_only. The system check demands one of the two."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from agreements.access.refusals import LoginNeeded

View = Callable[..., Any]


def public(view: View) -> View:
    """Open to everyone. What someone may not see is left out by the slice's `visible_to(user)`."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def members_only(view: View) -> View:
    """Only for people with an account; what they may do is decided by the slice's `permissions`."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            raise LoginNeeded
        return view(request, *args, **kwargs)

    guarded.access = "members_only"  # type: ignore[attr-defined]
    return guarded
