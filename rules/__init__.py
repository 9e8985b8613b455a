"""What this product knows about teaching: plain Python, no web, no database."""
