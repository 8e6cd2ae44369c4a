"""What a browser sends back when an editor opens a body and saves it untouched."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock


def form_of(block: blocks.Block, value: Any, prefix: str) -> dict[str, str]:
    """In: a block, its value, the prefix of its form. Out: the fields of the form."""
    match block:
        case blocks.StreamBlock():
            children = [(child.block, child.value, child.id, child.block_type) for child in value]
            return _items(children, prefix)
        case blocks.ListBlock():
            items = [
                (block.child_block, child.value, child.id, "item") for child in value.bound_blocks
            ]
            return _items(items, prefix)
        case TypedTableBlock():
            return _table(value, prefix)
        case blocks.StructBlock():
            fields: dict[str, str] = {}
            for name, child in block.child_blocks.items():
                fields |= form_of(child, value[name], f"{prefix}-{name}")
            return fields
        case blocks.StaticBlock():
            return {}
        case blocks.RichTextBlock():
            return {prefix: block.field.widget.format_value(value.source)}
        case blocks.ChooserBlock():
            return {prefix: str(value.pk) if value else ""}
        case _:
            return {prefix: "" if value is None else str(value)}


def _items(items: list[tuple[Any, Any, Any, str]], prefix: str) -> dict[str, str]:
    fields = {f"{prefix}-count": str(len(items))}
    for n, (block, value, pk, kind) in enumerate(items):
        fields |= {
            f"{prefix}-{n}-deleted": "",
            f"{prefix}-{n}-order": str(n),
            f"{prefix}-{n}-type": kind,
            f"{prefix}-{n}-id": str(pk),
        }
        fields |= form_of(block, value, f"{prefix}-{n}-value")
    return fields


def _table(table: TypedTable, prefix: str) -> dict[str, str]:
    fields = {
        f"{prefix}-caption": table.caption,
        f"{prefix}-column-count": str(len(table.columns)),
        f"{prefix}-row-count": str(len(table.row_data)),
    }
    for n, column in enumerate(table.columns):
        fields |= {
            f"{prefix}-column-{n}-type": column["block"].name,
            f"{prefix}-column-{n}-order": str(n),
            f"{prefix}-column-{n}-heading": column["heading"],
            f"{prefix}-column-{n}-deleted": "",
        }
    for row_number, row in enumerate(table.row_data):
        fields |= {f"{prefix}-row-{row_number}-order": str(row_number)}
        fields |= {f"{prefix}-row-{row_number}-deleted": ""}
        for n, (column, cell) in enumerate(zip(table.columns, row["values"], strict=True)):
            fields |= form_of(column["block"], cell, f"{prefix}-cell-{row_number}-{n}")
    return fields
