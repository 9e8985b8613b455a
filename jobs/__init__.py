"""Work outside a request, and the doors to what does it."""
