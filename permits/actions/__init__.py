"""The steps of the procedure: the module is the noun, the function the verb, the actor always `by=`."""
