/** A ref for what takes the focus when it appears (`autofocus` works once a page only). */
export const takesFocus = (element) => element?.focus();
