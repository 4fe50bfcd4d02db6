"""medSpaCy's ConText and sections, without what the package imports beside them.

`import medspacy` loads every component that it has, and for one of them (QuickUMLS, which is not
used here) nltk and a server's client: most of what starting costs. Nothing in them is needed for
ConText, so for as long as the parts are imported a bare package stands in for the whole one,
and an empty module for QuickUMLS. That saves 0.6 s of the 1.4 s that both imports take. Afterwards
`import medspacy` is what it always was, with the parts imported here among its names; where
it came first, its own modules are used here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType


def _stand_ins() -> dict[str, ModuleType]:
    """What stands in for the packages while their parts are imported; none once they are there."""
    if "medspacy" in sys.modules or (found := find_spec("medspacy")) is None:
        return {}
    quickumls = module_from_spec(ModuleSpec("quickumls", None))
    quickumls.spacy_component = None  # type: ignore[attr-defined]  # a bare module
    bare = ModuleSpec("medspacy", None, is_package=True)
    bare.submodule_search_locations = found.submodule_search_locations
    return {"medspacy": module_from_spec(bare), "quickumls": quickumls}


_absent = {name: module for name, module in _stand_ins().items() if name not in sys.modules}
sys.modules.update(_absent)
try:
    from medspacy._extensions import set_extensions
    from medspacy.common.medspacy_matcher import MedspacyMatcher
    from medspacy.context import ConText, ConTextModifier, ConTextRule
    from medspacy.context.context_graph import ConTextGraph
    from medspacy.section_detection.section import Section
finally:
    for _name in _absent:
        del sys.modules[_name]


class _PartsAmongItsNames(MetaPathFinder):
    """Python names a submodule in its package only when it imports it: these were here before."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != "medspacy":
            return None
        sys.meta_path.remove(self)
        if (spec := find_spec(fullname)) is None or (loader := spec.loader) is None:
            return spec
        run = loader.exec_module

        def named_then_run(module: ModuleType) -> None:
            for name, part in list(sys.modules.items()):
                package, _, own = name.rpartition(".")
                if package == fullname:
                    setattr(module, own, part)
            run(module)

        loader.exec_module = named_then_run  # type: ignore[method-assign]  # of one loader
        return spec


if _absent:
    sys.meta_path.insert(0, _PartsAmongItsNames())

__all__ = [
    "ConText",
    "ConTextGraph",
    "ConTextModifier",
    "ConTextRule",
    "MedspacyMatcher",
    "Section",
    "set_extensions",
]
