"""Flags from a recipe's fields: `--limit.kind by_share --limit.share 0.5 --tags a --tags b`.

Nothing is judged here. What was typed goes to `annex.contract.values.check_values` as it stands,
so that a flag, a form and the API refuse the same value with the same words.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import JsonValue

from annex.contract import fields as f

Tree = dict[str, JsonValue]
EMPTY = "[]"
"""The word for a list without items."""


class NotAFlag(ValueError):
    """A word that is neither a flag nor the value of one."""


def parse_flags(fields: list[f.Field], words: list[str]) -> Tree:
    """Return the values that flags spell.

    `--name` alone sets a boolean; `--no-name` unsets it, or leaves an optional or a list empty.
    A flag given again adds to its list. Raises: NotAFlag.
    """
    root = f.GroupType(name="arguments", title="Arguments", fields=fields)
    values: Tree = {}
    for flag, word in _pairs(words):
        _put(values, root, flag, word)
    listed = _as_lists(values, root)
    return listed if isinstance(listed, dict) else {}


def _pairs(words: list[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each flag with the word after it; None when another flag follows or nothing does."""
    waiting = list(words)
    while waiting:
        flag = waiting.pop(0)
        if not flag.startswith("--") or flag == "--":
            place = len(words) - len(waiting)
            raise NotAFlag(f"Word {place} is neither a flag (--name) nor the value of one.")
        name, equals, given = flag[2:].partition("=")
        if equals:
            yield name, given
        else:
            follows = waiting and not waiting[0].startswith("--")
            yield name, waiting.pop(0) if follows else None


def _put(values: Tree, root: f.FieldType, flag: str, word: str | None) -> None:
    path = flag.replace("-", "_").split(".")
    value: JsonValue = word
    if word is None:
        path[-1], value = _switch(path, root)
    *parents, last = path
    inner = values
    for part in parents:
        found = inner.setdefault(part, {})
        if not isinstance(found, dict):
            raise NotAFlag(f"--{flag} names a part of something that has another value already.")
        inner = found
    kind = type_at(root, path)
    value = _typed(value, kind)
    if isinstance(strip(kind), f.ListType) and word == EMPTY:
        inner[last] = []
    elif isinstance(strip(kind), f.ListType) and value is not None and value != []:
        before = inner.get(last, [])
        inner[last] = [*(before if isinstance(before, list) else []), value]
    else:
        inner[last] = value


def _switch(path: list[str], root: f.FieldType) -> tuple[str, JsonValue]:
    """Return what a flag without a value means: true, or false or nothing after `no_`."""
    name = path[-1]
    positive = name.removeprefix("no_")
    if name == positive or type_at(root, path) is not None:
        return name, True
    kind = type_at(root, [*path[:-1], positive])
    if isinstance(kind, f.ListType):
        return positive, []
    return positive, None if isinstance(kind, f.OptionalType) else False


def _typed(value: JsonValue, kind: f.FieldType | None) -> JsonValue:
    """Return a word as the whole number that a choice knows it by; all else as it is."""
    bare = strip(kind)
    bare = strip(bare.item) if isinstance(bare, f.ListType) else bare
    if isinstance(bare, f.ChoiceType):
        return next((each for each in bare.choices if str(each) == value), value)
    return value


def type_at(kind: f.FieldType | None, path: list[str]) -> f.FieldType | None:
    """Return the type of the field under a path of names and indexes, or None."""
    for part in path:
        kind = _child(strip(kind), part)
    return kind


def _child(kind: f.FieldType | None, part: str) -> f.FieldType | None:
    match kind:
        case f.ListType(item=item):
            return item if part.isdigit() else None
        case f.GroupType(fields=fields):
            return next((field.type for field in fields if field.name == part), None)
        case f.VariantType(variants=variants):
            found = (_child(variant, part) for variant in variants)
            return next((each for each in found if each is not None), None)
    return None


def strip(kind: f.FieldType | None) -> f.FieldType | None:
    """Return what an optional type holds; any other type as it is."""
    return kind.inner if isinstance(kind, f.OptionalType) else kind


def _as_lists(value: JsonValue, kind: f.FieldType | None) -> JsonValue:
    """Turn `{"0": …, "1": …}` into a list where the field is one."""
    bare = strip(kind)
    if not isinstance(value, dict):
        return value
    if isinstance(bare, f.ListType):
        ordered = sorted(value, key=lambda part: int(part) if part.isdigit() else -1)
        return [_as_lists(value[part], bare.item) for part in ordered]
    return {name: _as_lists(each, _child(bare, name)) for name, each in value.items()}


def flags_for(values: Tree) -> list[str]:
    """Return flags that spell the values: the equivalent command of a form."""
    return [word for path, value in _leaves(values, ()) for word in _spell(path, value)]


def _leaves(value: JsonValue, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _leaves(each, (*path, name))
    elif value == []:
        yield path, value
    elif isinstance(value, list) and not all(map(_is_word, value)):
        for index, each in enumerate(value):
            yield from _leaves(each, (*path, str(index)))
    elif isinstance(value, list):
        yield from ((path, each) for each in value)
    else:
        yield path, value


def _is_word(value: JsonValue) -> bool:
    """Say whether a flag can be given again for each; else the items are numbered."""
    return isinstance(value, str | int | float) and value != EMPTY and not isinstance(value, bool)


def _spell(path: tuple[str, ...], value: JsonValue) -> list[str]:
    *parents, last = (part.replace("_", "-") for part in path)
    flag = "--" + ".".join((*parents, last))
    if value is None:
        return ["--" + ".".join((*parents, f"no-{last}"))]
    # Spelled out, because `--no-x` leaves an optional boolean or list without a value.
    word = "false" if value is False else EMPTY if value == [] else value
    return [flag] if value is True else [f"{flag}={word}"]
