"""Why a claim or a move is in the map, and why it stands as it does."""
