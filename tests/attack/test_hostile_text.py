"""Text of people is text on every page that shows it, in headers too."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.http import urlencode

from agreements.accounts.models import User
from agreements.progress.models import Assessment, ProgressUpdate
from agreements.reports.operations import create_report
from agreements.workspace.operations import share_desk
from tests.attack.test_forge import TYPED
from tests.world import TODAY

MARK = "zz9"  # is in every payload, so that a page that lost the text does not pass
PAYLOAD = f"{MARK}\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{{{ 1234|add:4321 }}}}</textarea></title>"
RAW = (f"{MARK}\"'><", "<script>alert", "<img src=x", f"{MARK}&quot;'>", "5555")
PAGES = [
    ("reporter", "/", False),
    ("reporter", "/afspraken/?jaar=", True),
    ("reporter", "/afspraken/?" + urlencode({"q": PAYLOAD, "partij": PAYLOAD, PAYLOAD: PAYLOAD}), True),
    ("reporter", "/afspraken/17-01/", True),
    ("coordinator", "/afspraken/18-01/", True),
    ("coordinator", "/afspraken/18-01/bewerken/", True),
    ("reporter", "/afspraken/17-01/voortgang/", True),
    ("visitor", "/afspraken/17-01/", True),
    ("chair", "/oordelen/2017-K3/", True),
    ("chair", "/oordelen/2017-K3/17-01/", True),
    ("chair", "/oordelen/2017-K3/?" + urlencode({"van": PAYLOAD, "voor": PAYLOAD}), False),
    ("chair", "/meekijken/", True),
    ("chair", "/meekijken/lijst/", False),
    ("chair", "/meekijken/notities/17-01/", True),
    ("reporter", "/oordelen/antwoord/{dissent}/", True),
    ("reporter", "/mijn-taken/", True),
    ("visitor", "/meekijken/{token}/", True),
    ("coordinator", "/jaarschijven/2018/", True),
    ("coordinator", "/mijn-taken/", True),
    ("coordinator", "/rondes/", True),
    ("coordinator", "/rondes/2017-K3/sluiten/", True),
    ("reporter", "/rondes/2017-K3/opgave/", True),
    ("reporter", "/afspraken/17-02/voortgang/", True),
    ("director", "/organisatie/hv/akkoord/", False),
    ("coordinator", "/afspraken/17-01/", True),
    ("coordinator", "/rapportages/", True),
    ("coordinator", "/rapportages/nieuw/", True),
    ("coordinator", "/rapportages/PA-2017-K3-1/", True),
    ("coordinator", "/account/", True),
    ("visitor", "/account/login/?" + urlencode({"next": f"/{PAYLOAD}"}), True),
]


@pytest.fixture
def hostile(world, visit, settings):
    """Everyone typed the payload wherever text can be typed, and uploaded a file that is named so."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    draft = world.draft
    edit = {"version": 1, "title": PAYLOAD[:150], "text": PAYLOAD, "why": PAYLOAD, "kind": "hard"}
    edit |= {"theme": draft.theme_id, "lead": draft.lead_id, "deadline": "31-12-2018", "order": 0}
    assert visit(world.coordinator).post("/afspraken/18-01/bewerken/", edit).status_code == 303
    User.objects.update(function=PAYLOAD[:120])
    type(world.round).objects.update(name=f"{MARK}\"'><script>alert(1)</script>")
    upload = SimpleUploadedFile(f"{PAYLOAD}.csv", b"a;b")
    claim = {**TYPED, "status": "at_risk", "explanation": PAYLOAD, "measure": PAYLOAD, "uploads": upload}
    assert visit(world.reporter).post("/afspraken/17-01/voortgang/", claim).status_code == 302
    typed = {"version": "0", "value": PAYLOAD, "explanation": PAYLOAD, "measure": PAYLOAD, "links": PAYLOAD}
    typed |= {"status": PAYLOAD, "save": "ja"}
    assert visit(world.reporter).post("/afspraken/17-02/voortgang/", typed).status_code == 303
    update = ProgressUpdate.objects.get()
    assert (
        visit(world.coordinator)
        .post(f"/voortgang/{update.pk}/terugvragen/", {"question": PAYLOAD})
        .status_code
        == 303
    )
    create_report(world.round.__class__.objects.get(), by=world.coordinator, on=TODAY)
    client, pk = visit(world.chair), world.homes.pk
    judged = {f"verdict_{pk}": "disagreed", f"text_{pk}": PAYLOAD, f"seen_{pk}": "1.0"}
    judged |= {"decided_on": "14-11-2017", "body": PAYLOAD[:120]}
    assert client.post("/oordelen/2017-K3/", judged).status_code == 303
    noted = {"key": str(uuid4()), "text": PAYLOAD}
    assert client.post("/meekijken/notities/17-01/", noted).status_code == 303
    return world


@pytest.fixture
def places(hostile):
    """What to fill in in PAGES: the dissent, and the secret of a link that shows notes."""
    given = {"by": hostile.chair, "on": TODAY, "key": uuid4(), "expires_on": TODAY}
    _, token = share_desk(purpose=PAYLOAD[:80], has_notes=True, **given)
    return {"{dissent}": str(Assessment.objects.get().pk), "{token}": token}


def test_no_page_takes_text_for_markup(hostile, places, visit):
    for name, address, has_text in PAGES:
        path = address
        for place, value in places.items():
            path = path.replace(place, value)
        page = visit(hostile.cast.get(name)).get(path).content.decode()
        assert (MARK in page) or not has_text, path
        found = [raw for raw in RAW if raw in page]
        assert not found, (path, found)


def test_a_file_name_adds_no_header_and_cannot_run(hostile, client):
    piece = ProgressUpdate.objects.get().evidence.get()
    answer = client.get(f"/bewijs/{piece.pk}/{piece.name}")
    assert b"".join(answer) == b"a;b"
    assert answer.status_code == 200
    assert not set(piece.name) & set("\r\n\"'<>/\\;:")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("text/csv", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
