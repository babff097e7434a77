"""What the browser reads to find and compare practices."""
