"""What stands behind the routes: the snapshot that is served, the workers, the budgets of clients."""
