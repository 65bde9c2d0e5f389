"""What is declared in an application: by anybody, when a permit runs out, and by the innocent look-alikes."""
