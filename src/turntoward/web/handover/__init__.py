"""The brief that both agree to, line by line, and where it goes."""
