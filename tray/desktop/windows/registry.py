"""The values of a key of the registry under HKEY_CURRENT_USER, as far as autostart needs them."""

from importlib import import_module
from typing import Any, Protocol


class RegistryKey(Protocol):
    """One key of the registry."""

    def read(self, name: str) -> str | bytes | None:
        """The value of `name`; None without one."""

    def write(self, name: str, value: str) -> None:
        """Set `name`; raises OSError if that is not allowed."""

    def delete(self, name: str) -> None:
        """Remove `name`, if it is there; raises OSError if that is not allowed."""

    def remove(self) -> None:
        """Remove the whole key, if it is there; raises OSError if that is not allowed."""


class UserKey:
    """The real one; `path` is below HKEY_CURRENT_USER."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._winreg: Any = import_module("winreg")  # which type checkers know on Windows only

    def read(self, name: str) -> str | bytes | None:
        """The value of `name`; None without one."""
        try:
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, self._path) as key:
                value = self._winreg.QueryValueEx(key, name)[0]
        except OSError:
            return None
        return value if isinstance(value, (str, bytes)) else None

    def write(self, name: str, value: str) -> None:
        """Set `name`; raises OSError if that is not allowed."""
        with self._winreg.CreateKey(self._winreg.HKEY_CURRENT_USER, self._path) as key:
            self._winreg.SetValueEx(key, name, 0, self._winreg.REG_SZ, value)

    def delete(self, name: str) -> None:
        """Remove `name`, if it is there; raises OSError if that is not allowed."""
        try:
            with self._winreg.OpenKey(
                self._winreg.HKEY_CURRENT_USER, self._path, access=self._winreg.KEY_SET_VALUE
            ) as key:
                self._winreg.DeleteValue(key, name)
        except FileNotFoundError:
            return

    def remove(self) -> None:
        """Remove the whole key, if it is there; none must be in it."""
        try:
            self._winreg.DeleteKey(self._winreg.HKEY_CURRENT_USER, self._path)
        except FileNotFoundError:
            return
