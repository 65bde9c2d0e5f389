"""Search for applications by what people have at hand: a name, a reference, the number of a permit or passport."""
