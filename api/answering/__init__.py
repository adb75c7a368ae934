"""How every route answers: as a page or as data, with validators, or with a problem."""
