"""Everything that changes a case: the module is the noun, the function the verb, the actor is `by`."""
