"""Rows of what is there in the demo only."""

from turntoward.prove.matrix.row import demo

ROWS = (demo("over", "/start-over/", closed=True),)
