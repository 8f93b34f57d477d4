"""A real time stamp service on this machine, with an authority that publishes which certificates it withdrew."""

import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

YEARS = timedelta(days=7300)


class TimeService:
    """Stamps what is sent to `url`. `fault` is what it does wrong: "slow", "nonce", "hash", "nonsense", "no list" or ""."""

    def __init__(self) -> None:
        self.fault = ""
        self.tells: datetime | None = None  # the time it says it is, when that is not the real one
        self.lists_given = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self.key, self.root = self._authority()
        self._stamper = self.long = self._make_stamper(YEARS)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def write_root(self, folder: Path) -> Path:
        """The root as a file, for settings.TIMESTAMP_TRUST."""
        path = folder / "wortel-tijdstempel.pem"
        path.write_bytes(self.root.public_bytes(Encoding.PEM))
        return path

    def stamp(self, request: tsp.TimeStampReq) -> bytes:
        """The answer to one question, wrong when there is a fault."""
        if self.fault == "slow":
            time.sleep(1.5)
        if self.fault == "nonsense":
            return b"nee"
        if self.fault == "nonce":
            request["nonce"] = 1
        if self.fault == "hash":
            request["message_imprint"]["hashed_message"] = b"x" * 32
        self._stamper.fixed_dt = self.tells
        answer: bytes = self._stamper.request_tsa_response(request).dump()
        return answer

    def revocation_list(self) -> bytes:
        """Which certificates the authority withdrew: none, as of now."""
        self.lists_given += 1
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        builder = builder.last_update(now).next_update(now + timedelta(days=7))
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.DER)

    def _authority(self) -> tuple[Any, x509.Certificate]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Wortel van de tijdstempel voor tests")])
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        builder = (
            builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + YEARS)
        )
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        return key, builder.sign(key, SHA256())

    def use_certificate(self, *, days: int | None = None) -> None:
        """From now on stamp with a certificate that ends so soon; with the long one again when no days are given."""
        self._stamper = self._make_stamper(timedelta(days=days)) if days else self.long

    def _make_stamper(self, lasts: timedelta) -> DummyTimeStamper:
        key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tijdstempel voor tests")])
        place = x509.DistributionPoint(
            [x509.UniformResourceIdentifier(f"{self.url}lijst.crl")], None, None, None
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.root.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + lasts)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .add_extension(x509.CRLDistributionPoints([place]), critical=False)
        )
        built = builder.sign(self.key, SHA256())
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(
            asn1_x509.Certificate.load(built.public_bytes(Encoding.DER)),
            asn1_keys.PrivateKeyInfo.load(private),
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
                self.answer(service.stamp(asked), "application/timestamp-reply")

            def do_GET(self) -> None:
                if service.fault == "no list":
                    self.send_error(503)
                else:
                    self.answer(service.revocation_list(), "application/pkix-crl")

            def answer(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: Any) -> None:
                pass

        return Handler
