"""The outside world's formats: what others send us, read into plain values, and back."""
