"""The process that runs a built-in recipe: `python -I worker/builtin/process.py annex IN OUT`.

As `annex.recipes.process`, in the worker's own environment, which has what these recipes need.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]


def main() -> None:
    """Serve one built-in recipe."""
    for name in ("common", "worker"):
        import_from_house(name)
    from annex.recipes.process import main as serve

    serve()


def import_from_house(name: str) -> None:
    """Import a package that lies beside this one; the fence lets nobody list what else does."""
    folder = HOUSE / name
    spec = spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


if __name__ == "__main__":
    main()
