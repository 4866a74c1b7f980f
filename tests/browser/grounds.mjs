// The ground colours of the two themes, as a browser names them (theme/tokens.css).

/** In a page: the colour of its ground. */
export const ground = () => getComputedStyle(document.documentElement).backgroundColor;
export const LIGHT = "rgb(251, 248, 242)";
export const DARK = "rgb(21, 23, 27)";
