"""Writes the SQL that adds or changes a row, so that columns and values never get out of step."""

from collections.abc import Iterable


def insert(table: str, columns: Iterable[str], *, key: str = "") -> str:
    """The statement that adds a row; its parameters are the values of `columns`.

    Args:
        table: Where.
        columns: Of the row.
        key: Columns, comma-separated, of which a row with the same values is changed instead.
    """
    names = tuple(columns)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    if not key:
        return sql
    others = [name for name in names if name not in key.split(", ")]
    changes = ", ".join(f"{name} = excluded.{name}" for name in others)
    return f"{sql} ON CONFLICT ({key}) DO UPDATE SET {changes}"


def update(table: str, columns: Iterable[str], where: str = "id = ?") -> str:
    """The statement that sets `columns` of a row; the values come before what `where` asks for."""
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in columns)} WHERE {where}"


def listed(ids: Iterable[int]) -> str:
    """Ids as one value, in their order, for ``json_each`` to take apart."""
    return f"[{','.join(map(str, ids))}]"
