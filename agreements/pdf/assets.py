"""What a document may load while it is rendered: what the caller gave along, and nothing else."""

from pathlib import PurePosixPath
from urllib import parse

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "asset"
BASE_URL = f"{SCHEME}:///"
MIME_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}

# Without this urljoin() does not know that "asset:///a/b.css" has a folder.
parse.uses_relative.append(SCHEME)
parse.uses_netloc.append(SCHEME)


class AssetFetcher(URLFetcher):
    """Serves `assets` (name to bytes) under asset:/// and refuses every other address, also data: and file:.

    A refusal ends the rendering. WeasyPrint swallows even that inside SVG, so `refused` keeps the addresses.
    """

    def __init__(self, assets: dict[str, bytes]):
        super().__init__(allowed_protocols=[SCHEME], allow_redirects=False, fail_on_errors=True)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The asset behind `url`; raises FatalURLFetchingError (a BaseException) for anything else."""
        address = parse.urlsplit(url)
        name = parse.unquote(address.path).lstrip("/")
        if address.scheme != SCHEME or address.netloc or name not in self._assets:
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        kind = MIME_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})
