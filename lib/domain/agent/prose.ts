import { z } from "zod";

// Characters that are not seen: control, format, unassigned, private, separators, fillers, variation selectors.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Does the text have a character that a reader can't see? Line breaks count as such. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/** Free text of a person: line breaks are kept, what can't be seen is refused. */
export const Prose = (max: number, min = 1) =>
  z
    .string()
    .max(max * 2, "is too long")
    .transform((value) => value.replaceAll("\r\n", "\n").normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(min, min === 1 ? "must not be empty" : `say it in at least ${min} characters`)
        .max(max, `at most ${max} characters`)
        .refine(
          (value) => !hasUnseen(value.replaceAll("\n", " ")),
          "contains invisible or control characters",
        ),
    );
