"""The drawings: line icons, and one silhouette per status. Drawn for this project."""

# 24 x 24, stroked with the colour of the text around it.
ICONS = {
    "agenda": '<path d="M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V7M15.5 3.5V7"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "chevron": '<path d="M9 5l7 7-7 7"/>',
    "chevron-omlaag": '<path d="M5 9l7 7 7-7"/>',
    "document": '<path d="M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 13h7M9 16.5h7"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "filter": '<path d="M4 6.5h16M7 12h10M10 17.5h4"/>',
    "huis": '<path d="M4 11.5L12 4.5l8 7M6.5 10v10h11V10M10.5 20v-5.5h3V20"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.3v.4"/>',
    "klok": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "kruis": '<path d="M6 6l12 12M18 6L6 18"/>',
    "let-op": '<path d="M12 4L21.5 20h-19zM12 10v4.5M12 17v.3"/>',
    "ondertekenen": (
        '<path d="M3.5 17.5c3-6 5-11 7-11s-3 11 0 11 3-5 5-5 .5 4 2.5 4 2-1 2.5-1.5M3.5 20.8h17"/>'
    ),
    "pen": '<path d="M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z"/>',
    "persoon": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4.2 3.7-6 7.5-6s6.7 1.8 7.5 6"/>',
    "pijl": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "praat": '<path d="M4 5h16v11.5h-9L6.5 20.5V16.5H4z"/>',
    "printer": '<path d="M7 9V4h10v5M7 17H4.5V9.5h15V17H17M7 14h10v6H7z"/>',
    "slot": '<path d="M6 10.5h12V20H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>',
    "upload": '<path d="M12 16V5M7 9.5l5-5 5 5M4.5 20h15"/>',
    "vingerafdruk": (
        '<path d="M7 19c1-2 1.5-4 1.5-7a3.5 3.5 0 0 1 7 0c0 3-.3 5-1 7.5M12 12c0 3.5-.5 6-1.5 8.5'
        'M5 15.5c.4-1.2.5-2.3.5-3.5a6.5 6.5 0 0 1 13 0c0 1.5-.1 2.8-.3 4"/>'
    ),
    "zegel": (
        '<circle cx="12" cy="9.5" r="6"/><path d="M9.5 9.5l2 2 3.3-3.5M8.5 14.5L7 21l5-2.5 5 2.5-1.5-6.5"/>'
    ),
    "zoek": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
}

_WHITE = 'fill="none" stroke="#FFFFFF" stroke-width="2.2"'
_EDGE = 'fill="#FFFFFF" stroke="#69727F" stroke-width="2"'

# 20 x 20. One silhouette per status, so the signal survives greyscale, print and colour blindness.
# Colours as in charts.py: hexadecimal for WeasyPrint, with classes that recolour them on a dark screen.
STATUS_SHAPES = {
    "achieved": (
        '<circle class="c-achieved" cx="10" cy="10" r="9" fill="#0B4A8F"/>'
        f'<path class="c-mark" d="M5.8 10.3l2.9 2.9 5.6-6" {_WHITE}/>'
    ),
    "on_track": (
        '<circle class="c-on_track" cx="10" cy="10" r="9" fill="#2C7A4B"/>'
        f'<path class="c-mark" d="M5.5 10h8M10.2 6.3L14 10l-3.8 3.7" {_WHITE}/>'
    ),
    "at_risk": (
        '<path class="c-at_risk" d="M10 1.2L19.6 18.6H.4z" fill="#C48500"/>'
        '<path class="c-mark-at_risk" d="M10 7.3v5.2M10 14.4v2" fill="none" stroke="#1B2430"'
        ' stroke-width="2.2"/>'
    ),
    "behind": (
        '<path class="c-behind" d="M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2z" fill="#B3261E"/>'
        f'<path class="c-mark" d="M10 5v8.5M6.3 10L10 13.7 13.7 10" {_WHITE}/>'
    ),
    "not_started": (
        f'<circle class="c-paper c-edge" cx="10" cy="10" r="8" {_EDGE} stroke-dasharray="3.3 2.7"/>'
    ),
    "no_data": (
        f'<path class="c-paper c-edge" d="M1 4.5h18v11H1z" {_EDGE}/>'
        '<path class="c-hatch" d="M2 9l6 6M4.5 5l10 10M10.5 5l7.5 7.5M16.5 5l1.5 1.5" fill="none"'
        ' stroke="#69727F" stroke-width="1.5"/>'
    ),
    "missed": (
        '<path class="c-missed" d="M10 .2L19.8 10 10 19.8.2 10z" fill="#4A0F1E"/>'
        f'<path class="c-mark" d="M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4" {_WHITE}/>'
    ),
    "dropped": (
        f'<rect class="c-paper c-edge" x="1.5" y="1.5" width="17" height="17" {_EDGE}/>'
        '<path class="c-edge" d="M5.5 14.5l9-9" fill="none" stroke="#69727F" stroke-width="2.2"/>'
    ),
}
