"""What a browser says it is, in words someone recognises."""

# In this order: Edge and Opera also say Chrome, Chrome also says Safari, Android also says Linux.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
DEVICES = {
    "iPhone": "een iPhone",
    "iPad": "een iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "een Mac",
    "CrOS": "een Chromebook",
    "Linux": "Linux",
}


def browser_in_words(user_agent: str) -> str:
    """'Chrome op Windows', from the header User-Agent; 'Onbekende browser' when it says nothing we know."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "Onbekende browser")
    device = next((name for mark, name in DEVICES.items() if mark in user_agent), "")
    return f"{browser} op {device}" if device else browser
