// Moves the focus to the error summary where the browser ignores autofocus on it.
document.querySelector("[data-focus]")?.focus();
