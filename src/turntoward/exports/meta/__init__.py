"""What Messenger and Instagram share: Meta writes both alike."""
