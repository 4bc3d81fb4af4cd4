"""A disk that gets full while two write (`disk_full`)."""
