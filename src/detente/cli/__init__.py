"""The command line: one file per command; each parses its options, calls the library and prints."""

from __future__ import annotations


def main() -> None:
    """Entry point of `detente`."""
