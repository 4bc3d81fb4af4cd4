"""What templates of this app need beside Django's own."""
