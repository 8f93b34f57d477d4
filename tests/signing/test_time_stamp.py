"""A time stamp service: its time in the signature; down, slow or wrong, then nothing is signed and a retry works."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.exceptions import ValidationError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper

from agreements.documents import store
from agreements.signing.models import Revision
from agreements.signing.operations import sign
from tests.signing.builders import a_proof, a_signer, seat_of
from tests.world import TODAY


@pytest.fixture(scope="module")
def clock() -> DummyTimeStamper:
    """A time stamper with a certificate of its own."""
    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tijdstempel voor tests")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(days=1))
    built = builder.not_valid_after(now + timedelta(days=1)).add_extension(usage, True).sign(key, SHA256())
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(built.public_bytes(Encoding.DER)), asn1_keys.PrivateKeyInfo.load(private)
    )


@pytest.fixture
def service(clock, settings) -> Iterator[dict[str, str]]:
    """The service on this machine; what it does wrong stands in the dictionary."""
    faults: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            if faults.get("is") == "slow":
                time.sleep(3)
            if faults.get("is") == "nonce":
                asked["nonce"] = 1
            if faults.get("is") == "hash":
                asked["message_imprint"]["hashed_message"] = b"x" * 32
            body = b"nee" if faults.get("is") == "nonsense" else clock.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TIMESTAMP_URL, settings.TIMESTAMP_SECONDS = f"http://127.0.0.1:{server.server_port}/", 1
    yield faults
    server.shutdown()
    server.server_close()


def test_the_signature_carries_the_time_of_the_service(round_, service):
    seat = seat_of(round_, "hv")
    sign(seat, by=a_signer(seat.party), on=TODAY, proof=a_proof())
    data = store.read(round_.revisions.last().sha256)
    newest = PdfFileReader(BytesIO(data)).embedded_signatures[-1]
    assert "signature_time_stamp_token" in {
        one["type"].native for one in newest.signer_info["unsigned_attrs"]
    }


@pytest.mark.parametrize("fault", ["slow", "nonce", "hash", "nonsense", "down"])
def test_without_a_good_answer_nothing_is_signed_and_later_it_is(round_, service, settings, fault):
    seat = seat_of(round_, "hv")
    user, address = a_signer(seat.party), settings.TIMESTAMP_URL
    service["is"] = fault
    if fault == "down":
        settings.TIMESTAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises(ValidationError, match="De tijdstempeldienst geeft geen goed antwoord"):
        sign(seat, by=user, on=TODAY, proof=a_proof())
    assert (seat_of(round_, "hv").outcome, Revision.objects.count()) == ("pending", 1)
    service.clear()
    settings.TIMESTAMP_URL = address
    assert sign(seat, by=user, on=TODAY, proof=a_proof()).outcome == "signed"
