"""What the OData service consists of, in XML: types, keys and sets (OData CSDL 4.01).

Programs that make a connection by themselves read this first.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
EDM = "http://docs.oasis-open.org/odata/ns/edm"
NAMESPACE = "Weerbaar"
WHOLE = frozenset(
    {"Id", "Index", "Value", "Decimals", "ObservationCount", "Base", "Bound"}
)
MOMENTS = frozenset({"Modified", "ObservationsModified"})
# What may be null: a number that is kept back, and the moment of what is no longer new.
EMPTY = MOMENTS | {"Value"}


@dataclass(frozen=True)
class Shape:
    """An entity: its name, its columns, and whether there is only one of it."""

    name: str
    columns: Collection[str]
    is_single: bool = False

    @property
    def key(self) -> str:
        return "Id" if "Id" in self.columns else "Identifier"


def as_csdl(shapes: Mapping[str, Shape]) -> bytes:
    """The sets of a service by name, each with the shape of its rows."""
    # Prefixes as everybody writes them: there are readers that look for the letters.
    root = ElementTree.Element("edmx:Edmx", {"xmlns:edmx": EDMX, "Version": "4.0"})
    services = _add(root, "edmx:DataServices")
    schema = _add(services, "Schema", xmlns=EDM, Namespace=NAMESPACE)
    for shape in {shape.name: shape for shape in shapes.values()}.values():
        _add_type(schema, shape)
    container = _add(schema, "EntityContainer", Name="Container")
    for name, shape in shapes.items():
        told = f"{NAMESPACE}.{shape.name}"
        if shape.is_single:
            _add(container, "Singleton", Name=name, Type=told)
        else:
            _add(container, "EntitySet", Name=name, EntityType=told)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add(
    parent: ElementTree.Element, tag: str, **attributes: str
) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, attributes)


def _add_type(schema: ElementTree.Element, shape: Shape) -> None:
    found = _add(schema, "EntityType", Name=shape.name)
    _add(_add(found, "Key"), "PropertyRef", Name=shape.key)
    for column in shape.columns:
        nullable = "true" if column in EMPTY else "false"
        _add(found, "Property", Name=column, Type=_kind(column), Nullable=nullable)


def _kind(column: str) -> str:
    if column in WHOLE:
        return "Edm.Int64"
    return "Edm.DateTimeOffset" if column in MOMENTS else "Edm.String"
