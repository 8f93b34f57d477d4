"""An authority on this machine that answers about one certificate at a time (OCSP) and has no lists."""

import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from agreements.pdf.keys import key_usage

DAY = timedelta(days=1)


class Responder:
    """Answers at `url`, where it `sends_on` to 127.0.0.2. `fault`: "", "slow", "long", "error" or "nonsense"."""

    def __init__(self) -> None:
        self.fault, self.withdrawn_at, self.asked, self.sends_on = "", None, 0, False
        self._server = ThreadingHTTPServer(("", 0), self._handler())  # also on 127.0.0.2
        self.port = self._server.server_port
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.root = self._certificate("Wortel", self.key, is_authority=True)
        self.seal_key = ec.generate_private_key(ec.SECP256R1())
        self.seal = self._certificate("Zegel", self.seal_key, is_authority=False)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def chain(self) -> list[asn1_x509.Certificate]:
        return [asn1_x509.Certificate.load(self.seal.public_bytes(Encoding.DER))]

    @property
    def roots(self) -> list[asn1_x509.Certificate]:
        return [asn1_x509.Certificate.load(self.root.public_bytes(Encoding.DER))]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def write(self, folder: Path) -> tuple[Path, Path]:
        """The seal with its key, and the root, as files."""
        seal, root = folder / "zegel-ocsp.p12", folder / "wortel-ocsp.pem"
        seal.write_bytes(
            pkcs12.serialize_key_and_certificates(b"zegel", self.seal_key, self.seal, None, NoEncryption())
        )
        root.write_bytes(self.root.public_bytes(Encoding.PEM))
        return seal, root

    def answer(self, question: bytes) -> bytes:
        """What the authority says of the certificate that is asked about."""
        now, asked = datetime.now(UTC), ocsp.load_der_ocsp_request(question)
        status = ocsp.OCSPCertStatus.REVOKED if self.withdrawn_at else ocsp.OCSPCertStatus.GOOD
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=self.seal,
            issuer=self.root,
            algorithm=asked.hash_algorithm,
            cert_status=status,
            this_update=now,
            next_update=now + DAY,
            revocation_time=self.withdrawn_at,
            revocation_reason=x509.ReasonFlags.key_compromise if self.withdrawn_at else None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.root)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.DER)

    def _certificate(self, name: str, key: Any, *, is_authority: bool) -> x509.Certificate:
        now = datetime.now(UTC)
        place = x509.UniformResourceIdentifier(self.url)
        names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, "Wortel")]
        builder = (
            x509.CertificateBuilder(*reversed(names))
            .public_key(key.public_key())
            .serial_number(1 if is_authority else 2)
            .not_valid_before(now - DAY)
            .not_valid_after(now + 3650 * DAY)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(key_usage(is_authority=is_authority), critical=True)
        )
        if not is_authority:
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        return builder.sign(self.key, SHA256())

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        responder = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                responder.asked += 1
                question = self.rfile.read(int(self.headers["Content-Length"]))
                if responder.fault == "slow":
                    time.sleep(0.6)
                    return  # who asked has gone
                if responder.sends_on and "127.0.0.1" in self.headers["Host"]:
                    self.send_response(307)
                    self.send_header("Location", f"http://127.0.0.2:{responder.port}/")
                    self.end_headers()
                    return
                self.send_response(500 if responder.fault == "error" else 200)
                self.send_header("Content-Type", "application/ocsp-response")
                self.end_headers()
                self.wfile.write(b"nee" if responder.fault == "nonsense" else responder.answer(question))
                if responder.fault == "long":
                    self.wfile.write(bytes(10_000))

            def log_message(self, *words: Any) -> None:
                pass

        return Handler
