"""From checked data to the values of the model; nothing that was written is lost on the way."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

T = TypeVar("T")


def convert(data: Any, kind: type[T]) -> T:
    """The value that checked data describe.

    `msgspec.ValidationError` where they are of another shape, and `TypeError` where the model lacks a field that the
    schema allows: what somebody wrote in it would be dropped in silence.
    """
    lost = next(unknown_fields(data, kind), None)
    if lost is not None:
        raise TypeError(f"the schema allows the field {lost}, which {kind.__name__} of the model has no place for")
    return msgspec.convert(data, type=kind)


def unknown_fields(data: Any, kind: Any, at: str = "") -> Iterator[str]:
    """The fields of some data, as dotted names, that a type of the model has no place for."""
    if isinstance(kind, type) and is_dataclass(kind):
        if isinstance(data, Mapping):
            fields = hints(kind)
            for name, value in data.items():
                if name in fields:
                    yield from unknown_fields(value, fields[name], f"{at}{name}.")
                else:
                    yield f"{at}{name}"
        return
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        for option in inside:
            if is_dataclass(option) or get_origin(option):
                yield from unknown_fields(data, option, at)
    elif origin is tuple and isinstance(data, list | tuple):
        for item in data:
            yield from unknown_fields(item, inside[0], at)
    elif inside and isinstance(data, Mapping):
        for value in data.values():
            yield from unknown_fields(value, inside[-1], at)


@cache
def hints(kind: type) -> Mapping[str, Any]:
    """The types of the fields of a dataclass, by name."""
    return get_type_hints(kind)
