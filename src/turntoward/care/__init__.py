"""When small shifts are not enough: the signs of it, two short questionnaires, and help lines."""
