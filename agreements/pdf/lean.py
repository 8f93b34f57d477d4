"""What the press does without, though WeasyPrint asks for it. Must be imported before WeasyPrint, by the press only.

fontTools cuts fonts to size with rules for every script and for fonts that vary: 11 MB to load. `glyphs.py` does that here,
and our fonts do not vary. Who signs needs the real modules.
"""

import sys
from types import ModuleType

subset = ModuleType("fontTools.subset")
instancer = ModuleType("fontTools.varLib.instancer")
instancer.instantiateVariableFont = None  # type: ignore[attr-defined]
sys.modules |= {module.__name__: module for module in (subset, instancer)}
