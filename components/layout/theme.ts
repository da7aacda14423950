/** Where the chosen theme is kept. A cookie, so that the server draws the page right at once; it says nothing about anyone. */
export const THEME_COOKIE = "countersign.theme";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme that a cookie or a menu names; what it does not know is the system's. */
export function themeOf(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}
