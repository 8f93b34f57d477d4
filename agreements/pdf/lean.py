"""What the press does not load, though WeasyPrint asks for it. Import this before WeasyPrint.

fontTools cuts fonts to size with 12 MB of rules for scripts and variable fonts. `glyphs.py` does that work here, and
our fonts do not vary. Only the press may import this: who signs needs the real ones.
"""

import sys
from types import ModuleType

UNUSED = {
    "fontTools.subset": {},
    "fontTools.varLib": {},
    "fontTools.varLib.instancer": {"instantiateVariableFont": None},
}

for _name, _content in UNUSED.items():
    sys.modules[_name] = ModuleType(_name)
    vars(sys.modules[_name]).update(_content)
