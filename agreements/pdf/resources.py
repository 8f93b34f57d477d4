"""What pages draw with: pictures, patterns and states (ISO 32000-1, 7.8.3). Each part has its own."""

from typing import Any

import pydyf
from pydyf import PDF, Dictionary, Object, Stream

from agreements.pdf.canvas import Images

STREAMS = ("XObject", "Pattern")


def plain(resources: Dictionary, images: Images) -> Dictionary:
    """The same resources, but pictures and patterns are streams that hold nothing of WeasyPrint."""
    known: dict[int, Stream] = {}
    for kind in STREAMS:
        for name, stream in resources[kind].items():
            known[id(stream)] = resources[kind][name] = _plain_stream(name, stream, images)
    for state in resources["ExtGState"].values():
        if "SMask" in state:
            state["SMask"]["G"] = known[id(state["SMask"]["G"])]
    return resources


def _plain_stream(name: str, stream: Any, images: Images) -> Stream:
    if stream is None:  # WeasyPrint makes an image when it writes the file
        image = images[name]
        stream = image["image"].get_x_object(image["interpolate"], max(image["dpi_ratios"]))
        return _plain_image(stream)
    if "Resources" in stream.extra:
        plain(stream.extra["Resources"], images)
    return Stream(stream.stream, stream.extra, stream.compress)


def _plain_image(stream: Stream) -> Stream:
    if "SMask" in stream.extra:
        stream.extra["SMask"] = _plain_image(stream.extra["SMask"])
    return Stream([b"".join(map(pydyf._to_bytes, stream.stream))], stream.extra, stream.compress)


class Store:
    """Puts resources in a PDF; what is the same in several parts stands there once.

    `shared`: the resources of the document, which has the fonts and the kinds of colours.
    """

    def __init__(self, pdf: PDF, shared: Dictionary):
        self._pdf = pdf
        self._shared = {name: shared[name] for name in ("Font", "ColorSpace")}
        self._known: dict[bytes, bytes] = {}

    def place(self, resources: Dictionary) -> bytes:
        """Their object in the PDF."""
        resources.update(self._shared)
        for kind in STREAMS:
            resources[kind].update({name: self._place_stream(item) for name, item in resources[kind].items()})
        shadings = resources["Shading"]
        shadings.update({name: self._place(item) for name, item in shadings.items()})
        for state in resources["ExtGState"].values():
            if "SMask" in state:
                state["SMask"]["G"] = self._place_stream(state["SMask"]["G"])
        return self._place(resources)

    def _place_stream(self, stream: Stream) -> bytes:
        if isinstance(stream.extra.get("Resources"), Dictionary):
            stream.extra["Resources"] = self.place(stream.extra["Resources"])
        if isinstance(stream.extra.get("SMask"), Stream):
            stream.extra["SMask"] = self._place_stream(stream.extra["SMask"])
        return self._place(stream)

    def _place(self, item: Object) -> bytes:
        data = item.data
        if data not in self._known:
            self._pdf.add_object(item)
            self._known[data] = item.reference
        return self._known[data]
