"""What everything else is told in: findings, errors, schemas, the workspace, printed values."""
