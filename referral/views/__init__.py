"""Pages of the desk: the caseworker's, the partner's and the auditor's."""
