"""Is this file one of our reports? The register of published files decides; the signatures say what happened to it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from agreements.documents import store
from agreements.pdf.check import Contents, Signature, TooBusy, look_into
from agreements.pdf.keys import trusted_roots
from agreements.pdf.standing import Standing
from agreements.pdf.verify import MOST_BYTES
from agreements.reports import queries
from agreements.reports.certificates import in_words
from agreements.reports.models import EarlierFile, Report

# Every answer: its heading, and what it means. Only the first three say that the file is ours, byte for byte.
ANSWERS = {
    "genuine": ("Dit bestand is echt", "Het is precies het bestand dat de gemeente publiceerde."),
    "superseded": (
        "Dit bestand is echt, maar er is een nieuwere rapportage",
        "Het is precies het bestand dat de gemeente publiceerde. Daarna kwam er een verbetering.",
    ),
    "withdrawn": (
        "Dit bestand is van ons, maar het is ingetrokken",
        "Het is precies het bestand dat de gemeente publiceerde. Daarna trok de gemeente het in.",
    ),
    "draft": (
        "Dit is een concept, geen gepubliceerde rapportage",
        "Het bestand komt van het portaal, maar het heeft geen zegel. Er kan nog van alles in veranderd zijn.",
    ),
    "added": (
        "Dit bestand is veranderd: er is iets aan toegevoegd",
        "Het begint met een bestand dat de gemeente publiceerde. Daarachter staat iets wat er niet in hoort. Dat kan ook een pagina bedekken.",
    ),
    "cut": (
        "Dit bestand is niet heel: er ontbreekt een stuk",
        "Het is het begin van een bestand dat de gemeente publiceerde. Download de rapportage opnieuw.",
    ),
    "altered": (
        "Dit bestand is veranderd na het verzegelen",
        "Er zit een zegel in dat niet meer past bij de inhoud. Vertrouw dit bestand niet.",
    ),
    "unsealed": (
        "Dit bestand heeft geen zegel",
        "Het noemt een rapportage van ons, maar het zegel ontbreekt. Iemand heeft het bestand opnieuw gemaakt. Vertrouw het niet.",
    ),
    "foreign": (
        "Dit bestand is door een ander getekend",
        "Het noemt een rapportage van ons, maar de handtekening is niet van de gemeente. Vertrouw dit bestand niet.",
    ),
    "expired": (
        "Het certificaat in dit bestand is verlopen",
        "Niemand kan nog nagaan of het zegel er op tijd is gezet. Deze rapportage publiceerde de gemeente zo niet. Vertrouw dit bestand niet.",
    ),
    "early": (
        "Het certificaat in dit bestand is nog niet geldig",
        "Met zo’n certificaat zet de gemeente geen zegel. Vertrouw dit bestand niet.",
    ),
    "revoked": (
        "Het certificaat in dit bestand is ingetrokken",
        "De uitgever nam het certificaat terug, bijvoorbeeld omdat de sleutel is gestolen. Deze rapportage publiceerde de gemeente zo niet. Vertrouw dit bestand niet.",
    ),
    "unregistered": (
        "Dit bestand heeft ons zegel, maar staat niet in ons register",
        "Het zegel klopt. Toch publiceerde de gemeente precies dit bestand niet. Vraag bij de gemeente na wat het is.",
    ),
    "stranger": (
        "Dit is geen rapportage van dit portaal",
        "Wij herkennen dit bestand niet. Het noemt geen rapportage van ons en het heeft geen zegel van de gemeente.",
    ),
    "unreadable": ("Wij kunnen dit bestand niet controleren", ""),
}
TAIL = 1000  # bytes
OURS = ("genuine", "superseded", "withdrawn")


@dataclass(frozen=True)
class Answer:
    """What we say of a file. `differences`: where it is other than our own file, in Dutch."""

    code: str
    sha256: str
    size: int
    contents: Contents
    report: Report | None = None
    newer: Report | None = None
    differences: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return ANSWERS[self.code][0]

    @property
    def meaning(self) -> str:
        return ANSWERS[self.code][1] or self.contents.reason

    @property
    def is_ours(self) -> bool:
        """Whether it is byte for byte what we published."""
        return self.code in OURS

    @property
    def renewals(self) -> list[tuple[EarlierFile, bool]]:
        """The file before each renewal of the proof, oldest first, and whether this file is from before it too."""
        earlier = list(self.report.earlier_files.all()) if self.report and self.is_ours else []
        places = [place for place, one in enumerate(earlier) if one.sha256 == self.sha256]
        own = places[0] if places else len(earlier)
        return [(one, own <= place) for place, one in enumerate(earlier)]

    @property
    def signatures(self) -> list[tuple[Signature, list[str]]]:
        """Every signature and time stamp, with what we say of it."""
        return [(signature, in_words(signature)) for signature in self.contents.signatures]

    @property
    def is_lapsed(self) -> bool:
        """Whether a certificate that was good when it was used has ended or was withdrawn since."""
        return any(s.then.standing == Standing.GOOD != s.now.standing for s in self.contents.signatures)


def check_file(data: bytes) -> Answer:
    """Judge a file of anybody; nothing is kept. ValidationError when too many people check at this moment."""
    try:
        return _judge(data)
    except TooBusy as error:
        raise ValidationError("Er zijn nu veel controles. Probeer het over een minuut opnieuw.") from error


def _judge(data: bytes) -> Answer:
    sha256 = hashlib.sha256(data).hexdigest()
    reason = _at_a_glance(data)
    if reason:
        return Answer("unreadable", sha256, len(data), Contents(reason))
    if report := queries.of_fingerprint(sha256):
        contents = look_into(data, trust=trusted_roots())[0]
        return Answer(_standing(report), sha256, len(data), contents, report, queries.newer_than(report))
    if draft := Report.objects.filter(draft_sha256=sha256).first():
        return Answer("draft", sha256, len(data), Contents(), draft if draft.was_published else None)
    return _judge_other(data, sha256)


def _at_a_glance(data: bytes) -> str:
    """Why it is not worth opening; "" when it may be a PDF."""
    if not data:
        return "Dit bestand is leeg."
    if len(data) > MOST_BYTES:
        return f"Dit bestand is te groot. Wij controleren bestanden tot {MOST_BYTES // 1_000_000} MB."
    return "" if b"%PDF-" in data[:1024] else "Dit is geen pdf-bestand."


def _standing(report: Report) -> str:
    if report.state == Report.State.WITHDRAWN:
        return "withdrawn"
    return "superseded" if queries.newer_than(report) else "genuine"


def _judge_other(data: bytes, sha256: str) -> Answer:
    """A file that is none of ours byte for byte: what was done to it, as far as can be told."""
    # A file with a renewed time stamp begins with the one before: what is cut from it has more than that one.
    cut = _beginning_of(data)
    added = None if cut else _with_more(data)
    contents = look_into(data, trust=trusted_roots())[0]
    known = added or cut or _named(contents) or _ends_alike(data)
    code = "added" if added else "cut" if cut else _by_signatures(contents, known)
    differences = _differences(data, contents, known) if known and code != "cut" else ()
    return Answer(
        code, sha256, len(data), contents, known, known and queries.newer_than(known), tuple(differences)
    )


def _with_more(data: bytes) -> Report | None:
    """The published file with which this one begins. One pass over the bytes for all of them."""
    digest, done = hashlib.sha256(), 0
    for sha256, size, report in queries.files_out():
        if size >= len(data):
            return None
        digest.update(data[done:size])
        done = size
        if digest.hexdigest() == sha256:
            return report
    return None


def _beginning_of(data: bytes) -> Report | None:
    """The published file of which this is the first part. Less than a kilobyte says nothing."""
    longer = [file for file in queries.files_out() if len(data) > 1000 and file[1] > len(data)]
    return next((report for sha256, _, report in longer if _starts_with(store.path_of(sha256), data)), None)


def _starts_with(path: Path, data: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(1000) == data[:1000] and file.read(len(data) - 1000) == data[1000:]


def _named(contents: Contents) -> Report | None:
    """The published report that the file says it is."""
    named = queries.ever_published().filter(number=contents.identifier) if contents.identifier else None
    return named.first() if named is not None else None


def _ends_alike(data: bytes) -> Report | None:
    """The published file that has the same last kilobyte: of its signature and its table, that no other file has."""
    for sha256, size, report in queries.files_out():
        with store.path_of(sha256).open("rb") as file:
            file.seek(max(0, size - TAIL))
            if file.read() == data[-TAIL:]:
                return report
    return None


def _by_signatures(contents: Contents, known: Report | None) -> str:
    if contents.reason:
        return "unreadable"
    trusted = [signature for signature in contents.signatures if signature.is_trusted]
    if any(not signature.is_genuine for signature in trusted):
        return "altered"
    if trusted and contents.is_genuine:
        return "unregistered"
    if lapsed := [standing for s in contents.signatures if s.is_intact and (standing := _lapse(s))]:
        return str(lapsed[0])
    if not known:
        return "altered" if trusted else "stranger"
    if any(not signature.is_intact for signature in contents.signatures):
        return "altered"
    return "foreign" if contents.signatures else "unsealed"


def _lapse(signature: Signature) -> Standing | None:
    """What is wrong with a certificate of an issuer we trust; None when nothing is, or when we do not trust it."""
    for judged in (signature.then, signature.now):
        if judged.standing in (Standing.EARLY, Standing.EXPIRED, Standing.REVOKED):
            return judged.standing
    return None


def _differences(data: bytes, contents: Contents, known: Report) -> list[str]:
    """In what it is other than our own file, in Dutch; [] when that cannot be told."""
    if contents.reason:
        return []
    ours = look_into(store.read(known.sha256), trust=trusted_roots())[0]
    found = []
    if contents.pages != ours.pages:
        found.append(
            f"Het heeft {contents.pages or 'een onbekend aantal'} pagina’s. Ons bestand heeft er {ours.pages}."
        )
    for name in sorted(contents.attachments.keys() | ours.attachments.keys()):
        if name not in contents.attachments:
            found.append(f"De bijlage {name} is weg.")
        elif name not in ours.attachments:
            found.append("Er is een bijlage bij gekomen.")
        elif contents.attachments[name] != ours.attachments[name]:
            found.append(f"De bijlage {name} is anders dan in ons bestand.")
    if any(s.is_intact and s.changes in ("OTHER", "ANNOTATIONS") for s in contents.signatures):
        found.append("Na het verzegelen is er iets op of in de pagina’s gezet.")
    return found
