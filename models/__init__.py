"""What we remember: typed tables and the verbs that change them."""
