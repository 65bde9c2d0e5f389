"""What people do with alerts; the module is the noun, the function the verb, the actor `by`."""
