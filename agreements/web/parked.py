"""Keep what was typed when the session ended in the middle of a form.

The form's text goes into the visitor's new session, and comes back in the form after login. Files cannot
come back: a browser fills no file field, and passwords must not.
"""

from typing import Any

from django.http import HttpRequest, QueryDict

KEY = "parked"
NEVER_KEPT = ("csrfmiddlewaretoken", "password")
MOST = 150_000  # characters; our longest form fits, and a stranger cannot fill the disk quickly


def park(request: HttpRequest) -> None:
    """Keep this POST under its address, so that `unpark` finds it after login."""
    typed = request.POST.copy()
    for name in NEVER_KEPT:
        typed.pop(name, None)
    text = typed.urlencode()
    if len(text) <= MOST:
        request.session[KEY] = {"path": request.path, "text": text}


def unpark(request: HttpRequest) -> QueryDict | None:
    """What was typed at this address before the session ended, once; None when there is nothing."""
    parked = request.session.get(KEY)
    if not parked or parked["path"] != request.path or request.method != "GET":
        return None
    del request.session[KEY]
    return QueryDict(parked["text"])


def typed_before(request: HttpRequest, *several: str) -> dict[str, Any] | None:
    """The same as the `initial` of a form: {field: text}; the fields `several` take a list."""
    parked = unpark(request)
    return parked.dict() | {name: parked.getlist(name) for name in several} if parked else None
