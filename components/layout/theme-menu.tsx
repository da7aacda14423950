"use client";

import { useState } from "react";
import { THEME_COOKIE, THEMES, type Theme, themeOf } from "@/components/layout/theme";
import {
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
} from "@/components/ui/dropdown-menu";

const LABELS: Readonly<Record<Theme, string>> = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
};
const YEAR_SECONDS = 31_536_000;

function apply(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet, and nothing here is secret.
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** Chooses the theme, inside a menu. Remembered in this browser. */
export function ThemeMenu() {
  const [theme, setTheme] = useState<Theme>(() =>
    typeof document === "undefined" ? "system" : themeOf(document.documentElement.dataset["theme"]),
  );
  return (
    <>
      <DropdownMenuLabel>Theme</DropdownMenuLabel>
      <DropdownMenuRadioGroup
        value={theme}
        onValueChange={(value) => {
          const chosen = themeOf(value);
          setTheme(chosen);
          apply(chosen);
        }}
      >
        {THEMES.map((value) => (
          <DropdownMenuRadioItem
            key={value}
            value={value}
            onSelect={(event) => event.preventDefault()}
          >
            {LABELS[value]}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}
