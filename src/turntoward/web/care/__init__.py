"""The signs that small shifts are not enough, and two short questionnaires."""
