"""What people see and do: one file a noun."""
