"""How each language writes numbers and dates (`FORMAT_MODULE_PATH`)."""
