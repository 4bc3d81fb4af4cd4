"""The check that stays in the browser, help lines, and a quick way out."""
