"""What a point does and what it is about, as words, place and models weigh it."""
