"""What follows from the graph of a thread: which claims stand, and which objections nobody has answered."""
