"""Reads names, signatures and docstrings off the sources, without running them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SDK: Final = Path(__file__).resolve().parents[2] / "sdk" / "annex"
FORMAL = re.compile(r"^(Args|Returns|Raises|Effects):", re.MULTILINE)
CALL = re.compile(r"Call\[(.+)\]$")
SHORTER = (("types.", ""), ("UUID | str", "Id"), ("[Mode]", ""))

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Entry:
    """A public class or function: what it is called with, and what is said of it."""

    name: str
    signature: str
    doc: str
    members: list[Entry] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


def entries_of(module: Path) -> list[Entry]:
    """Return a module's public classes and functions, in its order."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found = (node for node in tree.body if isinstance(node, Definition))
    return [_entry(node) for node in found if not node.name.startswith("_")]


def classes_of(module: Path) -> dict[str, Entry]:
    """Return a module's entries by name."""
    return {entry.name: entry for entry in entries_of(module)}


def described(entry: Entry, *, verbs: bool = False) -> Iterator[str]:
    """Yield an entry as Markdown. Args: verbs: also its methods."""
    yield f"## {entry.name}"
    yield f"```python\n{entry.signature}\n```"
    yield from prose(entry.doc)
    for verb in entry.members if verbs else ():
        yield f"**`{verb.signature}`**"
        yield from prose(verb.doc)


def prose(doc: str) -> Iterator[str]:
    """Yield a docstring: sentences as they are, what follows `Args:` and its like in a fence."""
    found = FORMAL.search(doc)
    said, formal = (doc[: found.start()], doc[found.start() :]) if found else (doc, "")
    # `Args:` behind a sentence, on the same line, stays with the sentence.
    if said.strip():
        yield said.strip()
    if formal:
        yield f"```text\n{formal.strip()}\n```"


def errors_of(module: Path) -> Iterator[str]:
    """Yield what each error says of itself, as a list."""
    entries = entries_of(module)
    said = ((entry.name, entry.doc.splitlines()[0]) for entry in entries if entry.doc)
    yield "\n".join(f"- `{name}`: {doc}" for name, doc in said)


class Nouns:
    """The nouns of a client: which attribute of a scope has which verbs."""

    def __init__(self, folder: Path) -> None:
        self._classes = {
            entry.name: entry
            for module in sorted(folder.glob("*.py"))
            for entry in entries_of(module)
        }

    def described(self, title: str, scope: Entry) -> Iterator[str]:
        """Yield a scope's nouns, each with its verbs."""
        yield f"## {title}"
        yield from prose(scope.doc)
        for name, kind in scope.attributes.items():
            noun = self._classes.get(kind)
            if noun is not None and noun.members:
                yield f"### {title}.{name}"
                yield from prose(noun.doc)
                yield "\n".join(_verb(f"{name}", verb) for verb in noun.members)


def _verb(noun: str, verb: Entry) -> str:
    return f"- `{noun}.{verb.signature}`: {' '.join(verb.doc.split())}"


def _entry(node: Definition) -> Entry:
    doc = inspect.cleandoc(ast.get_docstring(node) or "")
    if not isinstance(node, ast.ClassDef):
        return Entry(node.name, _signature(node), doc)
    own = (each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    methods = {each.name: each for each in own}
    members = [_entry(each) for name, each in methods.items() if not name.startswith("_")]
    return Entry(node.name, _class_signature(node, methods), doc, members, _attributes(methods))


def _class_signature(
    node: ast.ClassDef, methods: dict[str, ast.FunctionDef | ast.AsyncFunctionDef]
) -> str:
    if "__init__" in methods:
        return _called(node.name, methods["__init__"].args)
    fields = [
        ast.unparse(each)
        for each in node.body
        if isinstance(each, ast.AnnAssign) and not ast.unparse(each.target).startswith("_")
    ]
    if not fields:
        return f"class {node.name}"
    return "\n".join([f"class {node.name}:", *(f"    {each}" for each in fields)])


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    answer = _shorter(ast.unparse(node.returns)) if node.returns else ""
    answer = _answer(answer)
    return _called(node.name, node.args) + (f" -> {answer}" if answer else "")


def _called(name: str, arguments: ast.arguments) -> str:
    said = _shorter(ast.unparse(arguments))
    said = re.sub(r"^self(, )?", "", said)
    return f"{name}({said})"


def _answer(said: str) -> str:
    """Return what a verb gives whoever calls it, from the `Call` that it builds."""
    found = CALL.match(said)
    if found is None:
        return said
    page = re.match(r"Page\[(.+)\]$", found[1])
    return f"each {page[1]}" if page else found[1]


def _attributes(methods: dict[str, ast.FunctionDef | ast.AsyncFunctionDef]) -> dict[str, str]:
    """Return the names that `__init__` sets, each with the name of its class."""
    found = {}
    for node in methods["__init__"].body if "__init__" in methods else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Attribute):
            found[node.target.attr] = ast.unparse(node.annotation).partition("[")[0]
    return found


def _shorter(said: str) -> str:
    for long, short in SHORTER:
        said = said.replace(long, short)
    return said
