"""The parts of the page, top to bottom; each takes a reading and gives markup."""
