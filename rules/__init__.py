"""What this product knows about teaching: plain typed Python without web, database or clock."""
