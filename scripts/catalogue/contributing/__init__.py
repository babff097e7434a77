"""What helps contributors: the reference of fields and rules, the issue forms."""
