"""A record type as the type checker sees it: a name that carries the shape of the records' data."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

Shape = TypeVar("Shape", bound=Mapping[str, Any])
_Shape_co = TypeVar("_Shape_co", bound=Mapping[str, Any], covariant=True)


class RecordType(str, Generic[_Shape_co]):
    """The name of a record type; while the program runs it is the text and nothing else.

    The types that are described have theirs in app.models.shapes. Where any type may come, write
    `RecordType[Data](type_)`: its fields are then not checked.
    """

    __slots__ = ()
