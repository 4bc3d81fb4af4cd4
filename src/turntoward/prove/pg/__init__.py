"""PostgreSQL that crashes while two write (`postgres`)."""
