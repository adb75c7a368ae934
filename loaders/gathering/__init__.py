"""Records gathered by thread: each as it must be, in bounded memory, with what the store already holds."""
