"""Parquet: the long form with types, for who counts on with many tables."""

import io

from weerbaar.network.publishing.cube import Cube
from weerbaar.network.publishing.flat import VALUE, columns, rows


def as_parquet(cube: Cube) -> bytes:
    """The facts are in the metadata of the schema."""
    # Sixty megabytes that only a process that writes this file has to carry.
    import pyarrow as pa
    import pyarrow.parquet as pq

    named = columns(cube)
    kinds = [pa.int32() if c.name == VALUE else pa.string() for c in named]
    told = cube.facts.entries | {"title": cube.title, "definition": cube.definition}
    schema = pa.schema(
        [(column.name, kind) for column, kind in zip(named, kinds, strict=True)],
        metadata={f"weerbaar.{name}": value for name, value in told.items()},
    )
    listed = [dict(zip(schema.names, row, strict=True)) for row in rows(cube)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(listed, schema=schema), out)
    return out.getvalue()
