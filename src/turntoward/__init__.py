"""Turntoward reads the chat of two people and shows when and how their rhythms changed."""

__version__ = "0.1.0"
