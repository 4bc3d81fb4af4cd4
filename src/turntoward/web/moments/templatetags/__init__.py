"""Tags of Today's templates."""
